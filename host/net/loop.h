#pragma once
// The one event loop of a process: timers, deferred calls, file descriptors. libevent's base behind
// our type; the HTTP client (net/client.h) and the HTTP server run on it.
//
// Order. One pass: the deferred calls that are there at its start, first in first out; then a wait
// for descriptors, or none if anything is due; then their callbacks, in whatever order the kernel
// reports them (the only order that is not fixed); then the timers that are due, by due time, those
// of the same millisecond in the order in which they were set. So what a callback defers or sets
// runs in a later pass, never inside it, and callbacks may free what they are called for.
//
// One thread. Everything is created from and freed before its loop. loop_new makes the process
// ignore SIGPIPE: a peer that is gone is an error of a write here, not the end of the process.

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct loop;

typedef void (*loop_fn)(void *user);

struct loop *loop_new(struct err *err) NODISCARD;
void loop_free(struct loop *l); // NULL is fine

/// Milliseconds of a clock that never goes back and is not set by anyone; only differences mean
/// something.
int64_t loop_now_ms(const struct loop *l);

// ---- Running. Not from inside a callback.

/// Runs one pass that waits for at most `wait_ms` (0: not at all; -1: until something happens); it
/// does not wait if it ran deferred calls. It is an error to wait for ever with nothing that could
/// happen.
bool loop_run_once(struct loop *l, int64_t wait_ms, struct err *err) NODISCARD;

/// Runs passes until loop_stop, or until `limit_ms` have passed (-1: no limit). *stopped says which
/// it was; may be NULL.
bool loop_run(struct loop *l, int64_t limit_ms, bool *stopped, struct err *err) NODISCARD;

/// Runs passes until `done` says so (asked before the first and after each pass). False with an
/// error if it still does not after `limit_ms` (-1: no limit).
bool loop_run_until(struct loop *l, bool (*done)(void *user), void *user, int64_t limit_ms,
                    struct err *err) NODISCARD;

/// Makes the loop_run in progress (or the next one) return after its pass. From any callback.
void loop_stop(struct loop *l);

// ---- Deferred calls.

/// Calls fn(user) once in the next pass.
void loop_defer(struct loop *l, loop_fn fn, void *user);
/// Takes back every deferred call of fn with this user that has not run yet. O(calls waiting).
void loop_undefer(struct loop *l, loop_fn fn, void *user);
/// Whether the next pass has deferred calls to run.
bool loop_has_deferred(const struct loop *l);

// ---- Timers. A timer that is not set costs nothing; free takes NULL and may be called at any
// time, also from the timer's own callback.

struct loop_timer;
struct loop_timer *loop_timer_new(struct loop *l, loop_fn fn, void *user) NODISCARD;
void loop_timer_free(struct loop_timer *t);
/// Lets it fire once, `delay_ms` from now (below 0 counts as 0); a time set before is forgotten.
void loop_timer_set(struct loop_timer *t, int64_t delay_ms);
void loop_timer_clear(struct loop_timer *t);
bool loop_timer_is_set(const struct loop_timer *t);

// ---- Descriptors. Level-triggered: the callback comes again as long as there is something to do.

enum loop_what { LOOP_READ = 1, LOOP_WRITE = 2 };
/// `what` is LOOP_READ and LOOP_WRITE or'ed; an error or hang-up of the descriptor counts as both.
typedef void (*loop_watch_fn)(void *user, int fd, int what);

struct loop_watch;
/// Watches a descriptor, which the caller owns and closes after the watch is freed. NULL if the
/// kernel refuses it (a regular file, say).
struct loop_watch *loop_watch_new(struct loop *l, int fd, int what, loop_watch_fn fn, void *user,
                                  struct err *err) NODISCARD;
void loop_watch_free(struct loop_watch *w); // NULL is fine; also from its own callback
/// Changes what is watched for; 0 pauses.
bool loop_watch_set(struct loop_watch *w, int what, struct err *err) NODISCARD;

/// Lets the process have at least `count` open files, as far as it may; many requests at once need
/// one each. False says how many it may have.
bool loop_allow_files(size_t count, struct err *err) NODISCARD;
