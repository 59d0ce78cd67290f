#include "script/resample.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "script/numeric.h"

void resample_means(const double *x, size_t n, struct rng *stream, double *out, size_t times)
{
    assert(n >= 1);
    for (size_t t = 0; t < times; t++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += x[rng_below(stream, n)];
        out[t] = sum / (double)n;
    }
    numeric_sort(out, times);
}

// All 2^n sums of +-d, ascending. Each is made of the one without its last sign: no error adds up
// over the table.
static double *all_sums(const double *d, size_t n, size_t *count)
{
    double *sums = mem_calloc((size_t)1 << n, sizeof(*sums));

    *count = 1;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < *count; k++) {
            sums[*count + k] = sums[k] + d[i];
            sums[k] -= d[i];
        }
        *count *= 2;
    }
    numeric_sort(sums, *count);
    return sums;
}

// What a sum must reach to count as at least as large as the observed one.
static double threshold(const double *d, size_t n)
{
    double sum = 0, size = 0;

    for (size_t i = 0; i < n; i++) {
        sum += d[i];
        size += fabs(d[i]);
    }
    return fabs(sum) - 1e-9 * size;
}

double resample_flips_exact(const double *d, size_t n)
{
    size_t na = 0, nb = 0, from = 0;
    double least = threshold(d, n), *a = NULL, *b = NULL;
    uint64_t reach = 0;

    assert(n >= 1 && n <= RESAMPLE_EXACT_MAX);
    if (least <= 0)
        return 1; // every sum is at least as far from 0
    a = all_sums(d, n / 2, &na);
    b = all_sums(d + n / 2, n - n / 2, &nb);
    from = nb;
    for (size_t i = 0; i < na; i++) { // as a[i] rises, ever more of b reach the threshold with it
        while (from > 0 && a[i] + b[from - 1] >= least)
            from--;
        reach += nb - from;
    }
    free(a);
    free(b);
    return ldexp((double)(2 * reach), -(int)n); // for each sum there is the one of opposite signs
}

double resample_flips_drawn(const double *d, size_t n, struct rng *stream, size_t times)
{
    double least = threshold(d, n);
    size_t reach = 0;

    assert(n >= 1 && times >= 1);
    for (size_t t = 0; t < times; t++) {
        uint64_t bits = 0;
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
            if (i % 64 == 0)
                bits = rng_u64(stream);
            sum += bits & 1 ? d[i] : -d[i];
            bits >>= 1;
        }
        reach += fabs(sum) >= least;
    }
    return (double)(reach + 1) / (double)(times + 1);
}
