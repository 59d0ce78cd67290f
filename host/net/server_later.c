#include "net/server_impl.h"

#include <event2/http.h>
#include <stdlib.h>

#include "base/mem.h"

struct server_later {
    TAILQ_ENTRY(server_later) next;
    struct server *server;
    struct evhttp_request *http;
    bool is_head;
    server_closed_fn closed;
    void *user;
};

static void forget(struct server_later *later)
{
    TAILQ_REMOVE(&later->server->laters, later, next);
    free(later);
}

static void tell_and_forget(struct server_later *later)
{
    server_closed_fn closed = later->closed;
    void *user = later->user;

    forget(later);
    closed(user);
}

// The peer is gone. If evhttp has taken the request off the connection, it has left it to us, and
// frees it as soon as it is answered.
static void peer_left(struct evhttp_connection *evcon, void *user)
{
    struct server_later *later = user;
    struct evhttp_request *http = later->http;

    (void)evcon;
    tell_and_forget(later);
    if (evhttp_request_get_connection(http) == NULL)
        evhttp_send_reply(http, 503, NULL, NULL);
}

struct server_later *server_later_new(struct server_request *q, server_closed_fn closed, void *user)
{
    struct server_later *later = mem_calloc(1, sizeof(*later));

    *later = (struct server_later){
        .server = q->server, .http = q->http, .is_head = q->is_head, .closed = closed, .user = user
    };
    TAILQ_INSERT_TAIL(&q->server->laters, later, next);
    evhttp_connection_set_closecb(evhttp_request_get_connection(q->http), peer_left, later);
    conn_enter(q->server, q->http, CONN_LATER);
    q->taken = true;
    return later;
}

void server_later_reply(struct server_later *later, struct server_reply *reply)
{
    struct server_request q = { .server = later->server,
                                .http = later->http,
                                .is_head = later->is_head };

    evhttp_connection_set_closecb(evhttp_request_get_connection(q.http), NULL, NULL);
    forget(later);
    server_deliver(&q, reply);
    buf_fini(&reply->body);
    free(reply->location);
    reply->location = NULL;
}

void later_close_all(struct server *s)
{
    while (!TAILQ_EMPTY(&s->laters)) {
        struct server_later *later = TAILQ_FIRST(&s->laters);
        evhttp_connection_set_closecb(evhttp_request_get_connection(later->http), NULL, NULL);
        tell_and_forget(later);
    }
}
