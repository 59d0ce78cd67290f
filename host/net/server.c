#include "net/server_impl.h"

#include <event2/http.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/loop_base.h"

enum {
    HEADER_BYTES = 16 << 10,
    IDLE_SECONDS = 30, // evhttp's own limit between two reads or writes; ours are shorter
    EVERY_METHOD = EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT |
                   EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT |
                   EVHTTP_REQ_PATCH,
};

static int listening_port(const struct server *s)
{
    struct sockaddr_storage address = { 0 };
    socklen_t len = sizeof(address);

    if (getsockname(evhttp_bound_socket_get_fd(s->bound), (struct sockaddr *)&address, &len) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

static void fill_in(struct server_config *c)
{
    c->address = c->address != NULL ? c->address : "127.0.0.1";
    c->request_ms = c->request_ms > 0 ? c->request_ms : 15000;
    c->reply_ms = c->reply_ms > 0 ? c->reply_ms : 60000;
    c->keep_alive_ms = c->keep_alive_ms > 0 ? c->keep_alive_ms : 15000;
    c->max_streams = c->max_streams > 0 ? c->max_streams : 512;
    c->max_waiting = c->max_waiting > 0 ? c->max_waiting : 256;
    c->stream_backlog = c->stream_backlog > 0 ? c->stream_backlog : 256 << 10;
    c->send_budget = c->send_budget > 0 ? c->send_budget : 64 << 20;
    c->max_body = c->max_body > 0 ? c->max_body : 64 << 10;
}

static void configure(struct server *s)
{
    evhttp_set_allowed_methods(s->http, EVERY_METHOD); // what we do not take gets a 405
    evhttp_set_max_headers_size(s->http, HEADER_BYTES);
    evhttp_set_max_body_size(s->http, (ev_ssize_t)s->config.max_body);
    evhttp_set_timeout(s->http, IDLE_SECONDS);
    evhttp_set_default_content_type(s->http, NULL);
    evhttp_set_bevcb(s->http, conn_new, s);
    evhttp_set_gencb(s->http, server_on_request, s);
}

struct server *server_new(struct loop *loop, const struct server_config *config, struct err *err)
{
    struct server *s = mem_calloc(1, sizeof(*s));
    struct buf cookie = { 0 };

    s->loop = loop;
    s->config = *config;
    fill_in(&s->config);
    s->token = mem_strdup(config->token);
    LIST_INIT(&s->conns);
    TAILQ_INIT(&s->streams);
    TAILQ_INIT(&s->laters);
    s->sweep = loop_timer_new(loop, conn_sweep, s);
    s->http = evhttp_new(loop_base(loop));
    if (s->http == NULL)
        abort(); // out of memory, as in base/mem.c
    configure(s);
    s->bound =
        evhttp_bind_socket_with_handle(s->http, s->config.address, (ev_uint16_t)s->config.port);
    if (s->bound == NULL) {
        err_set(err, "cannot listen on %s port %d: %s", s->config.address, s->config.port,
                evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()));
        server_free(s);
        return NULL;
    }
    s->port = listening_port(s);
    buf_addf(&cookie, "propersim-%d", s->port); // cookies know hosts, but not ports
    s->cookie = buf_take(&cookie);
    return s;
}

void server_free(struct server *s)
{
    if (s == NULL)
        return;
    stream_close_all(s);
    later_close_all(s);
    evhttp_free(s->http);
    conn_free_all(s);
    loop_timer_free(s->sweep);
    free(s->by_fd);
    free(s->token);
    free(s->cookie);
    free(s);
}

int server_port(const struct server *s)
{
    return s->port;
}

size_t server_connections(const struct server *s)
{
    return s->conn_count;
}

size_t server_streams(const struct server *s)
{
    return s->stream_count;
}
