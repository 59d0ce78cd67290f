#include "learn/exact.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

// ln 2 in two parts; the first has so few digits that multiples of it by an exponent are exact.
static const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;

static double power_of_two(int k)
{
    uint64_t bits = (uint64_t)(k + 1023) << 52;
    double x = 0;

    memcpy(&x, &bits, sizeof(x));
    return x;
}

double exact_exp(double x)
{
    // 1/n! for the Taylor series; with |r| <= ln(2)/2 the first one left out is below 1e-17.
    static const double c[] = { 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                                1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                                1.0 / 120,        1.0 / 24,        1.0 / 6,        0.5 };
    double k = 0, r = 0, sum = 0;

    if (isnan(x))
        return x;
    if (x > 709.782712893384)
        return INFINITY;
    if (x < -745.133219101942)
        return 0;
    k = floor(x * 1.4426950408889634 + 0.5); // x = k ln 2 + r
    r = (x - k * ln2_high) - k * ln2_low;
    for (size_t i = 0; i < sizeof(c) / sizeof(*c); i++)
        sum = sum * r + c[i];
    sum = 1 + (r + r * r * sum);
    if (k >= -1022 && k <= 1023)
        return sum * power_of_two((int)k);
    return ldexp(sum, (int)k); // rounds once, as IEEE says
}

double exact_log(double x)
{
    double m = 0, f = 0, s = 0, z = 0, half = 0, sum = 0;
    int e = 0;

    if (!(x > 0) || isinf(x))
        return x == 0 ? -INFINITY : x > 0 ? x : NAN;
    m = frexp(x, &e); // x = m 2^e
    if (m < 0.70710678118654752) {
        m *= 2;
        e--;
    }
    // With f = m - 1, s = f / (2 + f), |s| < 0.172: log m = 2 (s + s^3/3 + s^5/5 + ...). Since
    // 2 s = f - (f^2/2 - s f^2/2), the large part f enters without rounding.
    f = m - 1;
    s = f / (2 + f);
    z = s * s;
    half = 0.5 * f * f;
    for (int n = 23; n >= 3; n -= 2)
        sum = z * (sum + 2.0 / n);
    return e * ln2_high - ((half - (s * (half + sum) + e * ln2_low)) - f);
}
