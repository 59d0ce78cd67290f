#include "fault_server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"

struct fault_connection {
    struct fault_server *server;
    int fd;
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct buf in, out;
    size_t sent;
    bool busy;    // between a request and the end of its answer
    bool delayed; // out is not to be sent before the timer fires
    enum fault_then then;
    size_t drip_from, drip_bytes; // what comes before goes out at once
    int64_t drip_ms;
    struct fault_connection *next, *prev;
};

struct fault_server {
    struct loop *loop;
    fault_fn fn;
    void *user;
    int fd, port;
    const char *greeting;
    struct loop_watch *watch;
    struct fault_connection *first;
    size_t requests, open, accepted;
};

static void check(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "fault server: %s: %s\n", what, strerror(errno));
        abort();
    }
}

static void connection_free(struct fault_connection *c, bool reset)
{
    struct linger linger = { .l_onoff = 1, .l_linger = 0 };

    if (reset)
        check(setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)) == 0, "linger");
    loop_watch_free(c->watch);
    loop_timer_free(c->timer);
    close(c->fd);
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        c->server->first = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    c->server->open--;
    buf_fini(&c->in);
    buf_fini(&c->out);
    free(c);
}

static void watch(struct fault_connection *c, int what)
{
    struct err err = { { 0 } };

    check(loop_watch_set(c->watch, what, &err), err.text);
}

static bool take_request(struct fault_connection *c);

// Sends what may go out now. False if the connection is gone.
static bool flush(struct fault_connection *c)
{
    while (c->sent < c->out.len) {
        size_t left = c->out.len - c->sent;
        size_t part = c->sent < c->drip_from                       ? c->drip_from - c->sent
                      : c->drip_bytes != 0 && c->drip_bytes < left ? c->drip_bytes
                                                                   : left;
        ssize_t n = send(c->fd, c->out.data + c->sent, part, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN) {
            watch(c, LOOP_READ | LOOP_WRITE);
            return true;
        }
        if (n < 0) {
            connection_free(c, false);
            return false;
        }
        c->sent += (size_t)n;
        if (c->drip_bytes != 0 && c->sent > c->drip_from && c->sent < c->out.len) {
            loop_timer_set(c->timer, c->drip_ms);
            return true;
        }
    }
    buf_clear(&c->out);
    c->sent = 0;
    watch(c, LOOP_READ);
    if (c->then == THEN_NOTHING)
        return true;
    if (c->then != THEN_KEEP) {
        connection_free(c, c->then == THEN_RESET);
        return false;
    }
    c->busy = false;
    c->drip_from = 0;
    c->drip_bytes = 0;
    return take_request(c);
}

static void on_timer(void *user)
{
    struct fault_connection *c = user;

    c->delayed = false;
    flush(c);
}

static size_t body_length(const char *head)
{
    const char *line = strcasestr(head, "\r\ncontent-length:");

    return line == NULL ? 0 : (size_t)strtoull(line + strlen("\r\ncontent-length:"), NULL, 10);
}

// Hands the next whole request to the test. False if the connection is gone.
static bool take_request(struct fault_connection *c)
{
    const char *end = c->in.len == 0 ? NULL : strstr(c->in.data, "\r\n\r\n");
    struct fault_server *s = c->server;
    size_t head_len = 0, body_len = 0;
    char *head = NULL, *body = NULL, method[16] = "", path[1024] = "";
    struct fault_request r = { 0 };

    if (c->busy || end == NULL)
        return true;
    head_len = (size_t)(end - c->in.data) + 4;
    head = mem_strndup(c->in.data, head_len);
    body_len = body_length(head);
    if (c->in.len < head_len + body_len) {
        free(head);
        return true;
    }
    check(sscanf(head, "%15s %1023s", method, path) == 2, "not a request");
    body = mem_strndup(c->in.data + head_len, body_len);
    r = (struct fault_request){ method, path, head, { body, body_len }, ++s->requests };
    memmove(c->in.data, c->in.data + head_len + body_len, c->in.len - head_len - body_len);
    c->in.len -= head_len + body_len;
    c->in.data[c->in.len] = '\0';
    c->busy = true;
    c->then = THEN_NOTHING;
    s->fn(s->user, c, &r);
    free(head);
    free(body);
    if (c->delayed || (c->out.len == 0 && c->then == THEN_NOTHING))
        return true;
    return flush(c);
}

static void on_connection(void *user, int fd, int what)
{
    struct fault_connection *c = user;
    char bytes[65536];
    ssize_t n = 0;

    if ((what & LOOP_WRITE) != 0 && !flush(c))
        return;
    if ((what & LOOP_READ) == 0)
        return;
    n = recv(fd, bytes, sizeof(bytes), 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        connection_free(c, false);
        return;
    }
    buf_add(&c->in, bytes, (size_t)n);
    take_request(c);
}

static void on_listener(void *user, int fd, int what)
{
    struct fault_server *s = user;
    struct err err = { { 0 } };
    int accepted = 0;

    (void)what;
    while ((accepted = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct fault_connection *c = mem_calloc(1, sizeof(*c));
        *c = (struct fault_connection){ .server = s, .fd = accepted, .next = s->first };
        if (s->first != NULL)
            s->first->prev = c;
        s->first = c;
        s->open++;
        s->accepted++;
        c->timer = loop_timer_new(s->loop, on_timer, c);
        c->watch = loop_watch_new(s->loop, accepted, LOOP_READ, on_connection, c, &err);
        check(c->watch != NULL, err.text);
        if (s->greeting != NULL) {
            buf_add_str(&c->out, s->greeting);
            c->busy = true;
            c->then = THEN_NOTHING;
            flush(c);
        }
    }
    check(errno == EAGAIN || errno == ECONNABORTED, "accept");
}

void fault_server_return(struct fault_server *s)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons((uint16_t)s->port),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof(address);
    struct err err = { { 0 } };
    int one = 1;

    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    check(s->fd >= 0, "socket");
    check(setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0, "reuse");
    check(bind(s->fd, (struct sockaddr *)&address, sizeof(address)) == 0, "bind");
    check(listen(s->fd, 4096) == 0, "listen");
    check(getsockname(s->fd, (struct sockaddr *)&address, &len) == 0, "name");
    s->port = ntohs(address.sin_port);
    s->watch = loop_watch_new(s->loop, s->fd, LOOP_READ, on_listener, s, &err);
    check(s->watch != NULL, err.text);
}

void fault_server_vanish(struct fault_server *s)
{
    if (s->watch == NULL)
        return;
    loop_watch_free(s->watch);
    s->watch = NULL;
    close(s->fd);
    while (s->first != NULL)
        connection_free(s->first, true);
}

struct fault_server *fault_server_new(struct loop *l, fault_fn fn, void *user)
{
    struct fault_server *s = mem_calloc(1, sizeof(*s));

    *s = (struct fault_server){ .loop = l, .fn = fn, .user = user };
    fault_server_return(s);
    return s;
}

void fault_server_free(struct fault_server *s)
{
    if (s == NULL)
        return;
    fault_server_vanish(s);
    free(s);
}

void fault_server_greet(struct fault_server *s, const char *bytes)
{
    s->greeting = bytes;
}

int fault_server_port(const struct fault_server *s)
{
    return s->port;
}

size_t fault_server_requests(const struct fault_server *s)
{
    return s->requests;
}

size_t fault_server_open_connections(const struct fault_server *s)
{
    return s->open;
}

size_t fault_server_accepted(const struct fault_server *s)
{
    return s->accepted;
}

static void add_answer(struct fault_connection *c, int status, const char *headers,
                       struct view body)
{
    buf_addf(&c->out, "HTTP/1.1 %d X\r\nContent-Length: %zu\r\n", status, body.len);
    if (headers == NULL || strcasestr(headers, "content-type") == NULL)
        buf_add_str(&c->out, "Content-Type: application/json\r\n");
    buf_add_str(&c->out, headers != NULL ? headers : "");
    buf_add_str(&c->out, "\r\n");
    buf_add_view(&c->out, body);
    c->then = THEN_KEEP;
}

void fault_answer(struct fault_connection *c, int status, const char *headers, struct view body)
{
    add_answer(c, status, headers, body);
}

void fault_answer_later(struct fault_connection *c, int64_t delay_ms, int status,
                        const char *headers, struct view body)
{
    add_answer(c, status, headers, body);
    c->delayed = true;
    loop_timer_set(c->timer, delay_ms);
}

void fault_raw(struct fault_connection *c, struct view bytes, enum fault_then then)
{
    buf_add_view(&c->out, bytes);
    c->then = then;
}

void fault_drip(struct fault_connection *c, struct view body, size_t step_bytes, int64_t step_ms)
{
    add_answer(c, 200, NULL, body);
    c->drip_from = c->out.len - body.len;
    c->drip_bytes = step_bytes;
    c->drip_ms = step_ms;
}
