#include "net/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/server_check.h"

// The server runs on this thread's loop; the clients are raw sockets that never block, turned by
// the same loop.

enum { MANY_STREAMS = 500, PATIENCE_MS = 5000 };

struct site {
    struct loop *loop;
    struct server *server;
    struct server_stream *streams[MANY_STREAMS + 8];
    size_t opened, closed, writes, gone;
    struct server_later *late;
    char how;
    char *big;
};

static void get_hello(void *user, struct server_request *q, struct server_reply *reply)
{
    (void)user;
    reply->type = "text/plain";
    buf_addf(&reply->body, "hello %s from %s", server_part(q, 0),
             server_query(q, "from") != NULL ? server_query(q, "from") : "nobody");
}

static void get_big(void *user, struct server_request *q, struct server_reply *reply)
{
    struct site *site = user;

    (void)q;
    reply->lasting = (struct view){ site->big, 8 << 20 };
    reply->etag = "v1";
}

static void post_thing(void *user, struct server_request *q, struct server_reply *reply)
{
    struct site *site = user;

    site->writes++;
    buf_addf(&reply->body, "{\"bytes\":%zu}", server_body(q).len);
}

static void stream_ended(void *user)
{
    struct site *site = user;

    site->closed++;
}

static void get_stream(void *user, struct server_request *q, struct server_reply *reply)
{
    struct site *site = user;
    struct server_stream *stream = server_stream_open(q, stream_ended, site);

    if (stream != NULL)
        site->streams[site->opened++] = stream;
    else
        reply->status = 503;
}

static void late_gone(void *user)
{
    struct site *site = user;

    site->gone++;
}

// The path says how the request ends, once the test calls end_late.
static void get_late(void *user, struct server_request *q, struct server_reply *reply)
{
    struct site *site = user;

    (void)reply;
    site->how = server_part(q, 0)[0];
    site->late = server_later_new(q, late_gone, site);
}

static const struct server_route routes[] = {
    { SERVER_GET, "/hello/*", get_hello }, { SERVER_GET, "/big", get_big },
    { SERVER_POST, "/thing", post_thing }, { SERVER_GET, "/stream", get_stream },
    { SERVER_GET, "/late/*", get_late },
};

static struct site *site_new(struct server_config config)
{
    struct err err = { { 0 } };
    struct site *site = mem_calloc(1, sizeof(*site));

    site->loop = loop_new(&err);
    assert_non_null(site->loop);
    site->big = mem_calloc(8 << 20, 1);
    config.routes = routes;
    config.route_count = sizeof(routes) / sizeof(*routes);
    config.user = site;
    site->server = server_new(site->loop, &config, &err);
    if (site->server == NULL)
        fail_msg("%s", err.text);
    return site;
}

static void site_free(struct site *site)
{
    server_free(site->server);
    loop_free(site->loop);
    free(site->big);
    free(site);
}

static void turn(struct site *site, int64_t ms)
{
    struct err err = { { 0 } };

    if (!loop_run_once(site->loop, ms, &err))
        fail_msg("%s", err.text);
}

static int dial(struct site *site, int receive_bytes)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)server_port(site->server)) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    if (receive_bytes > 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

static void say(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

// Reads what is there; true once the server has ended the connection.
static bool hear(int fd, struct buf *out)
{
    for (;;) {
        ssize_t got = recv(fd, buf_reserve(out, 65536), 65536, 0);
        if (got < 0)
            return errno != EAGAIN;
        if (got == 0)
            return true;
        out->len += (size_t)got;
        out->data[out->len] = '\0';
    }
}

// Turns the loop until the connection ends; false if it does not within the time.
static bool hear_all(struct site *site, int fd, struct buf *out, int64_t limit_ms)
{
    int64_t start = loop_now_ms(site->loop);

    while (!hear(fd, out)) {
        if (loop_now_ms(site->loop) - start > limit_ms)
            return false;
        turn(site, 5);
    }
    return true;
}

// What the server answers to these bytes, all in all. Caller frees.
static char *exchange(struct site *site, const char *bytes)
{
    struct buf out = { 0 };
    int fd = dial(site, 0);

    say(fd, bytes);
    if (!hear_all(site, fd, &out, PATIENCE_MS))
        fail_msg("no end of the reply to: %.60s", bytes);
    close(fd);
    return buf_take(&out);
}

static void expect(struct site *site, const char *request, const char *status, const char *part)
{
    char *got = exchange(site, request);

    if (strncmp(got, "HTTP/1.1 ", 9) != 0 || strncmp(got + 9, status, strlen(status)) != 0 ||
        strstr(got, part) == NULL)
        fail_msg("asked:\n%.300s\nwanted %s and '%s', got:\n%.600s", request, status, part, got);
    free(got);
}

#define END "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
#define GET(path) "GET " path " HTTP/1.1" END

static void requests_find_their_routes(void **state)
{
    static const struct {
        const char *request, *status, *part;
    } table[] = {
        { GET("/hello/world?from=a%20test"), "200", "hello world from a test" },
        { GET("/hello/a%3Ab"), "200", "hello a:b" },
        { GET("/hello/%C3%A9?from="), "200", "hello \xC3\xA9 from " },
        { GET("/"), "404", "nothing under" },
        { GET("/hello"), "404", "" },
        { GET("/hello/"), "404", "" },
        { GET("/hello/a/b"), "404", "" },
        { GET("/hello/a/"), "200", "hello a" }, // one slash at the end does not matter
        { GET("/hello/a//"), "404", "" },
        { GET("/hello/"), "404", "" },
        { GET("//hello/a"), "400", "" },
        { GET("/hello/a%2"), "404", "" },
        { GET("/hello/a%zz"), "404", "" },
        { GET("/hello/a%00b"), "404", "" },
        { GET("/hello/..%2F..%2Fetc%2Fpasswd"), "404", "" },
        { GET("/../../../../etc/passwd"), "404", "" },
        { GET("/hello/../../etc/passwd"), "404", "" },
        { GET("/%2e%2e/%2e%2e/etc/passwd"), "404", "" },
        { GET("/hello/..%5C..%5Cetc"), "200", "hello ..\\..\\etc" }, // a name, not a path
    };
    struct site *site = site_new((struct server_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
        expect(site, table[i].request, table[i].status, table[i].part);
    site_free(site);
}

static void methods_are_checked(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });

    (void)state;
    expect(site, "HEAD /hello/x HTTP/1.1" END, "200", "Content-Length: 19\r\n");
    expect(site, "POST /hello/x HTTP/1.1\r\nContent-Length: 0" END, "405", "Allow: GET, HEAD\r\n");
    expect(site, "DELETE /hello/x HTTP/1.1" END, "405", "Allow: GET, HEAD\r\n");
    expect(site, "PUT /thing HTTP/1.1\r\nContent-Length: 0" END, "405", "Allow: POST\r\n");
    expect(site, "OPTIONS /hello/x HTTP/1.1" END, "405", "");
    expect(site, GET("/thing"), "405", "Allow: POST\r\n");
    expect(site, "BREW /hello/x HTTP/1.1" END, "501", "");
    char *got = exchange(site, "HEAD /hello/x HTTP/1.1" END);
    assert_null(strstr(got, "hello"));
    free(got);
    assert_int_equal(site->writes, 0);
    site_free(site);
}

static void other_names_for_this_machine_are_refused(void **state)
{
    static const struct {
        const char *host, *status;
    } table[] = {
        { "127.0.0.1", "200" },
        { "127.0.0.1:8080", "200" },
        { "127.9.9.9", "200" },
        { "localhost:1", "200" },
        { "LOCALHOST", "200" },
        { "[::1]:8080", "200" },
        { "evil.example", "421" },
        { "127.0.0.1.evil.example", "421" },
        { "localhost.evil.net", "421" },
        { "127.0.0.1:8080.evil", "421" },
        { "evil@127.0.0.1", "421" },
        { "0.0.0.0", "421" },
        { "10.0.0.1", "421" },
        { "[::1", "421" },
        { "127.1", "421" },
        { "", "4" },
    };
    struct site *site = site_new((struct server_config){ 0 });
    char request[256];

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        snprintf(request, sizeof(request),
                 "GET /hello/x HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", table[i].host);
        expect(site, request, table[i].status, "");
    }
    expect(site, "GET /hello/x HTTP/1.1\r\nConnection: close\r\n\r\n", "400", "");
    expect(site, GET("http://evil.example/hello/x"), "400", "");
    site_free(site);
}

static void writes_come_from_our_own_pages(void **state)
{
#define POST(headers)                                                                              \
    "POST /thing HTTP/1.1\r\nHost: 127.0.0.1:9\r\nConnection: close\r\nContent-Length: "           \
    "2\r\n" headers "\r\n{}"
    struct site *site = site_new((struct server_config){ 0 });

    (void)state;
    expect(site, POST("Content-Type: application/json\r\n"), "403", "");
    expect(site, POST("Content-Type: application/json\r\nOrigin: http://evil.example\r\n"), "403",
           "");
    expect(site, POST("Content-Type: application/json\r\nOrigin: null\r\n"), "403", "");
    expect(site, POST("Content-Type: application/json\r\nOrigin: http://127.0.0.1:8\r\n"), "403",
           "");
    expect(site, POST("Content-Type: text/plain\r\nOrigin: http://127.0.0.1:9\r\n"), "415", "");
    assert_int_equal(site->writes, 0);
    expect(site, POST("Content-Type: application/json\r\nOrigin: http://127.0.0.1:9\r\n"), "200",
           "{\"bytes\":2}");
    assert_int_equal(site->writes, 1);
    site_free(site);
}

static void a_token_is_needed_if_there_is_one(void **state)
{
    struct site *site = site_new((struct server_config){ .token = "0123456789abcdef" });
    char request[256];

    (void)state;
    expect(site, GET("/hello/x"), "401", "token");
    expect(site, GET("/hello/x?token=wrong"), "401", "");
    expect(site, GET("/hello/x?token="), "401", "");
    expect(site, "GET /hello/x HTTP/1.1\r\nAuthorization: Bearer 0123456789abcde" END, "401", "");
    expect(site, "GET /hello/x HTTP/1.1\r\nAuthorization: Bearer 0123456789abcdef" END, "200", "");
    expect(site, GET("/hello/x?token=0123456789abcdef"), "303", "Location: /hello/x\r\n");
    expect(site, GET("//evil.example?token=0123456789abcdef"), "4", "");
    expect(site, GET("/hello/x?token=0123456789abcdef"), "303", "HttpOnly; SameSite=Strict\r\n");
    snprintf(request, sizeof(request),
             "GET /hello/x HTTP/1.1\r\nCookie: a=b; propersim-%d=0123456789abcdef; c=d" END,
             server_port(site->server));
    expect(site, request, "200", "hello x");
    // The token stands in for the Host check: the machine may be reached under any name
    expect(site,
           "GET /hello/x HTTP/1.1\r\nHost: lab.example\r\nConnection: close\r\n"
           "Authorization: bearer 0123456789abcdef\r\n\r\n",
           "200", "");
    site_free(site);
}

static void replies_tell_browsers_to_stay_here(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });

    (void)state;
    expect(site, GET("/hello/x"), "200", "Content-Security-Policy: default-src 'self'");
    expect(site, GET("/nothing"), "404", "X-Content-Type-Options: nosniff\r\n");
    expect(site, GET("/big"), "200", "ETag: \"v1\"\r\n");
    expect(site, "GET /big HTTP/1.1\r\nIf-None-Match: \"v1\"" END, "304", "");
    site_free(site);
}

static char *long_request(const char *start, size_t fill, const char *end)
{
    struct buf b = { 0 };

    buf_add_str(&b, start);
    for (size_t i = 0; i < fill; i++)
        buf_add_char(&b, 'a');
    buf_add_str(&b, end);
    return buf_take(&b);
}

static void too_much_is_refused(void **state)
{
    static const struct {
        const char *start;
        size_t fill;
        const char *end, *status;
    } table[] = {
        { "GET /hello/", 8000, " HTTP/1.1" END, "200" },
        { "GET /hello/", 20000, " HTTP/1.1" END, "4" },
        { "GET /hello/x HTTP/1.1\r\nX-Long: ", 20000, END, "400" },
        { "POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\n", 100, "",
          "413" },
        { "POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", 0, "", "400" },
        { "\x16\x03\x01 not http ", 10, "\r\n\r\n", "400" },
    };
    struct site *site = site_new((struct server_config){ .request_ms = 600 });

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        char *request = long_request(table[i].start, table[i].fill, table[i].end);
        expect(site, request, table[i].status, "");
        free(request);
    }
    expect(site, GET("/hello/after"), "200", "hello after");
    site_free(site);
}

static void half_requests_end_in_time(void **state)
{
    static const char *const halves[] = {
        "",
        "G",
        "GET /hello/x HTT",
        "GET /hello/x HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n{",
        // a whole one that keeps its connection and then says nothing more
        "GET /hello/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    };
    struct site *site = site_new((struct server_config){ .request_ms = 300 });
    int fds[6];

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        fds[i] = dial(site, 0);
        say(fds[i], halves[i]);
    }
    for (size_t i = 0; i < 6; i++) {
        struct buf out = { 0 };
        assert_true(hear_all(site, fds[i], &out, PATIENCE_MS));
        assert_int_equal(strstr(buf_str(&out), "hello") != NULL, i == 5);
        buf_fini(&out);
        close(fds[i]);
    }
    turn(site, 600);
    turn(site, 600);
    assert_int_equal(server_connections(site->server), 0);
    site_free(site);
}

// A header a byte at a time: each byte would reset a limit on silence, but not one on the whole.
static void slow_loris_starves(void **state)
{
    struct site *site = site_new((struct server_config){ .request_ms = 400 });
    int64_t start = loop_now_ms(site->loop), sent = start;
    int fd = dial(site, 0);
    struct buf out = { 0 };

    (void)state;
    say(fd, "GET /hello/x HTTP/1.1\r\nX: ");
    while (!hear(fd, &out)) {
        assert_true(loop_now_ms(site->loop) - start < PATIENCE_MS);
        if (loop_now_ms(site->loop) - sent >= 5) {
            sent = loop_now_ms(site->loop);
            (void)!send(fd, "a", 1, MSG_NOSIGNAL);
        }
        turn(site, 5);
    }
    assert_true(loop_now_ms(site->loop) - start >= 300);
    assert_int_equal(out.len, 0);
    buf_fini(&out);
    close(fd);
    site_free(site);
}

static void who_does_not_read_a_reply_is_cut_off(void **state)
{
    struct site *site = site_new((struct server_config){ .reply_ms = 400 });
    int fd = dial(site, 4096);
    int64_t start = loop_now_ms(site->loop);

    (void)state;
    say(fd, GET("/big"));
    do {
        turn(site, 20);
        assert_true(loop_now_ms(site->loop) - start < PATIENCE_MS);
    } while (server_connections(site->server) > 0 || loop_now_ms(site->loop) - start < 200);
    expect(site, GET("/hello/x"), "200", "hello x");
    close(fd);
    site_free(site);
}

static void only_so_many_connect_at_once(void **state)
{
    struct site *site =
        site_new((struct server_config){ .max_streams = 1, .max_waiting = 9, .request_ms = 400 });
    int fds[30];
    struct buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < 30; i++) {
        fds[i] = dial(site, 0);
        turn(site, 1);
        assert_true(server_connections(site->server) <= 10);
    }
    // When the silent ones have run out of time, the last one gets its turn
    say(fds[29], GET("/hello/x"));
    assert_true(hear_all(site, fds[29], &out, PATIENCE_MS));
    assert_non_null(strstr(buf_str(&out), "hello x"));
    buf_fini(&out);
    for (size_t i = 0; i < 30; i++)
        close(fds[i]);
    site_free(site);
}

static void all_of_500_streams_hear_everything(void **state)
{
    struct site *site = site_new((struct server_config){ .keep_alive_ms = 200 });
    struct err err = { { 0 } };
    static int fds[MANY_STREAMS];
    static struct buf outs[MANY_STREAMS];
    bool all = false;

    (void)state;
    if (!loop_allow_files(MANY_STREAMS * 2 + 64, &err))
        skip();
    for (size_t i = 0; i < MANY_STREAMS; i++) {
        fds[i] = dial(site, 0);
        say(fds[i], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        turn(site, 0);
    }
    while (site->opened < MANY_STREAMS)
        turn(site, 5);
    assert_int_equal(server_streams(site->server), MANY_STREAMS);
    for (size_t i = 0; i < MANY_STREAMS; i++)
        assert_true(server_stream_send(site->streams[i], "step", 7, view_of("{\"steps\":7}")));
    expect(site, GET("/hello/x"), "200", "hello x"); // others are served all the while
    for (int64_t start = loop_now_ms(site->loop); !all; turn(site, 5)) {
        assert_true(loop_now_ms(site->loop) - start < PATIENCE_MS);
        all = true;
        for (size_t i = 0; i < MANY_STREAMS; i++) {
            assert_false(hear(fds[i], &outs[i]));
            all =
                all &&
                strstr(buf_str(&outs[i]), "id: 7\nevent: step\ndata: {\"steps\":7}\n\n") != NULL &&
                strstr(buf_str(&outs[i]), ": still here\n") != NULL;
        }
    }
    for (size_t i = 0; i < MANY_STREAMS; i++) {
        close(fds[i]);
        buf_fini(&outs[i]);
        outs[i] = (struct buf){ 0 };
    }
    for (int64_t start = loop_now_ms(site->loop); site->closed < MANY_STREAMS; turn(site, 5))
        assert_true(loop_now_ms(site->loop) - start < PATIENCE_MS);
    assert_int_equal(server_streams(site->server), 0);
    site_free(site);
}

static void streams_have_a_limit(void **state)
{
    struct site *site = site_new((struct server_config){ .max_streams = 1 });
    int fd = dial(site, 0);

    (void)state;
    say(fd, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (site->opened < 1)
        turn(site, 5);
    expect(site, GET("/stream"), "503", "");
    expect(site, "HEAD /stream HTTP/1.1" END, "503", "");
    server_stream_close(site->streams[0]);
    assert_int_equal(site->closed, 0); // who closes it need not be told
    assert_int_equal(server_streams(site->server), 0);
    close(fd);
    site_free(site);
}

static void slow_readers_of_streams_are_dropped(void **state)
{
    struct site *site = site_new((struct server_config){ .stream_backlog = 10000 });
    char *data = long_request("", 1000, "");
    int fd = dial(site, 4096);
    size_t sent = 0;

    (void)state;
    say(fd, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (site->opened < 1)
        turn(site, 5);
    while (server_stream_send(site->streams[0], NULL, -1, view_of(data))) {
        assert_true(++sent < 20000);
        turn(site, 0);
    }
    assert_int_equal(site->closed, 1);
    assert_int_equal(server_streams(site->server), 0);
    free(data);
    close(fd);
    site_free(site);
}

static void end_late(struct site *site)
{
    struct server_reply reply = { .status = 429, .type = "text/plain", .retry_after = "7" };
    struct server_later *late = site->late;

    site->late = NULL;
    switch (site->how) {
    case 's':
        buf_add_str(&reply.body, "at last");
        server_later_reply(late, &reply);
        break;
    case 'h':
        assert_int_equal(server_later_write(late, view_of("HTTP/1.1 200 OK\r\nConte")), 22);
        server_later_close(late);
        break;
    case 'r': server_later_reset(late); break;
    default: fail_msg("no such end");
    }
}

// Asks and turns the loop until the route has it; returns the socket.
static int ask_late(struct site *site, const char *request)
{
    int fd = dial(site, 0);

    say(fd, request);
    for (int i = 0; site->late == NULL && i < 1000; i++)
        turn(site, 5);
    assert_non_null(site->late);
    return fd;
}

static void replies_may_come_late_and_be_broken(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });
    struct buf out = { 0 };
    int fd = ask_late(site, GET("/late/s"));

    (void)state;
    end_late(site);
    assert_true(hear_all(site, fd, &out, PATIENCE_MS));
    assert_non_null(strstr(buf_str(&out), "HTTP/1.1 429"));
    assert_non_null(strstr(buf_str(&out), "Retry-After: 7"));
    assert_non_null(strstr(buf_str(&out), "at last"));
    close(fd);
    buf_clear(&out);
    fd = ask_late(site, GET("/late/h"));
    end_late(site);
    assert_true(hear_all(site, fd, &out, PATIENCE_MS));
    assert_string_equal(buf_str(&out), "HTTP/1.1 200 OK\r\nConte");
    close(fd);
    fd = ask_late(site, GET("/late/r"));
    end_late(site);
    for (int i = 0; i < 1000 && recv(fd, buf_reserve(&out, 1), 1, 0) < 0 && errno == EAGAIN; i++)
        turn(site, 5);
    assert_int_equal(recv(fd, buf_reserve(&out, 1), 1, 0), 0); // the reset was told above
    close(fd);
    assert_int_equal(site->gone, 0);
    buf_fini(&out);
    site_free(site);
}

static void a_late_reply_knows_that_its_reader_left(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });
    int fd = ask_late(site, GET("/late/s"));

    (void)state;
    close(fd);
    for (int i = 0; site->gone == 0 && i < 1000; i++)
        turn(site, 5);
    assert_int_equal(site->gone, 1);
    site->late = NULL;
    fd = ask_late(site, GET("/late/s"));
    server_free(site->server); // so does one whose server ends
    site->server = NULL;
    assert_int_equal(site->gone, 2);
    close(fd);
    site_free(site);
}

static void programs_may_write_without_an_origin(void **state)
{
    struct site *site = site_new((struct server_config){ .for_programs = true, .max_body = 10 });

    (void)state;
    expect(site, "POST /thing HTTP/1.1\r\nContent-Length: 4" END "{}  ", "200", "{\"bytes\":4}");
    expect(site, "POST /thing HTTP/1.1\r\nContent-Length: 11" END "{}  12345678", "413", "");
    site_free(site);
}

static void closing_the_server_ends_its_streams(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });
    int fd = dial(site, 0);

    (void)state;
    say(fd, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (site->opened < 1)
        turn(site, 5);
    server_free(site->server);
    site->server = NULL;
    assert_int_equal(site->closed, 1);
    close(fd);
    site_free(site);
}

static void a_taken_port_is_an_error(void **state)
{
    struct site *site = site_new((struct server_config){ 0 });
    struct err err = { { 0 } };
    struct server_config config = { .port = server_port(site->server) };

    (void)state;
    assert_null(server_new(site->loop, &config, &err));
    assert_non_null(strstr(err.text, "cannot listen on 127.0.0.1 port"));
    site_free(site);
}

static void tokens_are_equal_or_not(void **state)
{
    (void)state;
    assert_true(check_token("abc", "abc"));
    assert_false(check_token("abd", "abc"));
    assert_false(check_token("ab", "abc"));
    assert_false(check_token("abcd", "abc"));
    assert_false(check_token("", "abc"));
}

static void cookies_are_found_by_their_whole_name(void **state)
{
    size_t len = 0;

    (void)state;
    assert_null(check_cookie(NULL, "a", &len));
    assert_null(check_cookie("ba=1; ab=2", "a", &len));
    assert_string_equal(check_cookie("ba=1;a=2", "a", &len), "2");
    assert_int_equal(len, 1);
    assert_non_null(check_cookie("a=; b=1", "a", &len));
    assert_int_equal(len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_find_their_routes),
        cmocka_unit_test(methods_are_checked),
        cmocka_unit_test(other_names_for_this_machine_are_refused),
        cmocka_unit_test(writes_come_from_our_own_pages),
        cmocka_unit_test(a_token_is_needed_if_there_is_one),
        cmocka_unit_test(replies_tell_browsers_to_stay_here),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(half_requests_end_in_time),
        cmocka_unit_test(slow_loris_starves),
        cmocka_unit_test(who_does_not_read_a_reply_is_cut_off),
        cmocka_unit_test(only_so_many_connect_at_once),
        cmocka_unit_test(all_of_500_streams_hear_everything),
        cmocka_unit_test(streams_have_a_limit),
        cmocka_unit_test(slow_readers_of_streams_are_dropped),
        cmocka_unit_test(closing_the_server_ends_its_streams),
        cmocka_unit_test(replies_may_come_late_and_be_broken),
        cmocka_unit_test(a_late_reply_knows_that_its_reader_left),
        cmocka_unit_test(programs_may_write_without_an_origin),
        cmocka_unit_test(a_taken_port_is_an_error),
        cmocka_unit_test(tokens_are_equal_or_not),
        cmocka_unit_test(cookies_are_found_by_their_whole_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
