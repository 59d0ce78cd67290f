#include "model/exchange_impl.h"

#include <stdio.h>
#include <string.h>

#include "model/backoff.h"

enum {
    MAX_ADAPTED = 8,
    LONG_WAIT_MS = 600000, // who asks for more than this means "not today"
    FIRST_TRIES = 3,       // at an endpoint that has never answered
    MOST_LOST = 20,        // questions in a row without a connection, before the study stops
};

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
    exchange_send_again(x);
}

static void adapt(struct exchange *x, struct wire_reply *reply)
{
    x->adapted++;
    if (x->adapted <= MAX_ADAPTED &&
        wire_adapt(&x->channel->mode, &x->sent, buf_str(&reply->field)))
        exchange_send_again(x);
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

// ---- With a reply

void exchange_decide(struct exchange *x, const struct client_response *response,
                     struct wire_reply *r)
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

// ---- Without one

static bool is_no_connection(enum client_error error)
{
    return error == CLIENT_RESOLVE || error == CLIENT_CONNECT || error == CLIENT_TIMEOUT_CONNECT ||
           error == CLIENT_TLS;
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

void exchange_decide_without_reply(struct exchange *x, const struct client_response *response)
{
    char text[1024];

    snprintf(text, sizeof(text), "%s: %s", client_error_name(response->error), response->message);
    if (is_no_connection(response->error) && is_absent(x, text))
        end(x, FAILURE_ABSENT, x->channel->stopped_err.text, NULL);
    else
        try_again(x, response->error == CLIENT_TOO_LARGE ? FAILURE_BROKEN : FAILURE_UNREACHABLE, 0,
                  text);
}
