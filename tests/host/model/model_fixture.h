#pragma once
// What the tests of questions and embeddings share: a server that plays a script of answers, and a
// run file to keep them in.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../net/fault_server.h"
#include "base/file.h"
#include "base/mem.h"
#include "model/ask.h"
#include "model/models.h"

enum { LIMIT_MS = 30000 };

#define CANARY "sk-canary-7d1e55"

/// What the server does with one request.
enum act {
    ACT_ANSWER, // 200 with the text as a chat completion
    ACT_STATUS, // this status, headers and body
    ACT_RAW,    // these bytes, then close
    ACT_RESET,
    ACT_HANG,
};

struct step {
    enum act act;
    const char *text;    // of the answer, or the body
    int status;          // ACT_STATUS
    const char *headers; // "Name: value\r\n"
    const char *finish;  // finish_reason; NULL: stop
};

struct fixture {
    struct loop *loop;
    struct fault_server *server;
    struct models *models;
    struct budget *budget;
    struct channel *channel;
    struct writer *writer;
    struct replies *replies;
    char folder[64], run_path[96], replies_path[96];
    const struct step *steps; // one per request; the last one goes on for ever
    size_t step_count;
    size_t hold; // answer nobody before this many are here
    struct fault_connection *held[1024];
    size_t held_count;
    struct buf requests; // all that came, heads and bodies
    struct buf last_body;
    struct json *schema_json;
    struct schema *schema;
};

static inline void play(struct fault_connection *c, const struct step *s)
{
    struct buf body = { 0 };

    switch (s->act) {
    case ACT_ANSWER:
        buf_add_str(&body, "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                           "\"assistant\",\"content\":");
        json_add_string(&body, view_of(s->text));
        buf_addf(&body,
                 "},\"finish_reason\":\"%s\"}],\"usage\":{\"prompt_tokens\":100,"
                 "\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":40}}}",
                 s->finish != NULL ? s->finish : "stop");
        fault_answer(c, 200, s->headers, buf_view(&body));
        break;
    case ACT_STATUS: fault_answer(c, s->status, s->headers, view_of(s->text)); break;
    case ACT_RAW: fault_raw(c, view_of(s->text), THEN_CLOSE); break;
    case ACT_RESET: fault_raw(c, view_of(""), THEN_RESET); break;
    case ACT_HANG: break;
    }
    buf_fini(&body);
}

static inline void on_request(void *user, struct fault_connection *c, const struct fault_request *r)
{
    struct fixture *f = user;
    size_t n = r->number <= f->step_count ? r->number : f->step_count;

    buf_add_str(&f->requests, r->head);
    buf_add_view(&f->requests, r->body);
    buf_add_str(&f->requests, "\n");
    buf_clear(&f->last_body);
    buf_add_view(&f->last_body, r->body);
    if (f->hold > 0) {
        f->held[f->held_count++] = c;
        if (f->held_count < f->hold)
            return;
        for (size_t i = 0; i + 1 < f->held_count; i++)
            fault_answer_later(f->held[i], 0, 200, NULL, view_of(f->steps[0].text));
        fault_answer(c, 200, NULL, view_of(f->steps[0].text));
        f->held_count = 0;
        return;
    }
    play(c, &f->steps[n - 1]);
}

static inline struct json *parse(const char *text)
{
    struct err err = { { 0 } };
    struct json *j = json_parse(view_of(text), &err);

    if (j == NULL)
        fail_msg("%s: %s", text, err.text);
    return j;
}

static inline void open_run(struct fixture *f)
{
    static const struct run_resident resident = { "p01", "Ada" };
    const struct run_info info = { .study = "s",
                                   .condition = "c",
                                   .seed = 1,
                                   .start = 0,
                                   .sec_per_step = 150,
                                   .steps_per_day = 576,
                                   .map = "m",
                                   .map_hash = "00",
                                   .config = "{}",
                                   .models = "{}",
                                   .embedder = "e",
                                   .program = "0",
                                   .residents = &resident,
                                   .resident_count = 1 };
    struct err err = { { 0 } };

    f->writer = file_exists(f->run_path) ? writer_open(f->run_path, &info, &err)
                                         : writer_create(f->run_path, &info, &err);
    if (f->writer == NULL)
        fail_msg("%s", err.text);
}

// clang-format off
#define GOOD { ACT_ANSWER, "{\"score\":1}", 0, NULL, NULL }
#define STATUS(status, headers, body) { ACT_STATUS, body, status, headers, NULL }
// clang-format on

/// options' times are made short; `table` holds further keys of the endpoint: ",\"retries\":2".
static inline void open_models(struct fixture *f, struct models_options options, const char *table)
{
    struct err err = { { 0 } };
    struct buf text = { 0 };
    struct json *j = NULL;
    struct endpoint *e = NULL;

    options.backoff_ms = 1;
    options.backoff_max_ms = 4;
    f->models = models_new(f->loop, &options, &err);
    buf_addf(&text,
             "{\"model\":\"test-model\",\"url\":\"http://127.0.0.1:%d/v1\","
             "\"api_key_env\":\"PROPERSIM_TEST_KEY\"%s}",
             fault_server_port(f->server), table);
    j = parse(buf_str(&text));
    e = endpoint_from_json(j, &err);
    if (e == NULL)
        fail_msg("%s", err.text);
    f->channel = models_add(f->models, e, &err);
    if (f->channel == NULL)
        fail_msg("%s", err.text);
    json_free(j);
    buf_fini(&text);
}

/// A budget of these limits, gone with the models.
static inline struct budget *a_budget(struct fixture *f, double cost, int64_t requests)
{
    struct err err = { { 0 } };

    f->budget = budget_new(&(struct budget_limits){ cost, requests },
                           &(struct budget_limits){ 0, 0 }, &err);
    assert_non_null(f->budget);
    return f->budget;
}

static inline void close_models(struct fixture *f)
{
    models_free(f->models);
    budget_free(f->budget);
    f->models = NULL;
    f->budget = NULL;
}

static inline int set_up(void **state)
{
    struct fixture *f = mem_calloc(1, sizeof(*f));
    struct err err = { { 0 } };

    setenv("PROPERSIM_TEST_KEY", CANARY, 1);
    snprintf(f->folder, sizeof(f->folder), "/tmp/propersim-model-XXXXXX");
    if (mkdtemp(f->folder) == NULL)
        return 1;
    snprintf(f->run_path, sizeof(f->run_path), "%s/run.sqlite", f->folder);
    snprintf(f->replies_path, sizeof(f->replies_path), "%s/replies.sqlite", f->folder);
    f->loop = loop_new(&err);
    f->server = fault_server_new(f->loop, on_request, f);
    f->schema_json = parse("{\"type\":\"object\",\"properties\":{\"score\":{\"type\":\"integer\","
                           "\"minimum\":0,\"maximum\":1}},\"required\":[\"score\"],"
                           "\"additionalProperties\":false}");
    f->schema = schema_compile(f->schema_json, &err);
    open_run(f);
    f->replies = replies_open(f->replies_path, true, &err);
    *state = f;
    return f->schema == NULL || f->replies == NULL;
}

static inline int tear_down(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct file_list list = { 0 };

    close_models(f);
    if (!writer_close(f->writer, &err) || !replies_close(f->replies, &err))
        return 1;
    fault_server_free(f->server);
    loop_free(f->loop);
    schema_free(f->schema);
    json_free(f->schema_json);
    buf_fini(&f->requests);
    buf_fini(&f->last_body);
    if (file_list_folder(&list, f->folder, &err)) {
        for (size_t i = 0; i < list.count; i++) {
            char *path = path_join(f->folder, list.names[i]);
            unlink(path);
            free(path);
        }
        file_list_free(&list);
    }
    rmdir(f->folder);
    free(f);
    return 0;
}

/// What came of a question.
struct got {
    size_t calls;
    enum failure failure;
    char message[ERR_TEXT_BYTES];
    char text[256];
    bool stored, repaired;
    double score; // of the answer; -1: none
    enum row_call_status status;
    int64_t tokens_in, tokens_out, tokens_cached;
    double cost;
    int64_t requests;
    int retries;
};

static inline void keep_answer(void *user, struct answer *a)
{
    struct got *g = user;
    const struct json *score = json_get(a->json, "score");

    g->calls++;
    g->failure = a->failure;
    snprintf(g->message, sizeof(g->message), "%s", a->message);
    snprintf(g->text, sizeof(g->text), "%.*s", (int)a->text.len, a->text.data);
    g->stored = a->stored;
    g->repaired = a->repaired;
    g->score = score != NULL ? json_number(score) : -1;
    g->status = a->row.status;
    g->tokens_in = a->row.tokens_in;
    g->tokens_out = a->row.tokens_out;
    g->tokens_cached = a->row.tokens_cached;
    g->cost = a->row.cost;
    g->requests = a->requests;
    g->retries = a->row.retries;
}

static const struct wire_message two_messages[] = { { WIRE_SYSTEM, { "You rate.", 9 } },
                                                    { WIRE_USER, { "Rate this.", 10 } } };

static inline struct question a_question(struct fixture *f)
{
    return (struct question){ .role = "rater",
                              .prompt = "rate/timing",
                              .version = "1",
                              .household = 1,
                              .who = 1,
                              .step = 42,
                              .messages = two_messages,
                              .message_count = 2,
                              .schema = f->schema_json,
                              .checker = f->schema,
                              .inputs = { "{\"a\":1}", 7 },
                              .seed = 99,
                              .store = reply_store_of_run(f->writer) };
}

static inline bool got_is_over(void *user)
{
    return ((struct got *)user)->calls > 0;
}

static inline void finish(struct fixture *f, struct got *g)
{
    struct err err = { { 0 } };

    if (!loop_run_until(f->loop, got_is_over, g, LIMIT_MS, &err))
        fail_msg("%s", err.text);
    assert_int_equal(g->calls, 1);
}

static inline struct got ask_with(struct fixture *f, const struct question *q)
{
    struct got g = { 0 };
    struct ask *a = ask_start(f->channel, q, keep_answer, &g);

    assert_non_null(a);
    finish(f, &g);
    return g;
}

static inline struct got ask_one(struct fixture *f)
{
    struct question q = a_question(f);

    return ask_with(f, &q);
}

#define PLAY(f, ...)                                                                               \
    do {                                                                                           \
        static const struct step steps_[] = { __VA_ARGS__ };                                       \
        (f)->steps = steps_;                                                                       \
        (f)->step_count = sizeof(steps_) / sizeof(steps_[0]);                                      \
    } while (0)

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
