#include "net/server.h"

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "net/loop.h"
#include "net/loop_base.h"
#include "net/server_check.h"
#include "net/server_impl.h"

enum {
    HEADER_BYTES = 16 << 10,
    IDLE_SECONDS = 30, // evhttp's own limit between two reads or writes; ours are shorter
    EVERY_METHOD = EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT |
                   EVHTTP_REQ_DELETE | EVHTTP_REQ_OPTIONS | EVHTTP_REQ_TRACE | EVHTTP_REQ_CONNECT |
                   EVHTTP_REQ_PATCH,
};

void server_add_headers(struct evhttp_request *http)
{
    // Phaser makes its pictures from data: and blob: addresses, which lead nowhere else
    static const struct {
        const char *name, *value;
    } all[] = {
        { "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
          "form-action 'self'; frame-ancestors 'none'" },
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "no-referrer" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
    };
    struct evkeyvalq *headers = evhttp_request_get_output_headers(http);

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        evhttp_add_header(headers, all[i].name, all[i].value);
}

static void replied(struct evhttp_request *http, void *server)
{
    conn_enter(server, http, CONN_WAITING);
}

void server_deliver(struct server_request *q, struct server_reply *reply)
{
    struct evkeyvalq *headers = evhttp_request_get_output_headers(q->http);
    struct evbuffer *out = evbuffer_new();
    struct view body = reply->lasting.data != NULL ? reply->lasting : buf_view(&reply->body);
    char etag[80] = "";

    if (out == NULL)
        abort(); // out of memory, as in base/mem.c
    server_add_headers(q->http);
    if (reply->etag != NULL) {
        const char *known = server_header(q, "If-None-Match");
        snprintf(etag, sizeof(etag), "\"%s\"", reply->etag);
        evhttp_add_header(headers, "ETag", etag);
        if (reply->status == 200 && known != NULL && strcmp(known, etag) == 0) {
            reply->status = 304;
            body = (struct view){ 0 };
        }
    }
    evhttp_add_header(headers, "Cache-Control", reply->etag != NULL ? "no-cache" : "no-store");
    if (reply->location != NULL)
        evhttp_add_header(headers, "Location", reply->location);
    if (reply->retry_after != NULL)
        evhttp_add_header(headers, "Retry-After", reply->retry_after);
    evhttp_add_header(headers, "Content-Type",
                      reply->type != NULL ? reply->type : "application/json");
    if (reply->lasting.data != NULL && body.len > 0)
        evbuffer_add_reference(out, body.data, body.len, NULL, NULL);
    else if (body.len > 0)
        evbuffer_add(out, body.data, body.len);
    if (q->is_head) { // evhttp leaves the body out by itself, but not its length
        char length[24];
        snprintf(length, sizeof(length), "%zu", body.len);
        evhttp_add_header(headers, "Content-Length", length);
        evbuffer_drain(out, evbuffer_get_length(out));
    }
    q->server->bytes_to_send += reply->lasting.data != NULL ? 0 : body.len;
    conn_enter(q->server, q->http, CONN_REPLYING);
    evhttp_request_set_on_complete_cb(q->http, replied, q->server);
    evhttp_send_reply(q->http, reply->status, NULL, out);
    evbuffer_free(out);
}

static void refuse(struct server_reply *reply, int status, const char *why)
{
    reply->status = status;
    buf_clear(&reply->body);
    buf_addf(&reply->body, "{\"error\":\"%s\"}", why);
}

// ---- Whom we listen to.

static bool has_token(struct server *s, struct server_request *q)
{
    static const char bearer[] = "Bearer ";
    const char *authorization = server_header(q, "Authorization");
    size_t len = 0;
    const char *cookie = check_cookie(server_header(q, "Cookie"), s->cookie, &len);
    bool ok = authorization != NULL &&
              strncasecmp(authorization, bearer, sizeof(bearer) - 1) == 0 &&
              check_token(authorization + sizeof(bearer) - 1, s->token);

    if (!ok && cookie != NULL) {
        char *value = mem_strndup(cookie, len);
        ok = check_token(value, s->token);
        free(value);
    }
    return ok;
}

// The token in an address that was opened: keep it as a cookie, and take it out of the address.
static bool take_token(struct server *s, struct server_request *q, struct server_reply *reply)
{
    const char *given = server_query(q, "token");
    struct buf cookie = { 0 };

    if (given == NULL || !check_token(given, s->token) || server_method(q) != SERVER_GET ||
        strncmp(server_path(q), "//", 2) == 0)
        return false;
    buf_addf(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict", s->cookie, s->token);
    evhttp_add_header(evhttp_request_get_output_headers(q->http), "Set-Cookie", buf_str(&cookie));
    buf_fini(&cookie);
    reply->status = 303;
    reply->location = mem_strdup(server_path(q));
    return true;
}

static bool may_ask(struct server *s, struct server_request *q, struct server_reply *reply)
{
    const char *host = server_header(q, "Host");

    if (host == NULL || evhttp_uri_get_host(evhttp_request_get_evhttp_uri(q->http)) != NULL)
        refuse(reply, 400, "send a Host header and a path");
    else if (s->token == NULL && !check_host_is_loopback(host))
        refuse(reply, 421, "this server is for this machine only: open it as http://127.0.0.1");
    else if (s->token != NULL && !has_token(s, q) && !take_token(s, q, reply))
        refuse(reply, 401, "open the address with the token that propersim serve printed");
    return reply->status == 200;
}

// A write must come from a page of ours, not from a form or a script of another site.
static bool may_write(struct server_request *q, struct server_reply *reply)
{
    const char *type = server_header(q, "Content-Type");

    if (!check_origin_is_host(server_header(q, "Origin"), server_header(q, "Host")))
        refuse(reply, 403, "writes must come from a page of this server");
    else if (type == NULL || strncasecmp(type, "application/json", 16) != 0)
        refuse(reply, 415, "send application/json");
    return reply->status == 200;
}

// ---- Which route.

static void forget_parts(struct server_request *q)
{
    for (size_t i = 0; i < q->part_count; i++)
        free(q->parts[i]);
    q->part_count = 0;
}

// The route for this path and method; otherwise NULL and the reply says why.
static const struct server_route *find_route(struct server *s, struct server_request *q,
                                             unsigned method, struct server_reply *reply)
{
    unsigned allowed = 0;

    for (size_t i = 0; i < s->config.route_count; i++) {
        const struct server_route *route = &s->config.routes[i];
        if (check_route(route->pattern, server_path(q), q->parts, SERVER_MAX_PARTS,
                        &q->part_count)) {
            if ((route->methods & method) != 0)
                return route;
            allowed |= route->methods;
        }
        forget_parts(q);
    }
    if (allowed == 0) {
        refuse(reply, 404, "there is nothing under this address");
        return NULL;
    }
    refuse(reply, 405, "this address does not take this method");
    evhttp_add_header(evhttp_request_get_output_headers(q->http), "Allow",
                      (allowed & SERVER_GET) == 0    ? "POST"
                      : (allowed & SERVER_POST) == 0 ? "GET, HEAD"
                                                     : "GET, HEAD, POST");
    return NULL;
}

static unsigned method_of(struct server_request *q)
{
    switch (evhttp_request_get_command(q->http)) {
    case EVHTTP_REQ_HEAD: q->is_head = true; return SERVER_GET;
    case EVHTTP_REQ_GET: return SERVER_GET;
    case EVHTTP_REQ_POST: return SERVER_POST;
    case EVHTTP_REQ_PUT:
    case EVHTTP_REQ_DELETE:
    case EVHTTP_REQ_OPTIONS:
    case EVHTTP_REQ_TRACE:
    case EVHTTP_REQ_CONNECT:
    case EVHTTP_REQ_PATCH: return 0;
    }
    return 0;
}

static void answer(struct server *s, struct server_request *q, struct server_reply *reply)
{
    const struct server_route *route = NULL;
    unsigned method = method_of(q);

    if (!may_ask(s, q, reply))
        return;
    if (s->bytes_to_send > s->config.send_budget) {
        refuse(reply, 503, "too much waits to be sent; try again");
        return;
    }
    route = find_route(s, q, method, reply);
    if (route == NULL || (method == SERVER_POST && !s->config.for_programs && !may_write(q, reply)))
        return;
    route->fn(s->config.user, q, reply);
}

static void on_request(struct evhttp_request *http, void *user)
{
    struct server *s = user;
    struct evkeyvalq query = { 0 };
    struct server_request q = { .server = s, .http = http, .query = &query };
    struct server_reply reply = { .status = 200 };
    struct evbuffer *in = evhttp_request_get_input_buffer(http);
    const char *text = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(http));

    if (evhttp_parse_query_str(text != NULL ? text : "", &query) != 0)
        refuse(&reply, 400, "the query cannot be read");
    q.body.len = evbuffer_get_length(in);
    q.body.data = q.body.len > 0 ? (const char *)evbuffer_pullup(in, -1) : "";
    if (reply.status == 200)
        answer(s, &q, &reply);
    if (!q.taken)
        server_deliver(&q, &reply);
    forget_parts(&q);
    evhttp_clear_headers(&query);
    buf_fini(&reply.body);
    free(reply.location);
}

// ---- The server.

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
    evhttp_set_gencb(s->http, on_request, s);
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

// ---- The request.

enum server_method server_method(const struct server_request *q)
{
    return evhttp_request_get_command(q->http) == EVHTTP_REQ_POST ? SERVER_POST : SERVER_GET;
}

const char *server_path(const struct server_request *q)
{
    const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(q->http));

    return path != NULL ? path : "";
}

const char *server_part(const struct server_request *q, size_t i)
{
    return q->parts[i];
}

const char *server_query(const struct server_request *q, const char *name)
{
    return evhttp_find_header(q->query, name);
}

const char *server_query_text(const struct server_request *q)
{
    const char *text = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(q->http));

    return text != NULL ? text : "";
}

struct view server_body(const struct server_request *q)
{
    return q->body;
}

const char *server_header(const struct server_request *q, const char *name)
{
    return evhttp_find_header(evhttp_request_get_input_headers(q->http), name);
}
