// The HTTP client against a server that misbehaves in every way there is a name for.

#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fault_server.h"
#include "net/client.h"

enum { LIMIT_MS = 30000, SHORT_MS = 60 };

// Too long for a host's name, so that it fails without anyone being asked.
#define LONG_LABEL "a234567890123456789012345678901234567890123456789012345678901234567890"

static const char canary[] = "sk-canary-51f0";

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

static struct view text(const char *t)
{
    return view_of(t);
}

static void answer_held(struct fixture *f, struct fault_connection *c)
{
    f->held[f->held_back++] = c;
    if (f->held_back < f->hold)
        return;
    for (size_t i = 0; i + 1 < f->held_back; i++)
        fault_answer_later(f->held[i], 0, 200, NULL, text("{}"));
    fault_answer(c, 200, NULL, text("{}"));
}

static void answer(void *user, struct fault_connection *c, const struct fault_request *r)
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
        fault_drip(c, text("{\"slow\":\"as it comes\"}"), 1, 5);
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

static int open_all(void **state)
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

static int close_all(void **state)
{
    struct fixture *f = *state;

    client_free(f->client);
    fault_server_free(f->server);
    loop_free(f->loop);
    buf_fini(&f->last_body);
    free(f);
    return 0;
}

static void keep_outcome(void *user, const struct client_response *r)
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

static bool is_over(void *user)
{
    return ((struct outcome *)user)->calls > 0;
}

static bool is_idle(void *user)
{
    return client_in_flight(((struct fixture *)user)->client) == 0;
}

static uint64_t start(struct fixture *f, const char *url, struct outcome *o,
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

static void fetch(struct fixture *f, const char *url, struct outcome *o, struct client_request r)
{
    struct err err = { { 0 } };

    *o = (struct outcome){ .f = f };
    start(f, url, o, r);
    if (!loop_run_until(f->loop, is_over, o, LIMIT_MS, &err))
        fail_msg("%s: %s", url, err.text);
    assert_int_equal(o->calls, 1);
}

static void test_a_request_carries_method_headers_and_body_and_gets_its_answer(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    fetch(f, "/ok", &o, (struct client_request){ .body = text("{\"q\":1}") });
    assert_int_equal(o.error, CLIENT_OK);
    assert_string_equal(o.message, "");
    assert_int_equal(o.status, 200);
    assert_string_equal(buf_str(&o.body), "{\"ok\":true}");
    assert_string_equal(o.content_type, "application/json");
    assert_string_equal(buf_str(&f->last_body), "{\"q\":1}");
    assert_memory_equal(f->last_head, "POST /ok HTTP/1.1\r\n", 19);
    assert_non_null(strstr(f->last_head, "Authorization: Bearer sk-canary-51f0\r\n"));
    assert_null(strstr(f->last_head, "Expect"));
    buf_fini(&o.body);
    fetch(f, "/ok", &o, (struct client_request){ .method = "GET" });
    assert_memory_equal(f->last_head, "GET /ok HTTP/1.1\r\n", 18);
    assert_int_equal(f->last_body.len, 0);
    buf_fini(&o.body);
}

static void test_a_large_body_arrives_whole(void **state)
{
    struct fixture *f = *state;
    struct outcome o;
    struct buf body = { 0 };

    for (int i = 0; i < 300000; i++)
        buf_addf(&body, "%07d ", i);
    fetch(f, "/ok", &o, (struct client_request){ .body = buf_view(&body) });
    assert_int_equal(o.status, 200);
    assert_true(view_equal(buf_view(&f->last_body), buf_view(&body)));
    buf_fini(&o.body);
    buf_fini(&body);
}

static void test_headers_of_interest_are_told(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    fetch(f, "/429", &o, (struct client_request){ 0 });
    assert_int_equal(o.error, CLIENT_OK);
    assert_int_equal(o.status, 429);
    assert_string_equal(o.retry_after, "2");
    assert_string_equal(o.retry_after_ms, "1500");
    assert_string_equal(o.request_id, "req_1");
    assert_string_equal(o.processing_ms, "12");
    assert_string_equal(o.content_type, "text/plain");
    assert_string_equal(buf_str(&o.body), "slow down");
    buf_fini(&o.body);
    fetch(f, "/continue", &o, (struct client_request){ 0 });
    assert_int_equal(o.status, 200);
    assert_string_equal(o.retry_after, ""); // that of the 100 does not count
    buf_fini(&o.body);
}

static void test_a_redirect_is_an_answer_and_is_not_followed(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    fetch(f, "/redirect", &o, (struct client_request){ 0 });
    assert_int_equal(o.status, 302);
    assert_string_equal(o.location, "http://127.0.0.2/ok");
    assert_int_equal(fault_server_requests(f->server), 1);
    buf_fini(&o.body);
}

static void test_every_fault_has_its_name_and_no_message_holds_the_key(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path;
        enum client_error error;
        int status;
        struct client_request request;
    } cases[] = {
        { "/500", CLIENT_OK, 500, { 0 } },
        { "/reset", CLIENT_RESET, 0, { 0 } },
        { "/close", CLIENT_RESET, 0, { 0 } },
        { "/cut", CLIENT_RESET, 200, { 0 } },
        { "/cut-reset", CLIENT_RESET, 200, { 0 } },
        { "/cut-chunk", CLIENT_RESET, 200, { 0 } },
        { "/bad-chunk", CLIENT_RESET, 200, { 0 } },
        { "/garbage", CLIENT_PROTOCOL, 0, { 0 } },
        { "/drip", CLIENT_OK, 200, { 0 } },
        { "/drip", CLIENT_TIMEOUT_TOTAL, 200, { .total_ms = SHORT_MS } },
        { "/drip", CLIENT_OK, 200, { .first_byte_ms = SHORT_MS } },
        { "/hang", CLIENT_TIMEOUT_FIRST_BYTE, 0, { .first_byte_ms = SHORT_MS } },
        { "/hang", CLIENT_TIMEOUT_TOTAL, 0, { .total_ms = SHORT_MS } },
        { "/large", CLIENT_TOO_LARGE, 200, { .max_bytes = 20 } },
        { "http://127.0.0.1:1/", CLIENT_CONNECT, 0, { 0 } },
        { "http://" LONG_LABEL "/", CLIENT_RESOLVE, 0, { 0 } },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct outcome o;
        fetch(f, cases[i].path, &o, cases[i].request);
        if (o.error != cases[i].error || o.status != cases[i].status)
            fail_msg("%s: %s, status %d: %s", cases[i].path, client_error_name(o.error), o.status,
                     o.message);
        assert_true((o.message[0] == '\0') == (o.error == CLIENT_OK));
        assert_null(strstr(o.message, canary));
        buf_fini(&o.body);
    }
}

static void test_encryption_that_fails_is_named_so(void **state)
{
    struct fixture *f = *state;
    struct outcome o;
    char url[64];

    snprintf(url, sizeof(url), "https://127.0.0.1:%d/ok", fault_server_port(f->server));
    // A server that waits for a request in clear text says nothing to a TLS greeting.
    fetch(f, url, &o, (struct client_request){ .connect_ms = SHORT_MS });
    assert_int_equal(o.error, CLIENT_TIMEOUT_CONNECT);
    buf_fini(&o.body);
    fault_server_greet(f->server, "220 mail.example.org ESMTP\r\n");
    fetch(f, url, &o, (struct client_request){ 0 });
    assert_int_equal(o.error, CLIENT_TLS);
    buf_fini(&o.body);
}

// A socket that listens and whose queue of waiting connections is full: to connect takes for ever.
static int full_listener(int *port, int fill[3])
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(fd, 0), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    *port = ntohs(address.sin_port);
    for (int i = 0; i < 3; i++) {
        fill[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (connect(fill[i], (struct sockaddr *)&address, sizeof(address)) != 0)
            assert_int_equal(errno, EINPROGRESS);
    }
    return fd;
}

static void test_a_connection_that_does_not_come_about_times_out(void **state)
{
    struct fixture *f = *state;
    struct outcome o;
    char url[64];
    int port = 0, fill[3];
    int fd = full_listener(&port, fill);

    snprintf(url, sizeof(url), "http://127.0.0.1:%d/", port);
    fetch(f, url, &o, (struct client_request){ .connect_ms = SHORT_MS, .first_byte_ms = 9999 });
    assert_int_equal(o.error, CLIENT_TIMEOUT_CONNECT);
    buf_fini(&o.body);
    for (int i = 0; i < 3; i++)
        close(fill[i]);
    close(fd);
}

static void test_a_body_of_exactly_the_limit_is_taken(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    fetch(f, "/ok", &o, (struct client_request){ .max_bytes = strlen("{\"ok\":true}") });
    assert_int_equal(o.error, CLIENT_OK);
    buf_fini(&o.body);
}

static void test_connections_are_used_again(void **state)
{
    struct fixture *f = *state;

    for (int i = 0; i < 20; i++) {
        struct outcome o;
        fetch(f, "/ok", &o, (struct client_request){ 0 });
        assert_int_equal(o.error, CLIENT_OK);
        buf_fini(&o.body);
    }
    assert_int_equal(fault_server_accepted(f->server), 1);
}

static void test_a_cancelled_request_is_silent_and_breaks_off(void **state)
{
    struct fixture *f = *state;
    struct outcome o = { .f = f }, other = { .f = f };
    struct err err = { { 0 } };
    uint64_t id = start(f, "/hang", &o, (struct client_request){ 0 });

    while (fault_server_requests(f->server) == 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    client_cancel(f->client, id);
    assert_int_equal(client_in_flight(f->client), 0);
    while (fault_server_open_connections(f->server) > 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    assert_int_equal(o.calls, 0);
    id = start(f, "/ok", &other, (struct client_request){ 0 }); // takes the same place
    client_cancel(f->client, id ^ (UINT64_C(1) << 32));         // an id that is over
    client_cancel(f->client, 0);
    assert_true(loop_run_until(f->loop, is_over, &other, LIMIT_MS, &err));
    assert_int_equal(other.status, 200);
    client_cancel(f->client, id);
    buf_fini(&other.body);
}

struct canceller {
    struct fixture *f;
    uint64_t other;
    size_t calls;
};

static void cancel_other(void *user, const struct client_response *r)
{
    struct canceller *c = user;

    (void)r;
    c->calls++;
    client_cancel(c->f->client, c->other);
}

static void test_a_callback_may_cancel_what_is_about_to_be_delivered(void **state)
{
    struct fixture *f = *state;
    struct canceller a = { .f = f }, b = { .f = f };
    struct err err = { { 0 } };
    char url[96];
    struct client_request r = { .method = "GET", .url = url, .max_bytes = 100 };

    snprintf(url, sizeof(url), "%s/ok", f->url);
    f->hold = 2; // both answers come at the same time
    b.other = client_start(f->client, &r, cancel_other, &a, &err);
    a.other = client_start(f->client, &r, cancel_other, &b, &err);
    assert_true(loop_run_until(f->loop, is_idle, f, LIMIT_MS, &err));
    assert_true(loop_run(f->loop, 5, NULL, &err));
    assert_int_equal(a.calls + b.calls, 1);
}

static void test_a_client_may_be_freed_with_requests_under_way(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct outcome o = { .f = f };

    for (int i = 0; i < 10; i++)
        start(f, i % 2 == 0 ? "/hang" : "/ok", &o,
              (struct client_request){ .first_byte_ms = 9999 });
    while (fault_server_requests(f->server) < 10)
        assert_true(loop_run_once(f->loop, -1, &err));
    client_free(f->client);
    f->client = NULL;
    assert_true(loop_run_once(f->loop, 0, &err));
    buf_fini(&o.body);
}

static void test_wrong_urls_and_headers_are_refused_at_once(void **state)
{
    struct fixture *f = *state;
    static const struct client_header split = { "X", "a\r\nHost: evil" };
    static const struct {
        const char *url, *message;
        const struct client_header *header;
    } cases[] = {
        { "ftp://127.0.0.1/", "http:// or https://", NULL },
        { "file:///etc/passwd", "http:// or https://", NULL },
        { "127.0.0.1/v1", "http:// or https://", NULL },
        { "http://user:secret@127.0.0.1/", "user name or a password", NULL },
        { "http://127.0.0.1/", "line break", &split },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = { { 0 } };
        struct client_request r = { .method = "GET",
                                    .url = cases[i].url,
                                    .headers = cases[i].header,
                                    .header_count = cases[i].header != NULL,
                                    .max_bytes = 10 };
        assert_int_equal(client_start(f->client, &r, keep_outcome, NULL, &err), 0);
        assert_non_null(strstr(err.text, cases[i].message));
        assert_null(strstr(err.text, "secret"));
    }
    assert_int_equal(client_in_flight(f->client), 0);
}

static void test_a_proxy_of_the_environment_is_used_only_when_asked(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    unsetenv("no_proxy");
    fetch(f, "/ok", &o, (struct client_request){ 0 });
    assert_int_equal(o.error, CLIENT_OK);
    buf_fini(&o.body);
    fetch(f, "/ok", &o, (struct client_request){ .env_proxy = true });
    assert_int_equal(o.error, CLIENT_CONNECT);
    buf_fini(&o.body);
    unsetenv("http_proxy");
}

static void test_a_thousand_requests_are_in_flight_at_once(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct outcome *all = mem_calloc(1000, sizeof(*all));

    if (!loop_allow_files(2200, &err)) {
        free(all);
        skip(); // this machine does not allow as many sockets
    }
    f->hold = 1000; // the server answers none before all have arrived
    for (int i = 0; i < 1000; i++)
        start(f, "/ok", &all[i], (struct client_request){ .body = text("{}") });
    assert_int_equal(client_in_flight(f->client), 1000);
    if (!loop_run_until(f->loop, is_idle, f, LIMIT_MS, &err))
        fail_msg("%s: %zu answered", err.text, fault_server_requests(f->server));
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(all[i].calls, 1);
        assert_int_equal(all[i].status, 200);
        buf_fini(&all[i].body);
    }
    free(all);
}

static void test_a_server_that_went_away_is_found_again(void **state)
{
    struct fixture *f = *state;
    struct outcome o;

    fetch(f, "/ok", &o, (struct client_request){ 0 });
    buf_fini(&o.body);
    fault_server_vanish(f->server);
    fetch(f, "/ok", &o, (struct client_request){ 0 });
    assert_int_equal(o.error, CLIENT_CONNECT);
    buf_fini(&o.body);
    fault_server_return(f->server);
    fetch(f, "/ok", &o, (struct client_request){ 0 });
    assert_int_equal(o.error, CLIENT_OK);
    buf_fini(&o.body);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_request_carries_method_headers_and_body_and_gets_its_answer),
        TEST(test_a_large_body_arrives_whole),
        TEST(test_headers_of_interest_are_told),
        TEST(test_a_redirect_is_an_answer_and_is_not_followed),
        TEST(test_every_fault_has_its_name_and_no_message_holds_the_key),
        TEST(test_encryption_that_fails_is_named_so),
        TEST(test_a_connection_that_does_not_come_about_times_out),
        TEST(test_a_body_of_exactly_the_limit_is_taken),
        TEST(test_connections_are_used_again),
        TEST(test_a_cancelled_request_is_silent_and_breaks_off),
        TEST(test_a_callback_may_cancel_what_is_about_to_be_delivered),
        TEST(test_a_client_may_be_freed_with_requests_under_way),
        TEST(test_wrong_urls_and_headers_are_refused_at_once),
        TEST(test_a_proxy_of_the_environment_is_used_only_when_asked),
        TEST(test_a_thousand_requests_are_in_flight_at_once),
        TEST(test_a_server_that_went_away_is_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
