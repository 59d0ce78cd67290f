#include "mock/latency.h"

#include <math.h>
#include <stdio.h>

#define MOST_MS 600000.0

bool latency_parse(const char *text, struct latency *out, struct err *err)
{
    struct latency l = { 0 };
    char rest = '\0';

    if (sscanf(text, "uniform:%lf,%lf%c", &l.a, &l.b, &rest) == 2)
        l.kind = LATENCY_UNIFORM;
    else if (sscanf(text, "lognormal:%lf,%lf%c", &l.a, &l.b, &rest) == 2)
        l.kind = LATENCY_LOGNORMAL;
    else if (sscanf(text, "%lf%c", &l.a, &rest) == 1)
        l.kind = LATENCY_FIXED;
    else
        return err_set(err,
                       "a latency is milliseconds (300), uniform:LOW,HIGH (uniform:100,500), or "
                       "lognormal:MEDIAN,SIGMA (lognormal:300,0.5), not '%s'",
                       text);
    if (!(l.a >= 0 && l.a <= MOST_MS && l.b >= 0 && l.b <= MOST_MS))
        return err_set(err, "a latency must be between 0 and %.0f ms, not '%s'", MOST_MS, text);
    if (l.kind == LATENCY_UNIFORM && l.b < l.a)
        return err_set(err, "the latency '%s' ends before it begins", text);
    *out = l;
    return true;
}

int64_t latency_draw(const struct latency *l, struct rng *rng)
{
    double ms = 0;

    switch (l->kind) {
    case LATENCY_FIXED: ms = l->a; break;
    case LATENCY_UNIFORM: ms = l->a + (l->b - l->a) * rng_unit(rng); break;
    case LATENCY_LOGNORMAL: ms = l->a * exp(l->b * rng_normal(rng)); break;
    }
    return (int64_t)fmin(ms, MOST_MS);
}
