#pragma once
// What a running study shows: one line that is rewritten on a terminal, a plain line per finished
// day otherwise, nothing when quiet. Warnings and failures are always shown.

#include "sim/runner.h"
#include "sim/study.h"

struct progress;

struct progress *progress_new(const struct study *study, bool quiet) NODISCARD;
/// The events of a run that keep it up to date; they live as long as p.
struct runner_events progress_events(struct progress *p);
/// How many households have failed.
int64_t progress_failed(const struct progress *p);
/// Ends the line.
void progress_free(struct progress *p);
