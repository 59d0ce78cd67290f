// How a reply goes out: its headers, and what evhttp leaves to us about HEAD and validators.

#include "net/server_impl.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void server_refuse(struct server_reply *reply, int status, const char *why)
{
    reply->status = status;
    buf_clear(&reply->body);
    buf_addf(&reply->body, "{\"error\":\"%s\"}", why);
}

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
