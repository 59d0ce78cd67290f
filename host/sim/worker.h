#pragma once
// One process's share of a study: every jobs-th cell, one day after the other.

#include "sim/runner.h"

struct worker {
    const struct study *study;
    const struct runner_options *options; // its events are where everything is told
    int index, jobs;                      // cells with number % jobs == index are this worker's
    int stop_fd;                          // readable when the run is to end (a signalfd)
};

/// Runs its cells to the end. False with err if it could not begin.
bool worker_run(const struct worker *w, enum runner_end *end, struct err *err) NODISCARD;
