// The HTTP client against a server that misbehaves in every way there is a name for.

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client_fixture.h"

// Too long for a host's name, so that it fails without anyone being asked.
#define LONG_LABEL "a234567890123456789012345678901234567890123456789012345678901234567890"

static const char canary[] = "sk-canary-51f0";

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
        { "/drip", CLIENT_TIMEOUT_TOTAL, 200, { .total_ms = 300 } },
        { "/drip", CLIENT_OK, 200, { .first_byte_ms = 400 } },
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_every_fault_has_its_name_and_no_message_holds_the_key),
        TEST(test_encryption_that_fails_is_named_so),
        TEST(test_a_connection_that_does_not_come_about_times_out),
        TEST(test_a_body_of_exactly_the_limit_is_taken),
        TEST(test_a_server_that_went_away_is_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
