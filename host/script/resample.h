#pragma once
// Resampling for `stats`: bootstrap means and the exact and drawn forms of the paired permutation
// test. Pure functions of their arguments and of a stream; the same on every machine.

#include "base/rng.h"

#include <stddef.h>

/// The most pairs for which all 2^n flips of signs are counted: two tables of 2^(n/2) sums.
enum { RESAMPLE_EXACT_MAX = 32 };

/// out: `times` means of samples of n drawn from x with replacement, sorted ascending (Efron and
/// Tibshirani 1993, algorithm 6.1). n >= 1. O(times * (n + log times)).
void resample_means(const double *x, size_t n, struct rng *stream, double *out, size_t times);

/// P(|sum of +-d| >= |sum of d|) over all 2^n choices of signs: the two-sided p of the paired
/// permutation test (Fisher 1935, section 21). 1 <= n <= RESAMPLE_EXACT_MAX.
/// The sums of each half of the pairs are tabled and sorted, and pairs of sums counted (the method
/// of Horowitz and Sahni 1974 for subset sums), so that 32 pairs take some 20 ms. Sums that differ
/// by less than 1e-9 of the sum of |d| count as equal.
double resample_flips_exact(const double *d, size_t n);

/// The same from `times` random choices of signs: (1 + as large ones) / (1 + times), which is never
/// 0 (Phipson and Smyth 2010, eq. 2). n, times >= 1.
double resample_flips_drawn(const double *d, size_t n, struct rng *stream, size_t times);
