#pragma once
// Choosing among candidates by their logits: p(i) = exp(logit_i / temperature) / sum over all
// candidates (the softmax policy). Sums run in double in the order of the candidates, with the
// exp and log of learn/exact.h, so that every compiler and processor chooses the same.
// Thread-safe: no state but the random stream.

#include "base/rng.h"

/// out[i] = log p(i). n >= 1; logits finite; temperature above 0 and finite. A temperature near 0
/// leaves only the best. out may be the same array as logits.
void choice_log_probs(const double *logits, size_t n, double temperature, double *out);

/// Draws a candidate with probability exp(log_probs[i]); takes one number from the stream.
size_t choice_sample(const double *log_probs, size_t n, struct rng *r);

/// Two independent draws; they may be the same candidate. Takes two numbers from the stream.
void choice_sample_two(const double *log_probs, size_t n, struct rng *r, size_t out[2]);

/// The candidate with the greatest logit (or log probability); the first of equals.
size_t choice_best(const double *logits, size_t n);
