#pragma once
// One day of all households where roles are models: each goes at its own pace, as a script that
// waits for its answers, all on one event loop; so the endpoints' allowed concurrency stays in use
// until the last households finish the day.

#include "sim/cells.h"

/// *stopped: the run is to end: it was told to, or an endpoint can be asked no more (`halted` has
/// said why). Then what was under way has been waited for and is kept. False with err: the loop
/// itself failed.
bool together_day(struct cells *c, int day, bool *stopped, struct err *err) NODISCARD;
