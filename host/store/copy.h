#pragma once
// Copies of run files: whole, or as they were at a midnight of the past.

#include "base/err.h"

/// Makes `to` the same as `from`, which may be in use (its newest commit is copied). Whoever reads
/// `to` meanwhile sees the old content or the new, never a part; a new file appears complete.
bool copy_run(const char *from, const char *to, struct err *err) NODISCARD;

/// Adds the answers of models (`reply`, `embedding`, `call`) that `from` has and `to` lacks: `from`
/// is a copy of `to` that went on. They were paid for.
bool copy_answers(const char *from, const char *to, struct err *err) NODISCARD;

/// Can a copy of the run be made that is as it was when `day` was finished? Errors say why not: the
/// day is not finished, or the file is of an older format that did not note what midnights before
/// need.
bool copy_can_fork(const char *from, int day, struct err *err) NODISCARD;

struct copy_fork {
    int day;            // days to keep: 0 to the number of finished days
    const char *config; // replaces the run's config; NULL: it stays
    const char *parent; // JSON: what the copy says of its origin, under the meta key `parent`
};

/// Makes a new file `to` that is as `from` was when `day` was finished (but for `config` and
/// `parent`): its digest is that of a run that was stopped there. Stored replies and embeddings
/// stay, so that what is the same again costs nothing. Fails if `to` exists.
bool copy_run_until(const char *from, const char *to, const struct copy_fork *fork,
                    struct err *err) NODISCARD;
