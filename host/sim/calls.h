#pragma once
// What a study has asked of models so far, over all its run files.

#include "model/budget.h"
#include "sim/study.h"

struct calls_total {
    int64_t questions, failed;  // different questions; those without a usable answer
    struct budget_limits spent; // requests that were sent, and what they cost
};

/// `out`: the study folder. Run files that do not exist yet count as empty.
bool calls_count(const struct study *study, const char *out, struct calls_total *total,
                 struct err *err) NODISCARD;
