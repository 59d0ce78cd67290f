// The HTTP client: what it sends, what it tells, many requests at once, and cancelling.

#include "client_fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_request_carries_method_headers_and_body_and_gets_its_answer),
        TEST(test_a_large_body_arrives_whole),
        TEST(test_headers_of_interest_are_told),
        TEST(test_a_redirect_is_an_answer_and_is_not_followed),
        TEST(test_connections_are_used_again),
        TEST(test_a_cancelled_request_is_silent_and_breaks_off),
        TEST(test_a_callback_may_cancel_what_is_about_to_be_delivered),
        TEST(test_a_client_may_be_freed_with_requests_under_way),
        TEST(test_wrong_urls_and_headers_are_refused_at_once),
        TEST(test_a_proxy_of_the_environment_is_used_only_when_asked),
        TEST(test_a_thousand_requests_are_in_flight_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
