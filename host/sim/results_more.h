#pragma once
// The parts of results.h that most studies do not have: what was done by hand, forks,
// imported days, changed options, nightly checks, fine-tuning.

#include "base/buf.h"
#include "base/err.h"
#include "store/manifest.h"

/// Appends `,"touched":[{"file", "count", "day"}]` (interventions of a run, and the day of the
/// first), `"forks":[{"file", "day", "from"}]` (days that a run has from another),
/// `"imported":[{"file", "days", "from", "compressed"}]` (whole days from a run of the original),
/// `"nights":[{"file", "nights", "failed", "message"}]` (of fine-tuning; the last failure),
/// `"changes":[{"condition", "day", "set": [...]}]` (options that hold from a day on) and
/// `"mmlu":[{"condition", "persona", "seed", "who", "day", "subject", "asked", "correct",
/// "failed"}]` and `"measures":[{"condition", "persona", "seed", "day", "who", "name", "value"}]`
/// (numbers that scripts recorded; who 0: of the household).
bool results_add_more(struct buf *json, const struct manifest *m, const char *folder,
                      struct err *err) NODISCARD;
