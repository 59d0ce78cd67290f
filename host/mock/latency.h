#pragma once
// How long a mock takes to answer: a distribution, drawn once per request.

#include "base/err.h"
#include "base/rng.h"

enum latency_kind { LATENCY_FIXED, LATENCY_UNIFORM, LATENCY_LOGNORMAL };

/// All-zero: at once. Milliseconds. FIXED: a. UNIFORM: a to b. LOGNORMAL: median a, and b, the
/// standard deviation of the logarithm.
struct latency {
    enum latency_kind kind;
    double a, b;
};

/// "300", "uniform:100,500", "lognormal:300,0.5".
bool latency_parse(const char *text, struct latency *out, struct err *err) NODISCARD;

/// Whole milliseconds, at most ten minutes.
int64_t latency_draw(const struct latency *l, struct rng *rng);
