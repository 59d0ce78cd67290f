#pragma once
// Several processes that share a study. Each runs its cells (worker.h) and tells this process what
// happens, one line of JSON an event, through a pipe; this process passes the events on.

#include "sim/runner.h"

/// Like runner_run with options->jobs > 1. stop_fd: readable when the run is to end. If this
/// process dies, so do the others, at once: their run files can be resumed.
bool crew_run(const struct study *study, const struct runner_options *options, int stop_fd,
              enum runner_end *end, struct err *err) NODISCARD;
