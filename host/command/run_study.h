#pragma once
// What `run` and `resume` share: running a prepared study with progress, and saying how it ended.

#include "sim/study.h"

struct run_how {
    const char *out;
    int jobs;
    bool pause, quiet;
};

/// Runs what is not finished of the study and prints the outcome. Returns an exit code.
int run_study(const struct study *study, const struct run_how *how);
