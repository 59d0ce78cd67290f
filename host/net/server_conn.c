#include "net/server_impl.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "net/loop.h"

enum { SWEEP_MS = 250 };

static bool is_gone(const struct conn *c)
{
    bufferevent_event_cb on_event = NULL;

    bufferevent_getcb(c->bev, NULL, NULL, &on_event, NULL);
    return on_event == NULL;
}

static void forget(struct server *s, struct conn *c)
{
    LIST_REMOVE(c, next);
    s->conn_count--;
    if (c->fd >= 0 && s->by_fd[c->fd] == c)
        s->by_fd[c->fd] = NULL;
    bufferevent_decref(c->bev); // the last reference: closes the socket
    free(c);
}

// evhttp sees the end of the connection and frees it.
static void end(struct conn *c)
{
    evutil_socket_t fd = bufferevent_getfd(c->bev);

    if (fd >= 0)
        shutdown(fd, SHUT_RDWR);
}

static size_t limit(const struct server *s)
{
    return s->config.max_streams + s->config.max_waiting;
}

// So many at once: the kernel holds back the others until some are gone.
static void accept_or_pause(struct server *s)
{
    bool pause = s->conn_count >= limit(s);
    struct evconnlistener *listener = evhttp_bound_socket_get_listener(s->bound);

    if (pause == s->paused)
        return;
    s->paused = pause;
    (void)!(pause ? evconnlistener_disable(listener) : evconnlistener_enable(listener));
}

struct bufferevent *conn_new(struct event_base *base, void *server)
{
    struct server *s = server;
    struct conn *c = mem_calloc(1, sizeof(*c));

    c->bev = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
    if (c->bev == NULL) { // evhttp makes its own then, which only goes unwatched
        free(c);
        return NULL;
    }
    bufferevent_incref(c->bev);
    c->fd = -1;
    c->since_ms = loop_now_ms(s->loop);
    LIST_INSERT_HEAD(&s->conns, c, next);
    s->conn_count++;
    accept_or_pause(s);
    if (!loop_timer_is_set(s->sweep))
        loop_timer_set(s->sweep, SWEEP_MS);
    return c->bev;
}

// The connection behind a bufferevent; NULL if it goes unwatched. evhttp sets the descriptor after
// conn_new, so the table learns of a connection when it is first looked for.
static struct conn *find(struct server *s, const struct bufferevent *bev)
{
    int fd = bufferevent_getfd((struct bufferevent *)bev);
    struct conn *c = NULL;

    if (fd >= 0 && (size_t)fd < s->fd_cap && s->by_fd[fd] != NULL && s->by_fd[fd]->bev == bev)
        return s->by_fd[fd];
    LIST_FOREACH(c, &s->conns, next)
    {
        if (c->bev == bev)
            break;
    }
    if (c == NULL || fd < 0)
        return c;
    if ((size_t)fd >= s->fd_cap) {
        size_t cap = mem_grow(s->fd_cap, (size_t)fd + 1);
        s->by_fd = mem_realloc(s->by_fd, cap, sizeof(struct conn *));
        memset(s->by_fd + s->fd_cap, 0, (cap - s->fd_cap) * sizeof(*s->by_fd));
        s->fd_cap = cap;
    }
    s->by_fd[fd] = c;
    c->fd = fd;
    return c;
}

void conn_enter(struct server *s, struct evhttp_request *http, enum conn_state state)
{
    struct evhttp_connection *evcon = evhttp_request_get_connection(http);
    struct conn *c = evcon == NULL ? NULL : find(s, evhttp_connection_get_bufferevent(evcon));

    if (c == NULL)
        return;
    c->state = state;
    c->since_ms = loop_now_ms(s->loop);
}

static bool is_late(const struct server *s, const struct conn *c, int64_t now)
{
    switch (c->state) {
    case CONN_WAITING: return now - c->since_ms > s->config.request_ms;
    case CONN_REPLYING: return now - c->since_ms > s->config.reply_ms;
    case CONN_STREAMING:
    case CONN_LATER: return false;
    }
    return false;
}

void conn_sweep(void *server)
{
    struct server *s = server;
    int64_t now = loop_now_ms(s->loop);

    s->bytes_to_send = 0;
    for (struct conn *c = LIST_FIRST(&s->conns), *after = NULL; c != NULL; c = after) {
        after = LIST_NEXT(c, next);
        if (is_gone(c)) {
            forget(s, c);
            continue;
        }
        if (is_late(s, c, now))
            end(c);
        s->bytes_to_send += evbuffer_get_length(bufferevent_get_output(c->bev));
    }
    accept_or_pause(s);
    stream_keep_alive(s);
    if (s->conn_count > 0)
        loop_timer_set(s->sweep, SWEEP_MS);
}

void conn_free_all(struct server *s)
{
    while (!LIST_EMPTY(&s->conns))
        forget(s, LIST_FIRST(&s->conns));
}
