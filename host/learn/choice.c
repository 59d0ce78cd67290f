#include "learn/choice.h"

#include <assert.h>
#include <math.h>

#include "learn/exact.h"

void choice_log_probs(const double *logits, size_t n, double temperature, double *out)
{
    double most = logits[choice_best(logits, n)], sum = 0, log_sum = 0;

    assert(temperature > 0 && isfinite(temperature));
    for (size_t i = 0; i < n; i++) {
        out[i] = (logits[i] - most) / temperature; // at most 0, so exp cannot overflow
        sum += exact_exp(out[i]);
    }
    log_sum = exact_log(sum);
    for (size_t i = 0; i < n; i++)
        out[i] -= log_sum;
}

// The candidate in whose share of 0..1 `at` lies. Rounding may leave a sliver after the last one,
// which goes to the last that has any probability.
static size_t find_share(const double *log_probs, size_t n, double at)
{
    double sum = 0;
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        double p = exact_exp(log_probs[i]);
        if (p <= 0)
            continue;
        sum += p;
        last = i;
        if (at < sum)
            break;
    }
    return last;
}

size_t choice_sample(const double *log_probs, size_t n, struct rng *r)
{
    assert(n >= 1);
    return find_share(log_probs, n, rng_unit(r));
}

void choice_sample_two(const double *log_probs, size_t n, struct rng *r, size_t out[2])
{
    out[0] = choice_sample(log_probs, n, r);
    out[1] = choice_sample(log_probs, n, r);
}

size_t choice_best(const double *logits, size_t n)
{
    size_t best = 0;

    assert(n >= 1);
    for (size_t i = 1; i < n; i++)
        if (logits[i] > logits[best])
            best = i;
    return best;
}
