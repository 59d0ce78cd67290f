#pragma once
// One policy out of several: what assistants of different people have learned, as a start for the
// next one. A log-linear model's logits are linear in its weights, so the mean of the weights is
// the policy whose logits are the mean of theirs (federated averaging with equal shares, McMahan et
// al. 2017, algorithm 1). Not thread-safe.

#include "learn/policy.h"

/// Sets the weights of `out` to the mean of those of `from` (1 or more, all with as many bits) and
/// adds their words. Sums run in double in the order of `from`.
void policy_pool(struct policy *out, struct policy *const *from, size_t count);
