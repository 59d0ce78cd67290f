#include "net/loop.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <event2/event.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/loop_base.h"
#include "net/loop_impl.h"

struct loop_watch {
    struct loop *loop;
    struct event *event;
    int fd;
    loop_watch_fn fn;
    void *user;
};

int64_t loop_now_ms(const struct loop *l)
{
    (void)l; // one clock for all loops, for now
    return clock_ms();
}

struct event_base *loop_base(struct loop *l)
{
    return l->base;
}

// libevent prints what its calls report; ours go up as errors.
static void drop_message(int severity, const char *text)
{
    (void)severity;
    (void)text;
}

static void on_wake(evutil_socket_t fd, short what, void *user)
{
    (void)fd;
    (void)what;
    (void)user; // that it fires is all: the wait is over
}

struct loop *loop_new(struct err *err)
{
    struct loop *l = mem_calloc(1, sizeof(*l));
    struct event_config *config = event_config_new();

    signal(SIGPIPE, SIG_IGN);
    event_set_log_callback(drop_message);
    if (config != NULL) {
        event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
        l->base = event_base_new_with_config(config);
        event_config_free(config);
    }
    if (l->base != NULL)
        l->wake = evtimer_new(l->base, on_wake, NULL);
    if (l->wake == NULL) {
        err_set(err, "the event loop cannot start: %s", strerror(errno));
        loop_free(l);
        return NULL;
    }
    return l;
}

void loop_free(struct loop *l)
{
    if (l == NULL)
        return;
    assert(l->objects == 0);
    if (l->wake != NULL)
        event_free(l->wake);
    if (l->base != NULL)
        event_base_free(l->base);
    free(l->heap);
    free(l->queue);
    free(l);
}

// ---- Deferred calls

void loop_defer(struct loop *l, loop_fn fn, void *user)
{
    if (l->queue_count == l->queue_cap) {
        size_t cap = mem_grow(l->queue_cap, l->queue_count + 1);
        struct deferred *queue = mem_calloc(cap, sizeof(*queue));
        for (size_t i = 0; i < l->queue_count; i++)
            queue[i] = l->queue[(l->queue_first + i) % l->queue_cap];
        free(l->queue);
        l->queue = queue;
        l->queue_cap = cap;
        l->queue_first = 0;
    }
    l->queue[(l->queue_first + l->queue_count) % l->queue_cap] =
        (struct deferred){ .fn = fn, .user = user };
    l->queue_count++;
}

void loop_undefer(struct loop *l, loop_fn fn, void *user)
{
    for (size_t i = 0; i < l->queue_count; i++) {
        struct deferred *d = &l->queue[(l->queue_first + i) % l->queue_cap];
        if (d->fn == fn && d->user == user)
            d->fn = NULL;
    }
}

bool loop_has_deferred(const struct loop *l)
{
    return l->queue_count > 0;
}

// True if there was one.
static bool run_deferred(struct loop *l)
{
    bool any = l->queue_count > 0;

    for (size_t n = l->queue_count; n > 0; n--) {
        struct deferred d = l->queue[l->queue_first];
        l->queue_first = (l->queue_first + 1) % l->queue_cap;
        l->queue_count--;
        if (d.fn != NULL)
            d.fn(d.user);
    }
    return any;
}

// ---- Descriptors

static void on_event(evutil_socket_t fd, short what, void *user)
{
    struct loop_watch *w = user;

    w->fn(w->user, (int)fd,
          ((what & EV_READ) != 0 ? LOOP_READ : 0) | ((what & EV_WRITE) != 0 ? LOOP_WRITE : 0));
}

bool loop_watch_set(struct loop_watch *w, int what, struct err *err)
{
    short events = (short)(((what & LOOP_READ) != 0 ? EV_READ : 0) |
                           ((what & LOOP_WRITE) != 0 ? EV_WRITE : 0) | EV_PERSIST);

    event_del(w->event);
    if (what == 0)
        return true;
    event_assign(w->event, w->loop->base, w->fd, events, on_event, w);
    if (event_add(w->event, NULL) != 0)
        return err_set(err, "descriptor %d cannot be watched: %s", w->fd, strerror(errno));
    return true;
}

struct loop_watch *loop_watch_new(struct loop *l, int fd, int what, loop_watch_fn fn, void *user,
                                  struct err *err)
{
    struct loop_watch *w = mem_calloc(1, sizeof(*w));

    *w = (struct loop_watch){ .loop = l, .fd = fd, .fn = fn, .user = user };
    w->event = event_new(l->base, fd, EV_READ | EV_PERSIST, on_event, w);
    l->objects++;
    if (w->event == NULL) {
        err_set(err, "descriptor %d cannot be watched", fd);
    } else if (loop_watch_set(w, what, err)) {
        return w;
    }
    loop_watch_free(w);
    return NULL;
}

void loop_watch_free(struct loop_watch *w)
{
    if (w == NULL)
        return;
    if (w->event != NULL)
        event_free(w->event);
    w->loop->objects--;
    free(w);
}

// ---- Running

// Milliseconds until something of ours is due, but at most `wait_ms`; -1: nothing will be.
static int64_t time_to_wait(struct loop *l, int64_t wait_ms)
{
    int64_t left = loop_time_to_timer(l);

    if (l->queue_count > 0 || l->stop)
        return 0;
    if (left < 0 || (wait_ms >= 0 && wait_ms < left))
        return wait_ms;
    return left;
}

static bool poll_base(struct loop *l, int64_t wait_ms, struct err *err)
{
    struct timeval t = { .tv_sec = wait_ms / 1000, .tv_usec = wait_ms % 1000 * 1000 };

    if (wait_ms < 0 && event_base_get_num_events(l->base, EVENT_BASE_COUNT_ADDED) == 0)
        return err_set(err, "the event loop would wait for ever: nothing is under way");
    if (wait_ms > 0)
        evtimer_add(l->wake, &t);
    if (event_base_loop(l->base, wait_ms == 0 ? EVLOOP_NONBLOCK : EVLOOP_ONCE) < 0)
        return err_set(err, "the event loop failed: %s", strerror(errno));
    event_del(l->wake);
    return true;
}

bool loop_run_once(struct loop *l, int64_t wait_ms, struct err *err)
{
    bool ok = false;

    assert(!l->running); // a callback that runs the loop would reorder everything
    l->running = true;
    if (run_deferred(l))
        wait_ms = 0; // something has happened: the caller wants to look
    ok = poll_base(l, time_to_wait(l, wait_ms), err);
    if (ok)
        loop_run_timers(l);
    l->running = false;
    return ok;
}

void loop_stop(struct loop *l)
{
    l->stop = true;
}

bool loop_run(struct loop *l, int64_t limit_ms, bool *stopped, struct err *err)
{
    int64_t end = loop_now_ms(l) + limit_ms;
    bool ok = true;

    for (;;) {
        int64_t left = limit_ms < 0 ? -1 : end - loop_now_ms(l);
        if (limit_ms >= 0 && left < 0)
            left = 0;
        ok = loop_run_once(l, left, err);
        if (!ok || l->stop || (limit_ms >= 0 && loop_now_ms(l) >= end))
            break;
    }
    if (stopped != NULL)
        *stopped = l->stop;
    l->stop = false;
    return ok;
}

bool loop_run_until(struct loop *l, bool (*done)(void *user), void *user, int64_t limit_ms,
                    struct err *err)
{
    int64_t end = loop_now_ms(l) + limit_ms;

    while (!done(user)) {
        int64_t left = limit_ms < 0 ? -1 : end - loop_now_ms(l);
        if (limit_ms >= 0 && left <= 0)
            return err_set(err, "not done after %lld ms", (long long)limit_ms);
        if (!loop_run_once(l, left, err))
            return false;
    }
    return true;
}

bool loop_allow_files(size_t count, struct err *err)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return err_set(err, "the limit of open files cannot be read: %s", strerror(errno));
    if (limit.rlim_cur >= count)
        return true;
    if (limit.rlim_max < count)
        return err_set(err,
                       "%zu open files are needed, but this process may have only %llu; raise the "
                       "limit (ulimit -Hn) or ask for less concurrency",
                       count, (unsigned long long)limit.rlim_max);
    limit.rlim_cur = count;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return err_set(err, "the limit of open files cannot be raised: %s", strerror(errno));
    return true;
}
