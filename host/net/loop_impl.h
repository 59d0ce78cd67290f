#pragma once
// What the files of the loop share.

#include "net/loop.h"

struct event;

struct deferred {
    loop_fn fn; // NULL: taken back
    void *user;
};

struct loop {
    struct event_base *base;
    struct event *wake; // ends a wait when a timer is due or the caller's wait is over
    struct loop_timer **heap;
    size_t heap_count, heap_cap;
    uint64_t set_count; // numbers the settings of timers, so that equal times keep their order
    struct deferred *queue;
    size_t queue_first, queue_count, queue_cap; // a ring
    size_t objects;                             // timers and watches that exist
    bool stop, running;
};

/// Fires the timers that are due; those set meanwhile wait for the next pass.
void loop_run_timers(struct loop *l);
/// Milliseconds until the first timer is due, -1 if none is set.
int64_t loop_time_to_timer(const struct loop *l);
