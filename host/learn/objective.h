#pragma once
// The mean loss of some examples under a policy, and its gradient: what learn/learner.h descends,
// and what its tests differentiate. Not thread-safe; one owner.

#include "learn/adamw.h"
#include "learn/learner.h"

/// What a loss is computed of: a pair, or one candidate (the other is EXAMPLE_NONE).
struct unit {
    uint32_t example; // number in the replay buffer
    uint16_t chosen, rejected;
    double weight;
};

/// The units that a method makes of examples, in their order; a pair gives KTO and SFT two.
/// out: room for twice `count`. Returns how many.
size_t units_of(const struct replay *replay, const struct learner_options *options,
                const uint32_t *examples, size_t count, struct unit *out);

struct objective;

/// Borrows all three as long as it lives.
struct objective *objective_new(const struct policy *p, const struct replay *replay,
                                const struct learner_options *options) NODISCARD;
void objective_free(struct objective *o);

/// The sum of weight * loss over the units of one batch; KTO's reference point is theirs. adds to
/// the gradient kept in `gradient` unless that is NULL. If `margins` is not NULL it gets each
/// unit's margin (struct learner_view).
double objective_batch(struct objective *o, const struct unit *units, size_t count,
                       struct adamw *gradient, double *margins);
