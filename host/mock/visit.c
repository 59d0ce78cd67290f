#include "mock/mock_impl.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "mock/reply.h"
#include "net/loop.h"
#include "text/json.h"

enum {
    DRIP_PIECES = 20,
    DRIP_MS = 100, // between two pieces
};

// A request that waits for its reply.
struct visit {
    struct mock *mock;
    struct server_later *late;
    struct loop_timer *timer;
    struct server_reply reply;
    enum fault fault;
    uint64_t key, number;
    char *prompt; // "" if it is none of ours
    int64_t latency_ms;
    size_t sent; // of a reply that comes in pieces
    bool duplicate;
};

// ---- Its end

static void note(const struct visit *v, const char *end)
{
    struct buf line = { 0 };

    if (v->mock->log == NULL)
        return;
    buf_addf(&line, "{\"number\":%" PRIu64 ",\"prompt\":", v->number);
    json_add_string(&line, view_of(v->prompt));
    buf_addf(&line,
             ",\"question\":\"%016" PRIx64
             "\",\"fault\":\"%s\",\"duplicate\":%s,\"latency_ms\":%" PRId64 ",\"end\":\"%s\"}\n",
             v->key, fault_name(v->fault), v->duplicate ? "true" : "false", v->latency_ms, end);
    fputs(buf_str(&line), v->mock->log);
    buf_fini(&line);
}

static void forget(struct visit *v, const char *end)
{
    note(v, end);
    stats_leave(&v->mock->stats, loop_now_ms(v->mock->loop));
    loop_timer_free(v->timer);
    buf_fini(&v->reply.body);
    free(v->prompt);
    free(v);
}

static void client_left(void *user)
{
    struct visit *v = user;

    v->mock->stats.gone++;
    forget(v, "gone");
}

static void answered(struct visit *v)
{
    v->mock->stats.answered++;
    history_of(&v->mock->history, v->key)->answered = true;
}

static void drip(struct visit *v)
{
    const struct buf *raw = &v->reply.body;
    size_t piece = raw->len / DRIP_PIECES + 1, left = raw->len - v->sent;

    v->sent += server_later_write(
        v->late, (struct view){ raw->data + v->sent, left < piece ? left : piece });
    if (v->sent < raw->len) {
        loop_timer_set(v->timer, DRIP_MS);
        return;
    }
    answered(v);
    server_later_close(v->late);
    forget(v, "sent");
}

static void send_half(struct visit *v)
{
    const struct buf *raw = &v->reply.body;

    (void)server_later_write(v->late, (struct view){ raw->data, raw->len / 2 });
    server_later_close(v->late);
    forget(v, "cut");
}

static void reply_now(void *user)
{
    struct visit *v = user;

    switch (v->fault) {
    case FAULT_NONE: answered(v); break;
    case FAULT_BUSY:
    case FAULT_ERROR:
    case FAULT_NOT_JSON:
    case FAULT_HTML:
    case FAULT_SCHEMA:
    case FAULT_REFUSAL:
    case FAULT_EMPTY:
    case FAULT_LENGTH: break;
    case FAULT_HANG: return; // until the client leaves
    case FAULT_DRIP: drip(v); return;
    case FAULT_HALF: send_half(v); return;
    case FAULT_RESET:
        server_later_reset(v->late);
        forget(v, "reset");
        return;
    case FAULT_COUNT: return;
    }
    server_later_reply(v->late, &v->reply);
    forget(v, "sent");
}

// ---- Its beginning

// Draws what will happen to this request, by its question and how often that came before.
static void draw(struct visit *v, const struct mock_request *r)
{
    const struct mock_config *c = &v->mock->config;
    struct past *past = history_of(&v->mock->history, r->key);
    struct rng rng = rng_from_key(hash64_u64(hash64_u64(c->seed, r->key), past->asked));
    enum fault fault = faults_draw(&c->faults, &rng);

    v->latency_ms = latency_draw(&c->latency, &rng);
    v->duplicate = past->answered;
    v->mock->stats.duplicates += past->answered;
    past->asked++;
    if ((r->embeddings && fault_is_answer(fault)) ||
        (c->heal > 0 && past->faults >= (uint32_t)c->heal) ||
        (c->heal > 0 && fault == FAULT_SCHEMA && past->wrong_schema))
        fault = FAULT_NONE;
    past->faults += fault != FAULT_NONE;
    past->wrong_schema |= fault == FAULT_SCHEMA;
    v->fault = fault;
    v->mock->stats.faults[fault]++;
}

static struct visit *visit_new(struct mock *m, const struct mock_request *r)
{
    struct visit *v = mem_calloc(1, sizeof(*v));

    v->mock = m;
    v->key = r->key;
    v->number = m->stats.requests;
    v->reply.status = 200;
    v->prompt = mem_strndup(r->prompt.len > 0 ? r->prompt.data : "", r->prompt.len);
    v->timer = loop_timer_new(m->loop, reply_now, v);
    stats_enter(&m->stats, loop_now_ms(m->loop));
    return v;
}

void visit_receive(struct mock *m, struct server_request *q, bool embeddings,
                   struct server_reply *reply)
{
    struct mock_request r = { 0 };
    struct err err = { { 0 } };
    struct visit *v = NULL;

    m->stats.requests++;
    if (!mock_read(server_body(q), embeddings, &r, &err))
        goto wrong;
    m->stats.chat += !embeddings;
    m->stats.embeddings += embeddings;
    m->stats.offline += r.ours != NULL;
    v = visit_new(m, &r);
    draw(v, &r);
    const struct mock_making making = { .script = m->config.script,
                                        .request = &r,
                                        .body = server_body(q),
                                        .fault = v->fault,
                                        .number = v->number,
                                        .retry_after = m->retry_after };
    if (!mock_make_reply(&making, &v->reply, &err)) {
        forget(v, "wrong");
        goto wrong;
    }
    json_free(r.doc);
    v->late = server_later_new(q, client_left, v);
    loop_timer_set(v->timer, v->latency_ms);
    return;
wrong:
    m->stats.wrong++;
    json_free(r.doc);
    reply->status = 400;
    mock_add_error("invalid_request_error", err.text, &reply->body);
}
