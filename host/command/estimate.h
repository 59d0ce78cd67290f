#pragma once
// `run --estimate`: what a study would ask of its models, what that would cost, and how long it
// would take, without asking anything.

#include "sim/study.h"

/// Prints the estimate. Returns an exit code.
int estimate_study(const struct study *study, bool quiet);
