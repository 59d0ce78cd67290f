#include "net/server_impl.h"

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/http.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "net/loop.h"

struct server_stream {
    TAILQ_ENTRY(server_stream) next;
    struct server *server;
    struct evhttp_request *http;
    server_closed_fn closed;
    void *user;
    int64_t sent_ms;
};

static void forget(struct server_stream *stream)
{
    TAILQ_REMOVE(&stream->server->streams, stream, next);
    stream->server->stream_count--;
    free(stream);
}

static void tell_and_forget(struct server_stream *stream)
{
    server_closed_fn closed = stream->closed;
    void *user = stream->user;

    forget(stream);
    closed(user);
}

// The peer is gone. evhttp has taken the request off the connection by then and leaves it to us;
// ending the reply of such a request frees it.
static void peer_left(struct evhttp_connection *evcon, void *user)
{
    struct server_stream *stream = user;
    struct evhttp_request *http = stream->http;

    (void)evcon;
    tell_and_forget(stream);
    if (evhttp_request_get_connection(http) == NULL)
        evhttp_send_reply_end(http);
}

struct server_stream *server_stream_open(struct server_request *q, server_closed_fn closed,
                                         void *user)
{
    struct server *s = q->server;
    struct evhttp_connection *evcon = evhttp_request_get_connection(q->http);
    struct server_stream *stream = NULL;

    if (s->stream_count >= s->config.max_streams || q->is_head || evcon == NULL)
        return NULL;
    stream = mem_calloc(1, sizeof(*stream));
    stream->server = s;
    stream->http = q->http;
    stream->closed = closed;
    stream->user = user;
    stream->sent_ms = loop_now_ms(s->loop);
    TAILQ_INSERT_TAIL(&s->streams, stream, next);
    s->stream_count++;
    q->taken = true;

    struct evkeyvalq *headers = evhttp_request_get_output_headers(q->http);
    server_add_headers(q->http);
    evhttp_add_header(headers, "Content-Type", "text/event-stream");
    evhttp_add_header(headers, "Cache-Control", "no-store");
    evhttp_connection_set_timeout(evcon, 0); // else evhttp ends a quiet stream
    evhttp_connection_set_closecb(evcon, peer_left, stream);
    conn_enter(s, q->http, CONN_STREAMING);
    evhttp_send_reply_start(q->http, 200, "OK");
    return stream;
}

// Ends the connection without waiting for a reader that may never read.
static void cut(struct server_stream *stream)
{
    struct evhttp_connection *evcon = evhttp_request_get_connection(stream->http);

    if (evcon == NULL)
        return;
    evhttp_connection_set_closecb(evcon, NULL, NULL);
    evhttp_connection_free(evcon);
}

static bool lags(const struct server_stream *stream)
{
    struct evhttp_connection *evcon = evhttp_request_get_connection(stream->http);
    struct bufferevent *bev = evcon == NULL ? NULL : evhttp_connection_get_bufferevent(evcon);

    return bev == NULL ||
           evbuffer_get_length(bufferevent_get_output(bev)) > stream->server->config.stream_backlog;
}

static bool send_text(struct server_stream *stream, const struct buf *text)
{
    struct evbuffer *out = NULL;

    if (lags(stream)) {
        cut(stream);
        tell_and_forget(stream);
        return false;
    }
    out = evbuffer_new();
    if (out == NULL || evbuffer_add(out, text->data, text->len) != 0)
        abort(); // out of memory, as in base/mem.c
    evhttp_send_reply_chunk(stream->http, out);
    evbuffer_free(out);
    stream->sent_ms = loop_now_ms(stream->server->loop);
    return true;
}

bool server_stream_send(struct server_stream *stream, const char *name, int64_t id,
                        struct view data)
{
    struct buf text = { 0 };
    bool ok = false;

    if (id >= 0)
        buf_addf(&text, "id: %" PRId64 "\n", id);
    if (name != NULL)
        buf_addf(&text, "event: %s\n", name);
    buf_add_str(&text, "data: ");
    buf_add_view(&text, data);
    buf_add_str(&text, "\n\n");
    ok = send_text(stream, &text);
    buf_fini(&text);
    return ok;
}

void server_stream_end(struct server_stream *stream)
{
    struct evhttp_request *http = stream->http;
    struct evhttp_connection *evcon = evhttp_request_get_connection(http);

    if (evcon != NULL)
        evhttp_connection_set_closecb(evcon, NULL, NULL);
    conn_enter(stream->server, http, CONN_WAITING); // for the next request
    forget(stream);
    evhttp_send_reply_end(http);
}

void server_stream_close(struct server_stream *stream)
{
    if (stream == NULL)
        return;
    cut(stream);
    forget(stream);
}

void stream_keep_alive(struct server *s)
{
    int64_t now = loop_now_ms(s->loop);
    struct buf comment = { 0 };

    buf_add_str(&comment, ": still here\n\n");
    for (struct server_stream *stream = TAILQ_FIRST(&s->streams), *after = NULL; stream != NULL;
         stream = after) {
        after = TAILQ_NEXT(stream, next);
        if (now - stream->sent_ms >= s->config.keep_alive_ms)
            (void)send_text(stream, &comment);
    }
    buf_fini(&comment);
}

void stream_close_all(struct server *s)
{
    while (!TAILQ_EMPTY(&s->streams)) {
        struct server_stream *stream = TAILQ_FIRST(&s->streams);
        cut(stream);
        tell_and_forget(stream);
    }
}
