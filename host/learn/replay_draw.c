// The rules by which a night's training set is drawn.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/exact.h"
#include "learn/replay_inside.h"

// The examples before a day; days never fall.
static size_t count_before(const struct replay *r, uint64_t today)
{
    size_t low = 0, high = r->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->entries[middle].example.day < today)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The first `want` of a shuffle (Fisher and Yates, Durstenfeld's form) of 0..from-1.
static void draw_evenly(size_t from, size_t want, struct rng *rng, uint32_t *out)
{
    uint32_t *all = mem_calloc(from, sizeof(*all));

    for (size_t i = 0; i < from; i++)
        all[i] = (uint32_t)i;
    for (size_t i = 0; i < want; i++) {
        size_t other = i + rng_below(rng, from - i);
        out[i] = all[other];
        all[other] = all[i];
    }
    free(all);
}

struct ticket {
    double value;
    uint32_t number;
};

static int by_value(const void *a, const void *b)
{
    const struct ticket *x = a, *y = b;

    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void draw_recent(const struct replay *r, size_t from, size_t want, double half_life_days,
                        uint32_t today, struct rng *rng, uint32_t *out)
{
    static const double ln2 = 0.69314718055994531;
    struct ticket *tickets = mem_calloc(from, sizeof(*tickets));

    for (size_t i = 0; i < from; i++) {
        uint32_t day = r->entries[i].example.day;
        double age = day < today ? today - day : 0;
        // log(u) / w with w = 2^(-age / half life); its order is kept by -log(-log(u)) + log(w),
        // which cannot overflow however old an example is.
        double u = 1 - rng_unit(rng); // above 0, at most 1
        tickets[i].value = -exact_log(-exact_log(u)) - age / half_life_days * ln2;
        tickets[i].number = (uint32_t)i;
    }
    qsort(tickets, from, sizeof(*tickets), by_value);
    for (size_t i = 0; i < want; i++)
        out[i] = tickets[i].number;
    free(tickets);
}

static size_t draw(const struct replay *r, const struct replay_options *options, size_t from,
                   size_t want, uint32_t today, struct rng *rng, uint32_t *out)
{
    if (want >= from) {
        for (size_t i = 0; i < from; i++)
            out[i] = (uint32_t)i;
        return from;
    }
    if (want == 0)
        return 0;
    if (options->half_life_days > 0)
        draw_recent(r, from, want, options->half_life_days, today, rng, out);
    else
        draw_evenly(from, want, rng, out);
    return want;
}

size_t replay_draw(const struct replay *r, const struct replay_options *options, uint32_t today,
                   struct rng *rng, uint32_t *out)
{
    size_t earlier = count_before(r, today), known = count_before(r, (uint64_t)today + 1);
    size_t todays = known - earlier;

    switch (options->rule) {
    case REPLAY_EQUALLY: return draw(r, options, known, options->count, today, rng, out);
    case REPLAY_HALF_TODAY:
        for (size_t i = 0; i < todays; i++)
            out[i] = (uint32_t)(earlier + i);
        return todays + draw(r, options, earlier, todays, today, rng, out + todays);
    case REPLAY_ALL: return draw(r, options, known, known, today, rng, out);
    }
    return 0;
}
