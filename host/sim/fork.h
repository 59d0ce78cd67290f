#pragma once
// Forks: a new study folder with the runs of another as they were at a midnight of the past. What
// happened until then is the same, bit by bit; what follows is simulated anew, with the scripts of
// now and, if wanted, other options.

#include "base/err.h"
#include "store/manifest.h"

struct fork_request {
    const char *from; // a study folder, or one run file inside of a study folder
    const char *out;  // the new study folder; must not exist or be empty
    int day;          // the last day to keep; 0: none
    int days;         // of the new study; 0: as many as the original has
    const char *const *settings;
    size_t setting_count;
};

/// Makes the fork. *runs: how many runs it has. Nothing is left behind that looks like a study if
/// it fails.
bool fork_make(const struct fork_request *request, size_t *runs, struct err *err) NODISCARD;
