#pragma once
// The endpoints of a process at work: what all questions share. One client, the limits of each
// endpoint, what each was found to accept, what was used and what it cost, and the budget.

#include "model/budget.h"
#include "model/endpoint.h"
#include "model/failure.h"
#include "model/limits.h"
#include "model/reply_store.h"
#include "net/client.h"

struct models;
struct channel; // one endpoint at work

struct models_options {
    enum reply_mode replies;
    struct reply_store shared; // for all runs; all-zero: none
    struct budget *budget;     // borrowed; NULL: no limits
    int64_t wait_ms;         // how long to wait for an endpoint that is gone; 0: as the retries say
    int64_t backoff_ms;      // before the first retry; doubles up to backoff_max_ms. 0: 500
    int64_t backoff_max_ms;  // 0: 60000
    const char *ca_file;     // certificates to trust instead of the system's
    const char *exec_folder; // where `exec:` programs run; NULL: here
    const char *exec_log;    // a file that gets what `exec:` programs complain of; NULL: none
};

/// `l` must outlive it. Options are copied, the shared store's user is borrowed.
struct models *models_new(struct loop *l, const struct models_options *options,
                          struct err *err) NODISCARD;
/// No question may be open. NULL is fine.
void models_free(struct models *m);

/// Puts an endpoint to work; takes it. Fails if the budget limits costs and the endpoint has no
/// price, and if the process may not have as many open files as requests may be under way. Two
/// channels to the same model on the same server share its limits, which must be the same.
struct channel *models_add(struct models *m, struct endpoint *take, struct err *err) NODISCARD;

/// Nothing is sent from now on: questions that wait for their turn end with FAILURE_STOPPED, those
/// under way are still answered and kept.
void models_stop(struct models *m, const char *why);
/// Runs the loop until nothing is under way and every answer was delivered, or for limit_ms. Stops
/// the models first (`why`), so that nothing is added. An answer comes a pass after its bytes: a
/// loop left at the moment when no request runs would drop what was paid for.
bool models_drain(struct models *m, const char *why, int64_t limit_ms, struct err *err) NODISCARD;
/// Why nothing more may be asked of some endpoint; NULL: all is well.
const char *models_stopped(const struct models *m);
/// Requests under way, and questions that wait for their turn.
size_t models_running(const struct models *m);
size_t models_waiting(const struct models *m);

const struct endpoint *channel_endpoint(const struct channel *c);
/// Questions that wait for their turn, and requests under way.
size_t channel_waiting(const struct channel *c);
size_t channel_running(const struct channel *c);
struct limits_use channel_use(const struct channel *c);
/// How answers are made to be JSON, and whether an answer has shown that the endpoint takes it.
enum structured channel_structured(const struct channel *c, bool *proven);

/// What was asked and used. Costs count what was paid for, useless answers too.
struct usage {
    int64_t questions; // answered or failed
    int64_t stored;    // of these, answered from stored replies
    int64_t failed;    // of these, without an answer
    int64_t requests;  // sent
    int64_t retries;   // of these, because one before had failed
    int64_t tokens_in, tokens_out, tokens_cached;
    double cost;
    bool estimated; // some tokens were not reported and are estimated in `cost`
};

struct usage models_usage(const struct models *m);
struct usage channel_usage(const struct channel *c);

/// Costs of so many tokens by the endpoint's prices. in includes cached.
double endpoint_cost(const struct endpoint *e, double in, double out, double cached);
/// How long so many requests with so many tokens (in and out) take at the endpoint's limits, if one
/// takes latency_s.
double endpoint_seconds(const struct endpoint *e, double requests, double tokens, double latency_s);
