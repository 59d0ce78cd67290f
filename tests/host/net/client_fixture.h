#pragma once
// What the tests of the HTTP client share: a server that misbehaves by path, and outcomes.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fault_server.h"
#include "net/client.h"

enum { LIMIT_MS = 30000, SHORT_MS = 60 };

struct fixture {
    struct loop *loop;
    struct client *client;
    struct fault_server *server;
    char url[64];
    char last_head[2048];
    struct buf last_body;
    size_t held_back; // requests that wait for all the others
    size_t hold;      // answer none before this many are here
    struct fault_connection *held[1024];
};

struct outcome {
    struct fixture *f;
    size_t calls;
    enum client_error error;
    int status;
    char message[512], content_type[CLIENT_HEADER_BYTES], retry_after[CLIENT_HEADER_BYTES];
    char retry_after_ms[CLIENT_HEADER_BYTES], request_id[CLIENT_HEADER_BYTES];
    char processing_ms[CLIENT_HEADER_BYTES], location[CLIENT_HEADER_BYTES];
    struct buf body;
    double total_ms;
};

static inline struct view text(const char *t)
{
    return view_of(t);
}

static inline void answer_held(struct fixture *f, struct fault_connection *c)
{
    f->held[f->held_back++] = c;
    if (f->held_back < f->hold)
        return;
    for (size_t i = 0; i + 1 < f->held_back; i++)
        fault_answer_later(f->held[i], 0, 200, NULL, text("{}"));
    fault_answer(c, 200, NULL, text("{}"));
}

static inline void answer(void *user, struct fault_connection *c, const struct fault_request *r)
{
    struct fixture *f = user;
    const char *p = r->path;

    snprintf(f->last_head, sizeof(f->last_head), "%s", r->head);
    buf_clear(&f->last_body);
    buf_add_view(&f->last_body, r->body);
    if (f->hold > 0)
        answer_held(f, c);
    else if (strcmp(p, "/ok") == 0)
        fault_answer(c, 200, NULL, text("{\"ok\":true}"));
    else if (strcmp(p, "/429") == 0)
        fault_answer(c, 429,
                     "Retry-After: 2\r\nretry-after-ms:  1500 \r\nX-Request-Id: req_1\r\n"
                     "OpenAI-Processing-Ms: 12\r\nContent-Type: text/plain\r\n",
                     text("slow down"));
    else if (strcmp(p, "/500") == 0)
        fault_answer(c, 500, NULL, text("oh"));
    else if (strcmp(p, "/redirect") == 0)
        fault_answer(c, 302, "Location: http://127.0.0.2/ok\r\n", text(""));
    else if (strcmp(p, "/reset") == 0)
        fault_raw(c, text(""), THEN_RESET);
    else if (strcmp(p, "/close") == 0)
        fault_raw(c, text(""), THEN_CLOSE);
    else if (strcmp(p, "/cut") == 0)
        fault_raw(c, text("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"half"), THEN_CLOSE);
    else if (strcmp(p, "/cut-reset") == 0)
        fault_raw(c, text("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{\"half"), THEN_RESET);
    else if (strcmp(p, "/cut-chunk") == 0)
        fault_raw(c, text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n{\"ha"),
                  THEN_CLOSE);
    else if (strcmp(p, "/bad-chunk") == 0)
        fault_raw(c, text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nx\r\n"),
                  THEN_CLOSE);
    else if (strcmp(p, "/garbage") == 0)
        fault_raw(c, text("\x01\x02 nothing like HTTP\r\n\r\n"), THEN_CLOSE);
    else if (strcmp(p, "/drip") == 0)
        fault_drip(c, text("{\"slow\":\"as it comes\"}"), 1, 25);
    else if (strcmp(p, "/large") == 0)
        fault_raw(c,
                  text("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                       "0123456789012345678901234567890123456789"),
                  THEN_NOTHING);
    else if (strcmp(p, "/continue") == 0)
        fault_raw(c,
                  text("HTTP/1.1 100 Continue\r\nRetry-After: 9\r\n\r\n"
                       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
                  THEN_KEEP);
    // "/hang": no answer
}

static inline int open_all(void **state)
{
    struct fixture *f = mem_calloc(1, sizeof(*f));
    struct err err = { { 0 } };

    f->loop = loop_new(&err);
    f->client = client_new(f->loop, &(struct client_options){ 0 }, &err);
    f->server = fault_server_new(f->loop, answer, f);
    snprintf(f->url, sizeof(f->url), "http://127.0.0.1:%d", fault_server_port(f->server));
    *state = f;
    return f->client == NULL;
}

static inline int close_all(void **state)
{
    struct fixture *f = *state;

    client_free(f->client);
    fault_server_free(f->server);
    loop_free(f->loop);
    buf_fini(&f->last_body);
    free(f);
    return 0;
}

static inline void keep_outcome(void *user, const struct client_response *r)
{
    struct outcome *o = user;

    o->calls++;
    o->error = r->error;
    o->status = r->status;
    o->total_ms = r->total_ms;
    snprintf(o->message, sizeof(o->message), "%s", r->message);
    snprintf(o->content_type, CLIENT_HEADER_BYTES, "%s", r->content_type);
    snprintf(o->retry_after, CLIENT_HEADER_BYTES, "%s", r->retry_after);
    snprintf(o->retry_after_ms, CLIENT_HEADER_BYTES, "%s", r->retry_after_ms);
    snprintf(o->request_id, CLIENT_HEADER_BYTES, "%s", r->request_id);
    snprintf(o->processing_ms, CLIENT_HEADER_BYTES, "%s", r->processing_ms);
    snprintf(o->location, CLIENT_HEADER_BYTES, "%s", r->location);
    buf_clear(&o->body);
    buf_add_view(&o->body, r->body);
}

static inline bool is_over(void *user)
{
    return ((struct outcome *)user)->calls > 0;
}

static inline bool is_idle(void *user)
{
    return client_in_flight(((struct fixture *)user)->client) == 0;
}

static inline uint64_t start(struct fixture *f, const char *url, struct outcome *o,
                             struct client_request r)
{
    static const struct client_header headers[] = { { "Authorization", "Bearer sk-canary-51f0" },
                                                    { "Content-Type", "application/json" } };
    struct err err = { { 0 } };
    char full[256];
    uint64_t id = 0;

    snprintf(full, sizeof(full), "%s%s", url[0] == '/' ? f->url : "", url);
    r.url = full;
    r.method = r.method != NULL ? r.method : "POST";
    r.headers = headers;
    r.header_count = 2;
    r.max_bytes = r.max_bytes != 0 ? r.max_bytes : 1 << 20;
    id = client_start(f->client, &r, keep_outcome, o, &err);
    if (id == 0)
        fail_msg("%s", err.text);
    return id;
}

static inline void fetch(struct fixture *f, const char *url, struct outcome *o,
                         struct client_request r)
{
    struct err err = { { 0 } };

    *o = (struct outcome){ .f = f };
    start(f, url, o, r);
    if (!loop_run_until(f->loop, is_over, o, LIMIT_MS, &err))
        fail_msg("%s: %s", url, err.text);
    assert_int_equal(o->calls, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)
