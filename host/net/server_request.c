// A request: what a route may ask of it, and the way from its arrival to its route's reply.

#include "net/server_impl.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <stdlib.h>

#include "net/server_check.h"

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

// ---- Its route

static void forget_parts(struct server_request *q)
{
    for (size_t i = 0; i < q->part_count; i++)
        free(q->parts[i]);
    q->part_count = 0;
}

// The route for this path and method; otherwise NULL and the reply says why.
static const struct server_route *find_route(struct server_request *q, unsigned method,
                                             struct server_reply *reply)
{
    const struct server_config *c = &q->server->config;
    unsigned allowed = 0;

    for (size_t i = 0; i < c->route_count; i++) {
        const struct server_route *route = &c->routes[i];
        if (check_route(route->pattern, server_path(q), q->parts, SERVER_MAX_PARTS,
                        &q->part_count)) {
            if ((route->methods & method) != 0)
                return route;
            allowed |= route->methods;
        }
        forget_parts(q);
    }
    if (allowed == 0 && method == SERVER_GET && c->not_found != NULL) {
        c->not_found(c->user, q, reply);
        return NULL;
    }
    if (allowed == 0) {
        server_refuse(reply, 404, "there is nothing under this address");
        return NULL;
    }
    server_refuse(reply, 405, "this address does not take this method");
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

static void answer(struct server_request *q, struct server_reply *reply)
{
    const struct server *s = q->server;
    const struct server_route *route = NULL;
    unsigned method = method_of(q);

    if (!server_may_ask(q, reply))
        return;
    if (s->bytes_to_send > s->config.send_budget) {
        server_refuse(reply, 503, "too much waits to be sent; try again");
        return;
    }
    route = find_route(q, method, reply);
    if (route == NULL ||
        (method == SERVER_POST && !s->config.for_programs && !server_may_write(q, reply)))
        return;
    route->fn(s->config.user, q, reply);
}

void server_on_request(struct evhttp_request *http, void *server)
{
    struct evkeyvalq query = { 0 };
    struct server_request q = { .server = server, .http = http, .query = &query };
    struct server_reply reply = { .status = 200 };
    struct evbuffer *in = evhttp_request_get_input_buffer(http);

    if (evhttp_parse_query_str(server_query_text(&q), &query) != 0)
        server_refuse(&reply, 400, "the query cannot be read");
    q.body.len = evbuffer_get_length(in);
    q.body.data = q.body.len > 0 ? (const char *)evbuffer_pullup(in, -1) : "";
    if (reply.status == 200)
        answer(&q, &reply);
    if (!q.taken)
        server_deliver(&q, &reply);
    forget_parts(&q);
    evhttp_clear_headers(&query);
    buf_fini(&reply.body);
    free(reply.location);
}
