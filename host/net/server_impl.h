#pragma once
// The inside of a server, shared by its files.
//
// server.c          listens
// server_conn.c     which connections there are, and since when each of them keeps us waiting
// server_request.c  takes a request to its route
// server_admit.c    whom the server listens to
// server_reply.c    how a reply goes out
// server_stream.c   event streams
// server_later.c    replies that take a while

#include "net/server.h"

#include <sys/queue.h>

struct bufferevent;
struct evbuffer;
struct event;
struct event_base;
struct evhttp;
struct evhttp_bound_socket;
struct evhttp_request;

/// What a connection is at, hence which deadline it has.
enum conn_state { CONN_WAITING, CONN_REPLYING, CONN_STREAMING, CONN_LATER };

/// A connection that evhttp has. evhttp neither tells when one comes nor when it goes, so we make
/// its bufferevent (evhttp asks for one per connection) and hold a reference to it: when evhttp has
/// let go, its callbacks are gone.
struct conn {
    LIST_ENTRY(conn) next;
    struct bufferevent *bev;
    int fd; // where it stands in the server's table; -1: nowhere yet
    enum conn_state state;
    int64_t since_ms;
};

struct server {
    struct loop *loop;
    struct server_config config; // with the defaults filled in
    char *token, *cookie;        // cookie: its name, which holds the port
    struct evhttp *http;
    struct evhttp_bound_socket *bound;
    int port;
    struct loop_timer *sweep;
    LIST_HEAD(conns, conn) conns;
    size_t conn_count;
    struct conn **by_fd; // the connection behind a descriptor, or NULL
    size_t fd_cap;
    bool paused;          // we do not accept for now
    size_t bytes_to_send; // as of the last sweep, plus what was answered since
    TAILQ_HEAD(streams, server_stream) streams;
    TAILQ_HEAD(laters, server_later) laters;
    size_t stream_count;
};

struct server_request {
    struct server *server;
    struct evhttp_request *http;
    struct evkeyvalq *query;
    struct view body;
    char *parts[SERVER_MAX_PARTS];
    size_t part_count;
    bool is_head, taken; // taken: a stream, or answered later
};

/// A bufferevent for evhttp's next connection, which this starts to watch.
struct bufferevent *conn_new(struct event_base *base, void *server);
/// The connection is in another state from now on.
void conn_enter(struct server *s, struct evhttp_request *http, enum conn_state state);
/// Forgets connections that are gone, ends those that take too long, keeps streams alive.
void conn_sweep(void *server);
void conn_free_all(struct server *s);

/// Answers a request of evhttp's, by its route or with a refusal.
void server_on_request(struct evhttp_request *http, void *server);

/// Does the request name this server, and bring the token if there is one? If not, the reply says
/// so; or it takes a token in an address that was opened into a cookie.
bool server_may_ask(struct server_request *q, struct server_reply *reply);
/// Does the write come from a page of ours, not from a form or a script of another site? If not,
/// the reply says so.
bool server_may_write(const struct server_request *q, struct server_reply *reply);

/// Makes the reply an error with this status, in JSON; `why` needs no escapes.
void server_refuse(struct server_reply *reply, int status, const char *why);
/// Sends a reply. What it holds stays the caller's.
void server_deliver(struct server_request *q, struct server_reply *reply);
/// Headers that every reply has.
void server_add_headers(struct evhttp_request *http);

void stream_keep_alive(struct server *s);
void stream_close_all(struct server *s);
void later_close_all(struct server *s);
