#pragma once
// The numeric kernel of `stats`: sums without lost digits, quantiles, two distributions. Pure
// functions of their arguments; NaN in a list is the caller's to refuse.

#include <stddef.h>

/// Compensated sum (Neumaier 1974): the error does not grow with n.
double numeric_sum(const double *x, size_t n);
/// n >= 1.
double numeric_mean(const double *x, size_t n);
/// Sample standard deviation (divides by n - 1), in two passes. n >= 2.
double numeric_sd(const double *x, size_t n);

/// Sorts x ascending.
void numeric_sort(double *x, size_t n);
/// Quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996: what R and
/// numpy do by default). n >= 1, 0 <= p <= 1.
double numeric_quantile(const double *sorted, size_t n, double p);

/// P(Z <= x) of the standard normal distribution, by erfc.
double numeric_normal_cdf(double x);
/// Its inverse for 0 < p < 1, by Newton's method on the logarithm of the tail.
double numeric_normal_quantile(double p);

/// P(T <= t) of Student's t distribution with df > 0 degrees of freedom, by the continued fraction
/// of the incomplete beta function (Abramowitz and Stegun 26.5.8, 26.7.1).
double numeric_t_cdf(double t, double df);
/// Its inverse for 0 < p < 1, by bisection.
double numeric_t_quantile(double p, double df);
