// The timers of a loop: a binary heap over (due time, order of setting).

#include "net/loop_impl.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

enum { NOT_SET = -1 };

struct loop_timer {
    struct loop *loop;
    loop_fn fn;
    void *user;
    int64_t due_ms;
    uint64_t order;
    int64_t at; // in the heap; NOT_SET
};

static bool before(const struct loop_timer *a, const struct loop_timer *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->order < b->order;
}

static void place(struct loop *l, size_t at, struct loop_timer *t)
{
    l->heap[at] = t;
    t->at = (int64_t)at;
}

static void sift_up(struct loop *l, size_t at, struct loop_timer *t)
{
    while (at > 0 && before(t, l->heap[(at - 1) / 2])) {
        place(l, at, l->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    place(l, at, t);
}

static void sift_down(struct loop *l, size_t at, struct loop_timer *t)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= l->heap_count)
            break;
        if (child + 1 < l->heap_count && before(l->heap[child + 1], l->heap[child]))
            child++;
        if (!before(l->heap[child], t))
            break;
        place(l, at, l->heap[child]);
        at = child;
    }
    place(l, at, t);
}

struct loop_timer *loop_timer_new(struct loop *l, loop_fn fn, void *user)
{
    struct loop_timer *t = mem_calloc(1, sizeof(*t));

    *t = (struct loop_timer){ .loop = l, .fn = fn, .user = user, .at = NOT_SET };
    l->objects++;
    return t;
}

void loop_timer_clear(struct loop_timer *t)
{
    struct loop *l = t->loop;
    size_t at = (size_t)t->at;
    struct loop_timer *last = NULL;

    if (t->at == NOT_SET)
        return;
    t->at = NOT_SET;
    last = l->heap[--l->heap_count];
    if (last == t)
        return;
    if (at > 0 && before(last, l->heap[(at - 1) / 2]))
        sift_up(l, at, last);
    else
        sift_down(l, at, last);
}

void loop_timer_set(struct loop_timer *t, int64_t delay_ms)
{
    struct loop *l = t->loop;
    int64_t us = clock_us();

    loop_timer_clear(t);
    // Rounded up, so that a timer never fires before its delay has passed.
    t->due_ms = delay_ms <= 0 ? us / 1000 : (us + 999) / 1000 + delay_ms;
    t->order = ++l->set_count;
    if (l->heap_count == l->heap_cap) {
        l->heap_cap = mem_grow(l->heap_cap, l->heap_count + 1);
        l->heap = mem_realloc(l->heap, l->heap_cap, sizeof(*l->heap));
    }
    sift_up(l, l->heap_count++, t);
}

bool loop_timer_is_set(const struct loop_timer *t)
{
    return t->at != NOT_SET;
}

void loop_timer_free(struct loop_timer *t)
{
    if (t == NULL)
        return;
    loop_timer_clear(t);
    t->loop->objects--;
    free(t);
}

void loop_run_timers(struct loop *l)
{
    int64_t now = loop_now_ms(l);
    uint64_t newest = l->set_count; // what is set from here on waits for the next pass

    while (l->heap_count > 0) {
        struct loop_timer *t = l->heap[0];
        if (t->due_ms > now || t->order > newest)
            break;
        loop_timer_clear(t);
        t->fn(t->user);
    }
}

int64_t loop_time_to_timer(const struct loop *l)
{
    int64_t left = 0;

    if (l->heap_count == 0)
        return -1;
    left = l->heap[0]->due_ms - loop_now_ms(l);
    return left < 0 ? 0 : left;
}
