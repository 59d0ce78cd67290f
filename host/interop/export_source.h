#pragma once
// What an export reads: one run file, or all runs of a study folder.

#include "base/err.h"
#include "store/reader.h"

struct export_run {
    char *path;
    char *condition, *persona; // persona: several residents are joined by "+"
    int64_t seed;
};

struct export_source {
    struct export_run *runs; // in the order of the study's manifest
    size_t count;
    size_t missing; // cells of the study that have no run file yet
};

/// Finds the runs. Errors: neither a run file nor a study folder, or a study of which nothing has
/// been simulated yet. *s is all-zero before.
bool export_source_find(struct export_source *s, const char *path, struct err *err) NODISCARD;
void export_source_fini(struct export_source *s);

/// "learning-p01-s1": names a run among those of its study, in safe characters. Caller frees.
char *export_run_name(const struct export_run *run) NODISCARD;

/// Opens a run and holds a snapshot of it. NULL on error. Close with reader_close.
struct reader *export_run_open(const struct export_run *run, struct err *err) NODISCARD;
