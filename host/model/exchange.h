#pragma once
// One exchange with an endpoint, as often as it takes: waits for its turn, sends, and tries again
// after what may pass (no connection, resets, 408/409/429/5xx, half replies), later each time.
// Inside this room; questions (ask.h) and embeddings (embed.h) are built on it.

#include "base/rng.h"
#include "model/models_impl.h"

struct exchange_ops {
    /// Appends URL and body of the request, for the base URL with this number.
    void (*write)(void *user, const struct wire_mode *mode, size_t url, struct buf *address,
                  struct buf *body);
    /// Reads an answer; fills all of *out.
    void (*read)(void *user, int status, const char *content_type, struct view body,
                 struct wire_reply *out);
    /// The end, from the loop: failure NONE and WIRE_ANSWER in the reply, or what came last. Once.
    void (*done)(void *user, enum failure failure, const char *message, struct wire_reply *reply);
};

struct exchange {
    struct channel *channel;
    const struct exchange_ops *ops;
    void *user;
    uint64_t household;
    double tokens_in, tokens_out; // estimated
    struct rng jitter;
    // What it took; adds up over several runs of the exchange.
    int64_t in, out, cached; // tokens; -1: not reported
    double cost, ms;
    int64_t requests, retries;
    // Inside.
    struct limits_turn turn;
    struct loop_timer *timer;
    uint64_t request; // of the client; 0: none
    struct buf address, body;
    struct wire_mode sent;
    double reserved; // of the budget; below 0: nothing
    int64_t tries, answers_tried, adapted;
    int64_t first_failure_ms; // of this run; -1: none yet
    enum failure ended;       // what the deferred end tells
    struct err ended_err;
    bool open;
};

/// Sets an all-zero exchange up. seed: of the jitter of its waits.
void exchange_init(struct exchange *x, struct channel *c, const struct exchange_ops *ops,
                   void *user, uint64_t household, uint64_t seed);
/// Runs it; ops->done is called later, from the loop. May be run again after that.
void exchange_run(struct exchange *x, double tokens_in, double tokens_out);
/// Ends a run without ops->done, and frees what it holds. All-zero is fine.
void exchange_fini(struct exchange *x);
