#include "model/budget.h"

#include <errno.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

// Costs are counted in whole billionths of the currency, so that processes can add without locks.
static const double unit = 1e9;

struct budget {
    struct budget_limits limits;
    _Atomic int64_t requests, cost; // used or reserved
};

static int64_t units(double cost)
{
    return (int64_t)llround(cost * unit);
}

struct budget *budget_new(const struct budget_limits *limits, const struct budget_limits *spent,
                          struct err *err)
{
    struct budget *b =
        mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (b == MAP_FAILED) {
        err_set(err, "no shared memory for the budget: %s", strerror(errno));
        return NULL;
    }
    b->limits = *limits;
    atomic_init(&b->requests, spent->requests);
    atomic_init(&b->cost, units(spent->cost));
    return b;
}

void budget_free(struct budget *b)
{
    if (b != NULL)
        munmap(b, sizeof(*b));
}

const struct budget_limits *budget_limits(const struct budget *b)
{
    return &b->limits;
}

bool budget_reserve(struct budget *b, double cost, struct err *err)
{
    int64_t requests = atomic_fetch_add(&b->requests, 1), before = 0;

    if (b->limits.requests > 0 && requests >= b->limits.requests) {
        atomic_fetch_sub(&b->requests, 1);
        return err_set(err,
                       "the limit of %lld requests is reached; resume with a higher one "
                       "(--max-requests)",
                       (long long)b->limits.requests);
    }
    before = atomic_fetch_add(&b->cost, units(cost));
    if (b->limits.cost > 0 && before + units(cost) > units(b->limits.cost)) {
        atomic_fetch_sub(&b->cost, units(cost));
        atomic_fetch_sub(&b->requests, 1);
        return err_set(err,
                       "the limit of costs is reached: %.4f of %.4f is spent or under way, and the "
                       "next request may cost %.4f; resume with a higher one (--max-cost)",
                       (double)before / unit, b->limits.cost, cost);
    }
    return true;
}

void budget_settle(struct budget *b, double reserved, double cost)
{
    atomic_fetch_add(&b->cost, units(cost) - units(reserved));
}
