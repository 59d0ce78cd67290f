#pragma once
// Dot products of float32 vectors: the inner loop of retrieval. There is a portable kernel and an
// AVX2 one, chosen at run time. Both sum in the same order (32 independent lanes, multiply then
// add without fusing, then a fixed tree), so their results are equal bit for bit and no result
// depends on the processor. Thread-safe: no state.
//
// The order: lane j sums a[i] * b[i] for i = j, j + 32, j + 64, ... The lanes are then added as
// w[j] = (lane[j] + lane[j+8]) + (lane[j+16] + lane[j+24]) for j = 0..7, x[j] = w[j] + w[j+4] for
// j = 0..3, and the result is (x[0] + x[1]) + (x[2] + x[3]).

#include <stddef.h>

enum { DOT_LANES = 32 };

struct dot_kernel {
    const char *name;
    /// The dot product of n floats. Any n, any alignment.
    float (*one)(const float *a, const float *b, size_t n);
    /// out[r] = one(query, rows + r * n, n) for `count` rows that lie one behind the other.
    /// n must be a multiple of DOT_LANES. Fastest if rows is aligned to 64 bytes.
    void (*rows)(const float *query, const float *rows, size_t count, size_t n, float *out);
};

const struct dot_kernel *dot_portable(void);
/// NULL where the processor (or the compiler's target) has no AVX2.
const struct dot_kernel *dot_avx2(void);
/// The fastest one that this processor can run.
const struct dot_kernel *dot_best(void);
