#include "script/numeric.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

double numeric_sum(const double *x, size_t n)
{
    double sum = 0, lost = 0;

    for (size_t i = 0; i < n; i++) {
        double next = sum + x[i];

        lost += fabs(sum) >= fabs(x[i]) ? (sum - next) + x[i] : (x[i] - next) + sum;
        sum = next;
    }
    return isfinite(sum) ? sum + lost : sum;
}

double numeric_mean(const double *x, size_t n)
{
    assert(n >= 1);
    return numeric_sum(x, n) / (double)n;
}

double numeric_sd(const double *x, size_t n)
{
    double mean = numeric_mean(x, n), sum = 0, lost = 0;

    assert(n >= 2);
    for (size_t i = 0; i < n; i++) {
        double square = (x[i] - mean) * (x[i] - mean), next = sum + square;

        lost += sum >= square ? (sum - next) + square : (square - next) + sum;
        sum = next;
    }
    return sqrt((sum + lost) / (double)(n - 1));
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

void numeric_sort(double *x, size_t n)
{
    if (n > 1)
        qsort(x, n, sizeof(*x), compare);
}

double numeric_quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1), below = floor(at);
    size_t i = (size_t)below;

    assert(n >= 1 && p >= 0 && p <= 1);
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - below) * (sorted[i + 1] - sorted[i]);
}

double numeric_normal_cdf(double x)
{
    return 0.5 * erfc(-x * M_SQRT1_2);
}

double numeric_normal_quantile(double p)
{
    double tail = p < 0.5 ? p : 1 - p, x = 0;

    assert(p > 0 && p < 1);
    if (p == 0.5)
        return 0;
    // The logarithm of the tail is concave and falls about like -x^2/2: Newton's method from
    // beyond the root converges from one side.
    x = sqrt(-2 * log(tail));
    for (int i = 0; i < 100; i++) {
        double q = numeric_normal_cdf(-x);
        double density = exp(-0.5 * x * x) / sqrt(2 * M_PI);
        double step = (log(q) - log(tail)) * q / density;

        x += step;
        if (fabs(step) <= 4 * DBL_EPSILON * fabs(x))
            break;
    }
    return p < 0.5 ? -x : x;
}

static double log_gamma(double x)
{
    int sign = 0;

    return lgamma_r(x, &sign);
}

// Continued fraction of the incomplete beta function, by the method of Lentz as modified by
// Thompson and Barnett (1986). Converges fast for x < (a + 1) / (a + b + 2).
static double beta_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1), result = 0;

    d = 1 / (fabs(d) < tiny ? tiny : d);
    result = d;
    for (int m = 1; m < 10000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

        d = 1 + even * d;
        c = 1 + even / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        result *= d * c;
        d = 1 + odd * d;
        c = 1 + odd / c;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = fabs(c) < tiny ? tiny : c;
        result *= d * c;
        if (fabs(d * c - 1) < 2 * DBL_EPSILON)
            break;
    }
    return result;
}

// I_x(a, b), with 1 - x given as well, because the difference would lose digits.
static double incomplete_beta(double a, double b, double x, double rest)
{
    double front = 0;

    if (x <= 0)
        return 0;
    if (rest <= 0)
        return 1;
    front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log(rest));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, rest) / b;
}

double numeric_t_cdf(double t, double df)
{
    double square = t * t, tail = 0;

    assert(df > 0);
    if (!isfinite(square))
        return t < 0 ? 0 : 1;
    tail = 0.5 * incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square));
    return t < 0 ? tail : 1 - tail;
}

double numeric_t_quantile(double p, double df)
{
    double tail = p < 0.5 ? p : 1 - p, low = 0, high = 1;

    assert(p > 0 && p < 1);
    if (p == 0.5)
        return 0;
    while (numeric_t_cdf(-high, df) > tail && high < 1e300)
        high *= 2;
    for (int i = 0; i < 2000; i++) {
        double middle = low + (high - low) / 2;

        if (middle <= low || middle >= high)
            break;
        if (numeric_t_cdf(-middle, df) > tail)
            low = middle;
        else
            high = middle;
    }
    return p < 0.5 ? -high : high;
}
