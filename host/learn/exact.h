#pragma once
// exp and log out of nothing but IEEE additions, multiplications and divisions in a fixed order.
// The C library's own differ in the last bit between versions and processors (it picks kernels
// with fused multiply-add where there are any), and what a policy learns must not. Both are within
// 2 units in the last place of the true value. Thread-safe: no state.

/// e^x; 0 below about -745, infinity above about 709.
double exact_exp(double x);
/// Natural logarithm; -infinity for 0, not a number below.
double exact_log(double x);
