#pragma once
// Several studies in one `run`: which files, into which folders, and how it all ended.

#include "base/err.h"
#include "command/run_study.h"
#include "sim/study.h"

struct suite_member {
    char *file, *out;
    struct study study;
    int code; // EXIT_...; -1 while it has not run
    struct run_end end;
};

struct suite {
    struct suite_member *members;
    size_t count;
};

/// The study files that the arguments name: files, and of folders the .lua files directly in them,
/// by name. Fills in `file` only. suite_fini it in any case.
bool suite_collect(struct suite *suite, char *const *paths, size_t count,
                   struct err *err) NODISCARD;

/// Loads and checks all of them, so that nothing runs if one is wrong, and chooses their folders:
/// `out`/NAME, or studies/NAME if `out` is NULL. days: 0 as they say.
bool suite_load(struct suite *suite, const char *out, int days, const char *const *settings,
                size_t setting_count, struct err *err) NODISCARD;

/// Runs them one after the other until one is stopped, and prints how each ended and, unless
/// how->quiet, their ranking. Returns the worst exit code.
int suite_run(struct suite *suite, const struct run_how *how);

void suite_fini(struct suite *suite);
