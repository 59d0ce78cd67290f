#pragma once
// One day of all households where no role is a model: one household after the other, each from
// midnight to midnight without a pause. The fastest way: nothing is switched, nothing waits.

#include "sim/cells.h"

/// *stopped: the run is to end. Failures of households are told as they come.
void alone_day(struct cells *c, int day, bool *stopped);
