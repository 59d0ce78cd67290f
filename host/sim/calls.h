#pragma once
// What a study has asked of models so far, over all its run files.

#include "model/budget.h"
#include "base/buf.h"
#include "sim/study.h"

struct calls_total {
    int64_t questions, failed;  // different questions; those without a usable answer
    struct budget_limits spent; // requests that were sent, and what they cost
};

struct manifest;
/// Appends `"calls":[...]` to a JSON object: one row a run file, role, prompt and model, as
/// host/sim/results.h says.
bool calls_add_json(const struct manifest *m, const char *folder, struct buf *json,
                    struct err *err) NODISCARD;

/// `out`: the study folder. Run files that do not exist yet count as empty.
bool calls_count(const struct study *study, const char *out, struct calls_total *total,
                 struct err *err) NODISCARD;
