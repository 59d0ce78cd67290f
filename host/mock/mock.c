#include "mock/mock.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/hash.h"
#include "base/file.h"
#include "base/mem.h"
#include "mock/answer.h"
#include "mock/history.h"
#include "mock/reply.h"
#include "net/loop.h"
#include "net/server.h"
#include "text/json.h"

enum {
    MAX_BODY = 64 << 20,
    MAX_CONNECTIONS = 20000,
    IDLE_MS = 600000,
    DRIP_PIECES = 20,
    DRIP_MS = 100, // between two pieces
};

// A request that waits for its reply.
struct visit {
    LIST_ENTRY(visit) next;
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

struct mock {
    struct loop *loop;
    struct mock_config config;
    struct server *server;
    struct history history;
    LIST_HEAD(visits, visit) visits;
    FILE *log;
    char retry_after[16];
    int64_t start_ms;
    // The numbers of /mock/stats.
    uint64_t requests, chat, embeddings, offline, answered, wrong, duplicates, gone;
    uint64_t faults[FAULT_COUNT];
    size_t in_flight, most_in_flight;
    int64_t counted_ms, busy_ms, active_ms; // requests in flight times time; time with any
    struct buf adapters;                    // names, each between line ends
};

// ---- The end of a visit

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

// Call before in_flight changes, or is told.
static void count_time(struct mock *m)
{
    int64_t now = loop_now_ms(m->loop), ms = now - m->counted_ms;

    m->counted_ms = now;
    m->busy_ms += ms * (int64_t)m->in_flight;
    m->active_ms += m->in_flight > 0 ? ms : 0;
}

static void forget(struct visit *v, const char *end)
{
    note(v, end);
    count_time(v->mock);
    v->mock->in_flight--;
    LIST_REMOVE(v, next);
    loop_timer_free(v->timer);
    buf_fini(&v->reply.body);
    free(v->prompt);
    free(v);
}

static void client_left(void *user)
{
    struct visit *v = user;

    v->mock->gone++;
    forget(v, "gone");
}

static void answered(struct visit *v)
{
    v->mock->answered++;
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

// ---- The beginning

// Draws what will happen to this request, by its question and how often that came before.
static void draw(struct visit *v, const struct mock_request *r)
{
    const struct mock_config *c = &v->mock->config;
    struct past *past = history_of(&v->mock->history, r->key);
    struct rng rng = rng_from_key(hash64_u64(hash64_u64(c->seed, r->key), past->asked));
    enum fault fault = faults_draw(&c->faults, &rng);

    v->latency_ms = latency_draw(&c->latency, &rng);
    v->duplicate = past->answered;
    v->mock->duplicates += past->answered;
    past->asked++;
    if ((r->embeddings && fault_is_answer(fault)) ||
        (c->heal > 0 && past->faults >= (uint32_t)c->heal) ||
        (c->heal > 0 && fault == FAULT_SCHEMA && past->wrong_schema))
        fault = FAULT_NONE;
    past->faults += fault != FAULT_NONE;
    past->wrong_schema |= fault == FAULT_SCHEMA;
    v->fault = fault;
    v->mock->faults[fault]++;
}

static struct visit *visit_new(struct mock *m, const struct mock_request *r)
{
    struct visit *v = mem_calloc(1, sizeof(*v));

    v->mock = m;
    v->key = r->key;
    v->number = m->requests;
    v->reply.status = 200;
    v->prompt = mem_strndup(r->prompt.len > 0 ? r->prompt.data : "", r->prompt.len);
    v->timer = loop_timer_new(m->loop, reply_now, v);
    LIST_INSERT_HEAD(&m->visits, v, next);
    count_time(m);
    if (++m->in_flight > m->most_in_flight)
        m->most_in_flight = m->in_flight;
    return v;
}

static void receive(struct mock *m, struct server_request *q, bool embeddings,
                    struct server_reply *reply)
{
    struct mock_request r = { 0 };
    struct err err = { { 0 } };
    struct visit *v = NULL;

    m->requests++;
    if (!mock_read(server_body(q), embeddings, &r, &err))
        goto wrong;
    m->chat += !embeddings;
    m->embeddings += embeddings;
    m->offline += r.ours != NULL;
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
    m->wrong++;
    json_free(r.doc);
    reply->status = 400;
    mock_add_error("invalid_request_error", err.text, &reply->body);
}

// ---- Routes

static void post_chat(void *user, struct server_request *q, struct server_reply *reply)
{
    receive(user, q, false, reply);
}

static void post_embeddings(void *user, struct server_request *q, struct server_reply *reply)
{
    receive(user, q, true, reply);
}

// As vLLM: an adapter that lies on this machine becomes a model of its name, once.
static void post_adapter(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;
    struct err err = { { 0 } };
    struct json *doc = json_parse(server_body(q), &err);
    struct view name = { 0 }, path = { 0 };
    struct buf line = { 0 }, config = { 0 };

    reply->status = 400;
    if (doc == NULL || !json_want_string(doc, "lora_name", &name, &err) ||
        !json_want_string(doc, "lora_path", &path, &err)) {
        mock_add_error("invalid_request_error", err.text, &reply->body);
        goto done;
    }
    buf_addf(&line, "\n%s\n", name.data);
    buf_addf(&config, "%s/adapter_config.json", path.data);
    if (!file_exists(buf_str(&config))) {
        reply->status = 404;
        mock_add_error("not_found_error", "there is no adapter at lora_path", &reply->body);
    } else if (strstr(buf_str(&m->adapters), buf_str(&line)) != NULL) {
        mock_add_error("invalid_request_error", "The lora adapter has already been loaded.",
                       &reply->body);
    } else {
        reply->status = 200;
        buf_add_view(&m->adapters, buf_view(&line));
        buf_add_str(&reply->body, "Success: LoRA adapter added successfully.");
    }
done:
    buf_fini(&config);
    buf_fini(&line);
    json_free(doc);
}

static void get_models(void *user, struct server_request *q, struct server_reply *reply)
{
    (void)user;
    (void)q;
    buf_add_str(&reply->body, "{\"object\":\"list\",\"data\":[{\"id\":\"mock\",\"object\":"
                              "\"model\",\"created\":0,\"owned_by\":\"propersim\"}]}");
}

static void get_stats(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;
    struct buf *out = &reply->body;

    (void)q;
    count_time(m);
    buf_addf(out,
             "{\"requests\":%" PRIu64 ",\"chat\":%" PRIu64 ",\"embeddings\":%" PRIu64
             ",\"by_offline_answerers\":%" PRIu64 ",\"answered\":%" PRIu64 ",\"wrong\":%" PRIu64
             ",\"duplicates\":%" PRIu64 ",\"gone\":%" PRIu64
             ",\"in_flight\":%zu,\"most_in_flight\":%zu,\"connections\":%zu,\"seconds\":%.3f,"
             "\"busy_seconds\":%.3f,\"active_seconds\":%.3f,"
             "\"faults\":{",
             m->requests, m->chat, m->embeddings, m->offline, m->answered, m->wrong, m->duplicates,
             m->gone, m->in_flight, m->most_in_flight, server_connections(m->server),
             (double)(m->counted_ms - m->start_ms) / 1000, (double)m->busy_ms / 1000,
             (double)m->active_ms / 1000);
    for (int f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
        buf_addf(out, "%s\"%s\":%" PRIu64, f == FAULT_NONE + 1 ? "" : ",",
                 fault_name((enum fault)f), m->faults[f]);
    buf_add_str(out, "}}");
}

static const struct server_route routes[] = {
    { SERVER_POST, "/v1/chat/completions", post_chat },
    { SERVER_POST, "/v1/embeddings", post_embeddings },
    { SERVER_POST, "/v1/load_lora_adapter", post_adapter },
    { SERVER_GET, "/v1/models", get_models },
    { SERVER_GET, "/mock/stats", get_stats },
};

// ---- The mock

struct mock *mock_new(struct loop *loop, const struct mock_config *config, struct err *err)
{
    struct mock *m = mem_calloc(1, sizeof(*m));
    const struct server_config server = { .port = config->port,
                                          .routes = routes,
                                          .route_count = sizeof(routes) / sizeof(*routes),
                                          .user = m,
                                          .request_ms = IDLE_MS,
                                          .max_waiting = MAX_CONNECTIONS,
                                          .max_body = MAX_BODY,
                                          .send_budget = (size_t)1 << 30,
                                          .for_programs = true };

    m->loop = loop;
    m->config = *config;
    m->start_ms = m->counted_ms = loop_now_ms(loop);
    LIST_INIT(&m->visits);
    snprintf(m->retry_after, sizeof(m->retry_after), "%d", config->retry_after_s);
    if (config->log != NULL && (m->log = fopen(config->log, "w")) == NULL) {
        err_set(err, "%s: cannot be written: %s", config->log, strerror(errno));
        goto fail;
    }
    if (m->log != NULL)
        setvbuf(m->log, NULL, _IOLBF, 1 << 16);
    m->server = server_new(loop, &server, err);
    if (m->server != NULL)
        return m;
fail:
    mock_free(m);
    return NULL;
}

void mock_free(struct mock *m)
{
    if (m == NULL)
        return;
    server_free(m->server); // every visit ends with its connection
    history_fini(&m->history);
    if (m->log != NULL)
        fclose(m->log);
    buf_fini(&m->adapters);
    free(m);
}

int mock_port(const struct mock *m)
{
    return server_port(m->server);
}
