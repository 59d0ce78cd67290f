#include "mock/reply.h"

static void say_busy(const struct mock_making *m, struct server_reply *reply)
{
    reply->status = 429;
    reply->retry_after = m->retry_after;
    mock_add_error("rate_limit_error", "Too many requests (a fault of this mock).", &reply->body);
}

static void say_error(struct server_reply *reply)
{
    reply->status = 500;
    mock_add_error("server_error", "The server had an error (a fault of this mock).", &reply->body);
}

static void say_html(struct server_reply *reply)
{
    reply->status = 502;
    reply->type = "text/html";
    buf_add_str(&reply->body, "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad "
                              "Gateway</h1></body></html>");
}

// The reply as bytes, for those that do not go out in one piece.
static void make_raw(struct server_reply *reply)
{
    struct buf raw = { 0 };

    buf_addf(&raw,
             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n"
             "Connection: close\r\n\r\n",
             reply->body.len);
    buf_add_view(&raw, buf_view(&reply->body));
    buf_fini(&reply->body);
    reply->body = raw;
}

// What a model says, perhaps with something wrong about it.
static bool say(const struct mock_making *m, struct server_reply *reply, struct err *err)
{
    const struct mock_request *r = m->request;
    struct buf text = { 0 };
    bool ok = false;

    if (r->embeddings)
        return mock_add_embeddings(r, &reply->body, err);
    ok = mock_say(m->script, r, m->body, &text, err);
    if (ok && r->stream && !fault_is_answer(m->fault)) {
        reply->type = "text/event-stream";
        mock_add_stream(r, buf_view(&text), m->number, &reply->body);
    } else if (ok) {
        mock_add_chat(r, buf_view(&text), m->fault, m->number, &reply->body);
    }
    buf_fini(&text);
    return ok;
}

bool mock_make_reply(const struct mock_making *m, struct server_reply *reply, struct err *err)
{
    switch (m->fault) {
    case FAULT_RESET:
    case FAULT_HANG: break;
    case FAULT_BUSY: say_busy(m, reply); break;
    case FAULT_ERROR: say_error(reply); break;
    case FAULT_NOT_JSON: buf_add_str(&reply->body, "upstream said: no answer"); break;
    case FAULT_HTML: say_html(reply); break;
    case FAULT_HALF:
    case FAULT_DRIP:
        if (!say(m, reply, err))
            return false;
        make_raw(reply);
        break;
    case FAULT_NONE:
    case FAULT_SCHEMA:
    case FAULT_REFUSAL:
    case FAULT_EMPTY:
    case FAULT_LENGTH: return say(m, reply, err);
    case FAULT_COUNT: break; // is no fault
    }
    return true;
}
