#pragma once
// Who may ask an endpoint when: at most so many requests at once, so many requests and tokens a
// minute, spread over its base URLs by how busy each is, and fair between households. Waiting
// happens here, before a request is sent, so it never counts against the request's time-outs.
//
// Rates are token buckets that hold one second's worth (one request at least). A request is let in
// when both buckets hold something; its tokens, estimated before and put right after, may take the
// bucket below zero, so that a request larger than a second's worth is delayed, not stuck.
// Turns: households that wait are served round robin, each one's requests in order.

#include "net/loop.h"

struct limits;

struct limits_options {
    int64_t concurrency;        // at least 1
    double requests_per_minute; // 0: no limit
    double tokens_per_minute;   // 0: no limit
    size_t urls;                // at least 1
};

struct limits *limits_new(struct loop *l, const struct limits_options *options);
/// Drops those who wait, without callbacks. NULL is fine.
void limits_free(struct limits *l);

/// `url` is the number of the base URL to send to.
typedef void (*limits_fn)(void *user, size_t url);

/// One who waits or was let in; part of the caller's struct, all-zero at first.
struct limits_turn {
    struct limits_turn *next, *prev;
    struct limits_household *household;
    limits_fn fn;
    void *user;
    double tokens; // estimated
    size_t url;
    enum { TURN_NONE, TURN_WAITS, TURN_HAS } state;
};

/// Calls fn from the loop once it is this turn's turn. `household`: any number that tells
/// households apart. `again`: goes before the others of its household, as it was let in before.
void limits_wait(struct limits *l, struct limits_turn *turn, uint64_t household, double tokens,
                 bool again, limits_fn fn, void *user);
/// Gives the turn back, whether it waits or was let in. tokens: what the request really took (if
/// it was sent; below 0: not known, the estimate stays).
void limits_leave(struct limits *l, struct limits_turn *turn, double tokens);

/// Lets nobody in for `ms` from now (what a Retry-After asks for); of several the longest counts.
void limits_pause(struct limits *l, int64_t ms);

size_t limits_running(const struct limits *l);
size_t limits_waiting(const struct limits *l);
/// The sum over time of requests running, in request-milliseconds, and the sum of time during
/// which somebody waited for a place: what share of the allowed concurrency was in use.
struct limits_use {
    double running_ms, demand_ms;
};
struct limits_use limits_use(const struct limits *l);
