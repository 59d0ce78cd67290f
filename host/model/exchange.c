#include "model/exchange_impl.h"

#include <assert.h>
#include <string.h>

enum { MAX_HEADERS = 70, REPLY_MAX_BYTES = 64 << 20 };

static void on_turn(void *user, size_t url);

void exchange_init(struct exchange *x, struct channel *c, const struct exchange_ops *ops,
                   void *user, uint64_t household, uint64_t seed)
{
    *x = (struct exchange){ .channel = c,
                            .ops = ops,
                            .user = user,
                            .household = household,
                            .jitter = rng_start(seed, "", "backoff", 0),
                            .in = -1,
                            .out = -1,
                            .cached = -1,
                            .first_failure_ms = -1,
                            .reserved = -1 };
}

// ---- An end without a reply

static void end_now(void *user)
{
    struct exchange *x = user;

    x->open = false;
    x->ops->done(x->user, x->ended, x->ended_err.text, NULL);
}

static void end_later(struct exchange *x, enum failure failure, const char *message)
{
    x->ended = failure;
    err_set(&x->ended_err, "%s", message);
    loop_defer(x->channel->models->loop, end_now, x);
}

// ---- Sending

static bool end_if_stopped(struct exchange *x)
{
    enum failure failure = FAILURE_NONE;
    const char *message = "";

    if (!channel_is_stopped(x->channel, &failure, &message))
        return false;
    end_later(x, failure, message);
    return true;
}

static void wait_turn(struct exchange *x, bool again)
{
    if (!end_if_stopped(x))
        limits_wait(x->channel->limits, &x->turn, x->household, x->tokens_in + x->tokens_out, again,
                    on_turn, x);
}

void exchange_send_again(struct exchange *x)
{
    wait_turn(x, true);
}

static void on_timer(void *user)
{
    exchange_send_again(user);
}

void exchange_run(struct exchange *x, double tokens_in, double tokens_out)
{
    assert(!x->open);
    x->open = true;
    x->tries = x->answers_tried = x->adapted = 0;
    x->first_failure_ms = -1;
    x->tokens_in = tokens_in;
    x->tokens_out = tokens_out;
    if (x->timer == NULL)
        x->timer = loop_timer_new(x->channel->models->loop, on_timer, x);
    wait_turn(x, false);
}

static void on_response(void *user, const struct client_response *response);

static bool send(struct exchange *x, struct err *err)
{
    const struct endpoint *e = x->channel->endpoint;
    struct client_header headers[MAX_HEADERS];
    struct buf bearer = { 0 };
    size_t n = 0;

    if (x->channel->exec != NULL) {
        x->request =
            exec_start(x->channel->exec, buf_view(&x->body), e->total_ms, on_response, x, err);
        return x->request != 0;
    }
    struct client_request r = { .method = "POST",
                                .url = buf_str(&x->address),
                                .headers = headers,
                                .body = buf_view(&x->body),
                                .connect_ms = e->connect_ms,
                                .first_byte_ms = e->first_byte_ms,
                                .total_ms = e->total_ms,
                                .max_bytes = REPLY_MAX_BYTES,
                                .env_proxy = e->env_proxy };

    headers[n++] = (struct client_header){ "Content-Type", "application/json" };
    if (e->key != NULL && e->kind == ENDPOINT_GEMINI) {
        headers[n++] = (struct client_header){ "x-goog-api-key", e->key };
    } else if (e->key != NULL) {
        buf_addf(&bearer, "Bearer %s", e->key);
        headers[n++] = (struct client_header){ "Authorization", buf_str(&bearer) };
    }
    for (size_t i = 0; i < e->header_count; i++)
        headers[n++] = (struct client_header){ e->headers[i].name, e->headers[i].value };
    r.header_count = n;
    x->request = client_start(x->channel->models->client, &r, on_response, x, err);
    if (bearer.data != NULL)
        explicit_bzero(bearer.data, bearer.len);
    buf_fini(&bearer);
    return x->request != 0;
}

// tokens: what the request took, below 0 if that is not known; cost: what was paid for it.
static void release(struct exchange *x, double tokens, double cost)
{
    if (x->reserved >= 0)
        models_settle(x->channel->models, x->reserved, cost);
    x->reserved = -1;
    limits_leave(x->channel->limits, &x->turn, tokens);
}

static void on_turn(void *user, size_t url)
{
    struct exchange *x = user;
    struct channel *c = x->channel;
    struct err err = { { 0 } };
    double cost = endpoint_cost(c->endpoint, x->tokens_in, x->tokens_out, 0);

    if (end_if_stopped(x)) {
        release(x, 0, 0);
        return;
    }
    if (!models_reserve(c, cost)) {
        release(x, 0, 0);
        end_if_stopped(x);
        return;
    }
    x->reserved = cost;
    x->sent = c->mode;
    buf_clear(&x->address);
    buf_clear(&x->body);
    x->ops->write(x->user, &x->sent, url, &x->address, &x->body);
    if (!send(x, &err)) {
        release(x, 0, 0);
        if (c->exec != NULL) // it is not this question's fault
            channel_stop(c, FAILURE_MODEL, "%s", err.text);
        end_later(x, c->exec != NULL ? FAILURE_MODEL : FAILURE_REQUEST, err.text);
        return;
    }
    x->requests++;
    c->usage.requests++;
    c->models->usage.requests++;
    if (x->tries + x->answers_tried > 0) {
        x->retries++;
        c->usage.retries++;
        c->models->usage.retries++;
    }
}

// ---- Receiving

static void add_tokens(int64_t *sum, int64_t n)
{
    if (n >= 0)
        *sum = (*sum < 0 ? 0 : *sum) + n;
}

static bool was_paid(enum wire_outcome o)
{
    return o == WIRE_ANSWER || o == WIRE_REFUSED || o == WIRE_LENGTH || o == WIRE_EMPTY;
}

// Books what an answer took. Returns its tokens for the limits.
static double book(struct exchange *x, const struct wire_reply *r)
{
    struct channel *c = x->channel;
    struct usage *usages[] = { &c->usage, &c->models->usage };
    double in = r->tokens_in >= 0 ? (double)r->tokens_in : x->tokens_in;
    double out = r->tokens_out >= 0 ? (double)r->tokens_out
                                    : (double)r->text.len / 4; // embeddings have none
    double cached = r->tokens_cached >= 0 ? (double)r->tokens_cached : 0;
    double cost = 0;

    if (!was_paid(r->outcome))
        return 0;
    if (cached > in)
        cached = in;
    cost = endpoint_cost(c->endpoint, in, out, cached);
    x->cost += cost;
    add_tokens(&x->in, r->tokens_in);
    add_tokens(&x->out, r->tokens_out);
    add_tokens(&x->cached, r->tokens_cached);
    for (int i = 0; i < 2; i++) {
        usages[i]->tokens_in += (int64_t)in;
        usages[i]->tokens_out += (int64_t)out;
        usages[i]->tokens_cached += (int64_t)cached;
        usages[i]->cost += cost;
        usages[i]->estimated |= r->tokens_in < 0;
    }
    c->mean_out += (out - c->mean_out) / 16;
    return in + out;
}

static void on_response(void *user, const struct client_response *response)
{
    struct exchange *x = user;
    struct wire_reply reply = { 0 };
    double before = x->cost, tokens = 0;

    x->request = 0;
    x->ms += response->total_ms;
    if (response->error != CLIENT_OK) {
        release(x, -1, 0);
        exchange_decide_without_reply(x, response); // may free x
        return;
    }
    x->channel->contacted = true;
    x->channel->lost = 0;
    x->ops->read(x->user, response->status, response->content_type, response->body, &reply);
    tokens = book(x, &reply);
    release(x, tokens, x->cost - before);
    exchange_decide(x, response, &reply); // may free x
    wire_reply_fini(&reply);
}

void exchange_fini(struct exchange *x)
{
    if (x->channel == NULL)
        return;
    if (x->channel->exec != NULL)
        exec_cancel(x->channel->exec, x->request);
    else
        client_cancel(x->channel->models->client, x->request);
    release(x, -1, 0);
    loop_undefer(x->channel->models->loop, end_now, x);
    loop_timer_free(x->timer);
    buf_fini(&x->address);
    buf_fini(&x->body);
    *x = (struct exchange){ 0 };
}
