#pragma once
// The child's side of a crew.

#include "sim/runner.h"

/// Runs one worker whose events go to `out_fd` as lines of JSON, and which waits for a byte on
/// `go_fd` at each midnight of a paused run. Returns the exit status of the process.
int crew_member_run(const struct study *study, const struct runner_options *options, int index,
                    int out_fd, int go_fd, int stop_fd);
