#include "net/server_impl.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdlib.h>
#include <sys/socket.h>

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

// evhttp stops reading until there is a reply; we want to learn that the peer leaves. What else it
// sends meanwhile waits for evhttp, which must not be told of it now.
static void watch(struct bufferevent *bev)
{
    bufferevent_data_cb on_write = NULL;
    bufferevent_event_cb on_event = NULL;
    void *user = NULL;

    bufferevent_getcb(bev, NULL, &on_write, &on_event, &user);
    bufferevent_setcb(bev, NULL, on_write, on_event, user);
    bufferevent_enable(bev, EV_READ);
}

struct server_later *server_later_new(struct server_request *q, server_closed_fn closed, void *user)
{
    struct server_later *later = mem_calloc(1, sizeof(*later));
    struct evhttp_connection *evcon = evhttp_request_get_connection(q->http);

    *later = (struct server_later){
        .server = q->server, .http = q->http, .is_head = q->is_head, .closed = closed, .user = user
    };
    TAILQ_INSERT_TAIL(&q->server->laters, later, next);
    evhttp_connection_set_timeout(evcon, 0); // from here on the sweep alone watches the time
    evhttp_connection_set_closecb(evcon, peer_left, later);
    watch(evhttp_connection_get_bufferevent(evcon));
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

static int descriptor(const struct server_later *later)
{
    struct evhttp_connection *evcon = evhttp_request_get_connection(later->http);

    return bufferevent_getfd(evhttp_connection_get_bufferevent(evcon));
}

// Past libevent, which has nothing to send as long as there is no reply of its own.
size_t server_later_write(struct server_later *later, struct view bytes)
{
    ssize_t n = send(descriptor(later), bytes.data, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);

    return n < 0 ? 0 : (size_t)n; // of a broken connection `closed` will tell
}

void server_later_close(struct server_later *later)
{
    struct evhttp_connection *evcon = evhttp_request_get_connection(later->http);

    evhttp_connection_set_closecb(evcon, NULL, NULL);
    evhttp_connection_free(evcon);
    forget(later);
}

void server_later_reset(struct server_later *later)
{
    const struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

    // evhttp shuts a connection down in good order before it closes it, which sends no reset;
    // dissolving the association does
    (void)!connect(descriptor(later), &nowhere, sizeof(nowhere));
    server_later_close(later);
}

void later_close_all(struct server *s)
{
    while (!TAILQ_EMPTY(&s->laters)) {
        struct server_later *later = TAILQ_FIRST(&s->laters);
        evhttp_connection_set_closecb(evhttp_request_get_connection(later->http), NULL, NULL);
        tell_and_forget(later);
    }
}
