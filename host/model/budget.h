#pragma once
// What may be spent: a number of requests and an amount of money, over all processes of a run. The
// counts lie in memory that forked processes share; each reserves before it sends.

#include "base/err.h"

#include <stdint.h>

struct budget;

struct budget_limits {
    double cost;      // in the prices' currency; 0: no limit
    int64_t requests; // 0: no limit
};

/// `spent`: what earlier runs of the same study used; counts towards the limits.
struct budget *budget_new(const struct budget_limits *limits, const struct budget_limits *spent,
                          struct err *err) NODISCARD;
/// Once in each process that has it. NULL is fine.
void budget_free(struct budget *b);

const struct budget_limits *budget_limits(const struct budget *b);

/// Reserves one request that may cost so much. False with advice if that would pass a limit.
bool budget_reserve(struct budget *b, double cost, struct err *err) NODISCARD;
/// Puts a reserved cost right: what the request really cost (0: it was not sent or not paid).
void budget_settle(struct budget *b, double reserved, double cost);
