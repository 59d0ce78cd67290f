#include "model/exchange.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/backoff.h"

enum {
    MAX_HEADERS = 70,
    REPLY_MAX_BYTES = 64 << 20,
    MAX_ADAPTED = 8,
    LONG_WAIT_MS = 600000, // who asks for more than this means "not today"
    FIRST_TRIES = 3,       // at an endpoint that has never answered
    MOST_LOST = 20,        // questions in a row without a connection, before the study stops
};

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

// ---- The end

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

static void end(struct exchange *x, enum failure failure, const char *message,
                struct wire_reply *reply)
{
    char text[ERR_TEXT_BYTES];

    x->open = false;
    if (failure == FAILURE_NONE || failure_stops_study(failure)) {
        snprintf(text, sizeof(text), "%s", message);
    } else {
        snprintf(text, sizeof(text), "%s: %s", x->channel->endpoint->name, message);
        if (x->tries > 0)
            snprintf(text + strlen(text), sizeof(text) - strlen(text), " (after %lld tries)",
                     (long long)x->tries + 1);
    }
    x->ops->done(x->user, failure, text, reply);
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

static void on_timer(void *user)
{
    wait_turn(user, true);
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

// ---- Trying again

static void try_again(struct exchange *x, enum failure failure, int64_t asked_ms,
                      const char *message)
{
    const struct endpoint *e = x->channel->endpoint;
    struct models *m = x->channel->models;
    int64_t now = loop_now_ms(m->loop), delay = 0;
    bool may_wait = failure == FAILURE_UNREACHABLE || failure == FAILURE_BUSY;

    if (x->first_failure_ms < 0)
        x->first_failure_ms = now;
    if (asked_ms > LONG_WAIT_MS && asked_ms > m->options.wait_ms) {
        channel_stop(x->channel, FAILURE_QUOTA,
                     "%s asks to wait for %lld minutes: %s; resume after that, or with another "
                     "endpoint",
                     e->name, (long long)(asked_ms / 60000), message);
        end(x, FAILURE_QUOTA, x->channel->stopped_err.text, NULL);
        return;
    }
    if (x->tries >= e->retries && !(may_wait && now - x->first_failure_ms < m->options.wait_ms)) {
        end(x, failure, message, NULL);
        return;
    }
    delay = backoff_ms(&x->jitter, x->tries, m->options.backoff_ms, m->options.backoff_max_ms);
    x->tries++;
    if (asked_ms > 0)
        limits_pause(x->channel->limits, asked_ms);
    loop_timer_set(x->timer, asked_ms > delay ? asked_ms : delay);
}

// The model said something of no use; another draw may be better. Half as often as for transport:
// these are paid for.
static void draw_again(struct exchange *x, enum failure failure, struct wire_reply *reply)
{
    if (x->answers_tried >= (x->channel->endpoint->retries + 1) / 2) {
        end(x, failure, buf_str(&reply->message), reply);
        return;
    }
    x->answers_tried++;
    wait_turn(x, true);
}

static void adapt(struct exchange *x, struct wire_reply *reply)
{
    x->adapted++;
    if (x->adapted <= MAX_ADAPTED &&
        wire_adapt(&x->channel->mode, &x->sent, buf_str(&reply->field)))
        wait_turn(x, true);
    else
        end(x, FAILURE_REQUEST, buf_str(&reply->message), reply);
}

static void stop(struct exchange *x, enum failure failure, const char *message)
{
    const struct endpoint *e = x->channel->endpoint;

    if (failure == FAILURE_KEY && e->key == NULL)
        channel_stop(x->channel, failure,
                     "%s wants a key (%s): name the environment variable that holds it with "
                     "`api_key_env`, then resume",
                     e->name, message);
    else if (failure == FAILURE_KEY)
        channel_stop(x->channel, failure,
                     "%s does not accept the key in %s (%s): put a valid key into it that may use "
                     "this model, then resume",
                     e->name, e->key_name, message);
    else if (failure == FAILURE_MODEL)
        channel_stop(x->channel, failure,
                     "%s does not have this model or path (%s): check the model's name and the "
                     "URL (which ends in /v1 for most servers), then resume",
                     e->name, message);
    else
        channel_stop(x->channel, failure,
                     "the account behind %s has no quota left (%s): add credit or wait, then "
                     "resume; nothing that was answered is asked again",
                     e->name, message);
    end(x, failure, x->channel->stopped_err.text, NULL);
}

// ---- Reading

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

static void decide(struct exchange *x, const struct client_response *response, struct wire_reply *r)
{
    int64_t asked = backoff_asked_ms(response->retry_after, response->retry_after_ms);
    const char *message = buf_str(&r->message);

    if (r->retry_ms > asked)
        asked = r->retry_ms;
    switch (r->outcome) {
    case WIRE_ANSWER: end(x, FAILURE_NONE, "", r); break;
    case WIRE_REFUSED: draw_again(x, FAILURE_REFUSED, r); break;
    case WIRE_LENGTH: draw_again(x, FAILURE_LENGTH, r); break;
    case WIRE_EMPTY: draw_again(x, FAILURE_EMPTY, r); break;
    case WIRE_BROKEN: try_again(x, FAILURE_BROKEN, 0, message); break;
    case WIRE_BUSY:
        try_again(x,
                  response->status >= 500 || response->status == 200 ? FAILURE_UNREACHABLE
                                                                     : FAILURE_BUSY,
                  asked, message);
        break;
    case WIRE_UNSUPPORTED: adapt(x, r); break;
    case WIRE_REQUEST: end(x, FAILURE_REQUEST, message, r); break;
    case WIRE_KEY: stop(x, FAILURE_KEY, message); break;
    case WIRE_MODEL: stop(x, FAILURE_MODEL, message); break;
    case WIRE_QUOTA: stop(x, FAILURE_QUOTA, message); break;
    }
}

// No connection: is it time to stop the study rather than to let question after question fail?
static bool is_absent(struct exchange *x, const char *message)
{
    struct channel *c = x->channel;
    const struct endpoint *e = c->endpoint;

    if (c->models->options.wait_ms > 0 || c->exec != NULL)
        return false;
    if (!c->contacted && x->tries >= (e->retries < FIRST_TRIES ? e->retries : FIRST_TRIES)) {
        channel_stop(c, FAILURE_ABSENT,
                     "%s cannot be reached (%s): start the server or mend the URL, then resume; "
                     "--wait-for-endpoint waits for it",
                     e->name, message);
        return true;
    }
    c->lost += x->tries >= e->retries ? 1 : 0;
    if (c->lost < MOST_LOST)
        return false;
    channel_stop(
        c, FAILURE_ABSENT,
        "%s is gone (%s): %d questions in a row got no connection; resume when it is back. "
        "--wait-for-endpoint waits for it",
        e->name, message, MOST_LOST);
    return true;
}

static bool is_no_connection(enum client_error error)
{
    return error == CLIENT_RESOLVE || error == CLIENT_CONNECT || error == CLIENT_TIMEOUT_CONNECT ||
           error == CLIENT_TLS;
}

static void on_response(void *user, const struct client_response *response)
{
    struct exchange *x = user;
    struct wire_reply reply = { 0 };
    double before = x->cost, tokens = 0;
    char text[1024];

    x->request = 0;
    x->ms += response->total_ms;
    if (response->error == CLIENT_OK) {
        x->channel->contacted = true;
        x->channel->lost = 0;
        x->ops->read(x->user, response->status, response->content_type, response->body, &reply);
        tokens = book(x, &reply);
        release(x, tokens, x->cost - before);
        decide(x, response, &reply); // may free x
    } else {
        snprintf(text, sizeof(text), "%s: %s", client_error_name(response->error),
                 response->message);
        release(x, -1, 0);
        if (is_no_connection(response->error) && is_absent(x, text))
            end(x, FAILURE_ABSENT, x->channel->stopped_err.text, NULL);
        else
            try_again(x, response->error == CLIENT_TOO_LARGE ? FAILURE_BROKEN : FAILURE_UNREACHABLE,
                      0, text);
    }
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
