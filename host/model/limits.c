#include "model/limits.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

// Households with somebody waiting form a ring; the one at `turn` is served next.
struct limits_household {
    uint64_t id;
    struct limits_turn *first, *last;
    struct limits_household *next, *prev;
};

struct bucket {
    double per_ms; // 0: no limit
    double level, capacity;
};

struct limits {
    struct loop *loop;
    struct limits_options options;
    struct loop_timer *timer;
    struct limits_household *ring; // NULL: nobody waits
    struct bucket requests, tokens;
    int64_t filled_ms, paused_until_ms;
    size_t *per_url; // running
    size_t running, waiting;
    bool deferred;
    struct limits_use use;
    int64_t counted_ms;
};

static void admit(void *user);

static struct bucket bucket_start(double per_minute, double least)
{
    double second = per_minute / 60;

    return (struct bucket){ .per_ms = per_minute / 60000,
                            .level = fmax(second, least),
                            .capacity = fmax(second, least) };
}

struct limits *limits_new(struct loop *loop, const struct limits_options *options)
{
    struct limits *l = mem_calloc(1, sizeof(*l));

    assert(options->concurrency > 0 && options->urls > 0);
    l->loop = loop;
    l->options = *options;
    l->timer = loop_timer_new(loop, admit, l);
    l->requests = bucket_start(options->requests_per_minute, 1);
    l->tokens = bucket_start(options->tokens_per_minute, 1);
    l->per_url = mem_calloc(options->urls, sizeof(*l->per_url));
    l->filled_ms = l->counted_ms = loop_now_ms(loop);
    return l;
}

void limits_free(struct limits *l)
{
    if (l == NULL)
        return;
    while (l->ring != NULL)
        limits_leave(l, l->ring->first, -1);
    loop_timer_free(l->timer);
    loop_undefer(l->loop, admit, l);
    free(l->per_url);
    free(l);
}

static void count_use(struct limits *l)
{
    int64_t now = loop_now_ms(l->loop);
    double ms = (double)(now - l->counted_ms);

    l->use.running_ms += ms * (double)l->running;
    if (l->waiting > 0)
        l->use.demand_ms += ms;
    l->counted_ms = now;
}

static void fill(struct limits *l)
{
    int64_t now = loop_now_ms(l->loop);
    double ms = (double)(now - l->filled_ms);

    l->requests.level = fmin(l->requests.capacity, l->requests.level + ms * l->requests.per_ms);
    l->tokens.level = fmin(l->tokens.capacity, l->tokens.level + ms * l->tokens.per_ms);
    l->filled_ms = now;
}

// Milliseconds until the bucket holds `least`.
static double time_to(const struct bucket *b, double least)
{
    return b->per_ms <= 0 || b->level >= least ? 0 : (least - b->level) / b->per_ms;
}

// Milliseconds until the rates allow one more.
static int64_t time_to_rates(struct limits *l)
{
    int64_t pause = l->paused_until_ms - loop_now_ms(l->loop);
    // A request needs a whole one; tokens need something, since what it takes is an estimate.
    double ms = fmax(time_to(&l->requests, 1), time_to(&l->tokens, 1));

    return pause > (int64_t)ceil(ms) ? pause : (int64_t)ceil(ms);
}

static size_t least_busy(const struct limits *l)
{
    size_t best = 0;

    for (size_t i = 1; i < l->options.urls; i++) {
        if (l->per_url[i] < l->per_url[best])
            best = i;
    }
    return best;
}

// Takes a waiting turn out of its household, and the household out of the ring if it was the last.
static void unlink_turn(struct limits *l, struct limits_turn *t)
{
    struct limits_household *h = t->household;

    if (t->prev != NULL)
        t->prev->next = t->next;
    else
        h->first = t->next;
    if (t->next != NULL)
        t->next->prev = t->prev;
    else
        h->last = t->prev;
    t->next = t->prev = NULL;
    t->household = NULL;
    l->waiting--;
    if (h->first != NULL)
        return;
    if (l->ring == h)
        l->ring = h->next == h ? NULL : h->next;
    h->prev->next = h->next;
    h->next->prev = h->prev;
    free(h);
}

static void let_in(struct limits *l)
{
    struct limits_turn *t = l->ring->first;

    l->ring = l->ring->next; // first, as the household may end with this turn
    unlink_turn(l, t);
    t->state = TURN_HAS;
    t->url = least_busy(l);
    l->per_url[t->url]++;
    l->running++;
    l->requests.level -= 1;
    l->tokens.level -= t->tokens;
    t->fn(t->user, t->url);
}

static void admit(void *user)
{
    struct limits *l = user;

    l->deferred = false;
    count_use(l);
    fill(l);
    while (l->ring != NULL && l->running < (size_t)l->options.concurrency) {
        int64_t ms = time_to_rates(l);
        if (ms > 0) {
            loop_timer_set(l->timer, ms);
            return;
        }
        let_in(l);
    }
}

static void admit_soon(struct limits *l)
{
    if (l->deferred || l->ring == NULL)
        return;
    l->deferred = true;
    loop_defer(l->loop, admit, l);
}

static struct limits_household *household_of(struct limits *l, uint64_t id)
{
    struct limits_household *h = l->ring;

    if (h != NULL) {
        do {
            if (h->id == id)
                return h;
            h = h->next;
        } while (h != l->ring);
    }
    h = mem_calloc(1, sizeof(*h));
    h->id = id;
    if (l->ring == NULL) {
        l->ring = h->next = h->prev = h;
    } else { // behind all the others
        h->next = l->ring;
        h->prev = l->ring->prev;
        h->prev->next = h;
        h->next->prev = h;
    }
    return h;
}

void limits_wait(struct limits *l, struct limits_turn *t, uint64_t household, double tokens,
                 bool again, limits_fn fn, void *user)
{
    struct limits_household *h = NULL;

    assert(t->state == TURN_NONE);
    count_use(l);
    h = household_of(l, household);
    *t = (struct limits_turn){
        .household = h, .fn = fn, .user = user, .tokens = tokens, .state = TURN_WAITS
    };
    if (h->first == NULL) {
        h->first = h->last = t;
    } else if (again) {
        t->next = h->first;
        h->first->prev = t;
        h->first = t;
    } else {
        t->prev = h->last;
        h->last->next = t;
        h->last = t;
    }
    l->waiting++;
    admit_soon(l);
}

void limits_leave(struct limits *l, struct limits_turn *t, double tokens)
{
    count_use(l);
    if (t->state == TURN_WAITS) {
        unlink_turn(l, t);
    } else if (t->state == TURN_HAS) {
        l->per_url[t->url]--;
        l->running--;
        if (tokens >= 0)
            l->tokens.level -= tokens - t->tokens;
        admit_soon(l);
    }
    t->state = TURN_NONE;
}

void limits_pause(struct limits *l, int64_t ms)
{
    int64_t until = loop_now_ms(l->loop) + ms;

    if (until > l->paused_until_ms)
        l->paused_until_ms = until;
}

size_t limits_running(const struct limits *l)
{
    return l->running;
}

size_t limits_waiting(const struct limits *l)
{
    return l->waiting;
}

struct limits_use limits_use(const struct limits *l)
{
    struct limits now = *l;

    count_use(&now);
    return now.use;
}
