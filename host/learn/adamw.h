#pragma once
// AdamW (Loshchilov and Hutter 2019, algorithm 2) over 2^bits weights of which few ever have a
// gradient. Step t with gradient g and learning rate a, for every weight:
//
//   w -= a * weight_decay * w
//   m = beta1 m + (1 - beta1) g,  v = beta2 v + (1 - beta2) g^2
//   w -= a * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
//
// A weight that never had a gradient has m = v = 0 and moves by its decay alone, so only weights
// that were touched (and, with weight decay, those that are not zero) are visited: the results are
// those of the dense definition, bit for bit. Moments are doubles, weights floats, rounded once a
// step. An optimiser lives for one night, as in TRL, where each training run makes its own; so
// there is nothing to save. Not thread-safe; one owner.

#include "base/compiler.h"

#include <stddef.h>
#include <stdint.h>

struct adamw_options {
    double beta1, beta2; // 0..1, below 1; usually 0.9 and 0.999
    double epsilon;      // above 0; usually 1e-8
    double weight_decay; // 0 or more; usually 0 for preference learning
};

struct adamw;

/// weights: 2^bits floats that every step will be given.
struct adamw *adamw_new(const struct adamw_options *options, const float *weights,
                        unsigned bits) NODISCARD;
void adamw_free(struct adamw *a);

/// Adds to the gradient of the next step.
void adamw_add(struct adamw *a, uint32_t bucket, double gradient);

/// What was added for one weight since the last step.
double adamw_gradient(const struct adamw *a, uint32_t bucket);

/// Takes a step with the gradient added so far times `scale`, shrunk to the norm `max_norm` if it
/// is longer (0: never), and clears it. Returns the norm before shrinking. If that is not finite,
/// nothing but the gradient is changed.
double adamw_step(struct adamw *a, float *weights, double learning_rate, double scale,
                  double max_norm);

/// The weights that had a gradient or decayed so far, in the order of their first use.
size_t adamw_touched(const struct adamw *a);
