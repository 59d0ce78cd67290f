#pragma once
// An HTTP server on the loop: bytes and status only. What it serves is a fixed table of routes; it
// never turns a path into a file name. libevent's evhttp speaks HTTP; this room adds what evhttp
// leaves to its users: a check of Host (DNS rebinding), an optional token, the origin of writes,
// limits on connections, on the time that a request or reply may take and on what waits to be
// sent, and event streams (SSE) that are kept alive and dropped when they read too slowly.
//
// One thread, on a loop; created from and freed before it. Callbacks run on the loop and must not
// free the server. Requests and replies are borrowed during the callback.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct loop;
struct server;
struct server_later;
struct server_request;
struct server_stream;

enum { SERVER_MAX_PARTS = 8 };

enum server_method { SERVER_GET = 1, SERVER_POST = 2 }; // a HEAD is a GET without its body

/// What a callback answers. It starts as 200 without a body; the server releases `body`.
struct server_reply {
    int status;
    const char *type; // Content-Type; borrowed until the callback returned; NULL: JSON
    struct buf body;
    struct view lasting;     // instead of `body`: bytes that live as long as the server; not copied
    const char *etag;        // a strong validator without quotes, or NULL; turns into 304 by itself
    char *location;          // Location of a redirect, or NULL; the server frees it
    const char *retry_after; // Retry-After, or NULL; borrowed as `type` is
};

typedef void (*server_fn)(void *user, struct server_request *request, struct server_reply *reply);

/// A route. `*` in a pattern stands for one part between slashes: "/api/v1/runs/*/steps".
/// Parts are percent-decoded; one that then holds a slash or a zero byte matches nothing.
struct server_route {
    unsigned methods; // enum server_method
    const char *pattern;
    server_fn fn;
};

struct server_config {
    const char *address; // to listen on; NULL: 127.0.0.1
    int port;            // 0: any that is free
    /// If set, every request must bring it: as `Authorization: Bearer TOKEN`, as a cookie, or once
    /// as ?token=TOKEN, which sets the cookie and redirects. Without one, the Host header must name
    /// this machine's loopback.
    const char *token;
    const struct server_route *routes; // must outlive the server
    size_t route_count;
    server_fn not_found;   // answers a GET of what no route has; NULL: a refusal in JSON
    void *user;            // given to the routes
    int request_ms;        // a whole request must arrive within this time; 0: 15 s
    int reply_ms;          // a whole reply must be taken within this time; 0: 60 s
    int keep_alive_ms;     // between comments on a quiet stream; 0: 15 s
    size_t max_streams;    // open event streams; 0: 512. The next gets 503
    size_t max_waiting;    // connections beside the streams; 0: 256
    size_t stream_backlog; // bytes a stream may lag behind before it is dropped; 0: 256 KiB
    size_t send_budget;    // bytes that may wait to be sent in all; 0: 64 MiB. Then 503
    size_t max_body;       // bytes of a request's body; 0: 64 KiB. More gets 413
    /// Programs write here, not pages: POST is taken without an Origin, which browsers alone send,
    /// and with any content type.
    bool for_programs;
};

/// Listens. Errors: the address is wrong, or the port is taken.
struct server *server_new(struct loop *loop, const struct server_config *config,
                          struct err *err) NODISCARD;
void server_free(struct server *s); // NULL is fine
int server_port(const struct server *s);
/// How many connections and streams are open.
size_t server_connections(const struct server *s);
size_t server_streams(const struct server *s);

// ---- The request.

enum server_method server_method(const struct server_request *q);
const char *server_path(const struct server_request *q); // as it was sent, without the query
/// The i-th `*` of the route, decoded; i must be below the number of `*`s.
const char *server_part(const struct server_request *q, size_t i);
/// A query parameter, decoded, or NULL. Borrowed from the request.
const char *server_query(const struct server_request *q, const char *name);
/// The query as sent, "" if none.
const char *server_query_text(const struct server_request *q);
struct view server_body(const struct server_request *q);
/// A header, or NULL; case does not matter.
const char *server_header(const struct server_request *q, const char *name);

// ---- Event streams.

/// Called once when the stream has ended for any reason but server_stream_end and _close.
typedef void (*server_closed_fn)(void *user);

/// Turns the reply to this request into an event stream; call it from a route, then leave the reply
/// alone. NULL if there are too many; then answer 503.
struct server_stream *server_stream_open(struct server_request *q, server_closed_fn closed,
                                         void *user);
/// Sends one event; data must be one line. name: NULL for "message"; id: below 0 for none. May end
/// the stream (and call `closed`) if the reader is too slow: false then.
bool server_stream_send(struct server_stream *stream, const char *name, int64_t id,
                        struct view data);
/// Ends it once what was sent is read; unlike server_stream_close, which drops what waits.
void server_stream_end(struct server_stream *stream);
void server_stream_close(struct server_stream *stream); // NULL is fine

// ---- Replies that take a while.

/// Puts off the reply to this request; call it from a route, then leave the reply alone. `closed`
/// is called if the one who asked is gone before the reply: the handle ends with it. Whoever keeps
/// the handle answers it in the end; the server sets no limit of time.
struct server_later *server_later_new(struct server_request *q, server_closed_fn closed,
                                      void *user) NODISCARD;
/// Sends the reply, and ends the handle. Releases what the reply holds. Starts as the reply of a
/// route does: {.status = 200}.
void server_later_reply(struct server_later *later, struct server_reply *reply);

// Instead of a reply, for a server that is to go wrong on purpose:

/// Writes bytes as they are, as many as the kernel takes at once, and returns how many. End with
/// one of the two below.
size_t server_later_write(struct server_later *later, struct view bytes);
/// Closes the connection after what was written, and ends the handle.
void server_later_close(struct server_later *later);
/// Breaks the connection, so that the peer gets a reset, and ends the handle.
void server_later_reset(struct server_later *later);
