// Servers that stream although nobody asked them to: an error may hide in the middle of a stream
// whose status was 200.

#include "model/wire_impl.h"

#include <string.h>

bool wire_is_stream(const char *content_type, struct view body)
{
    return strcasestr(content_type, "text/event-stream") != NULL || view_starts(body, "data:");
}

struct assembly {
    struct buf text, finish, usage;
    bool done;
};

static void add_event(struct assembly *a, const struct json *event)
{
    const struct json *choice = wire_children(json_get(event, "choices"));
    const struct json *part = json_get(choice, "delta");
    const struct json *usage = json_get(event, "usage");
    struct view finish = wire_text(choice, "finish_reason");

    buf_add_view(&a->text, wire_text(part != NULL ? part : json_get(choice, "message"), "content"));
    if (finish.len > 0) {
        buf_clear(&a->finish);
        buf_add_view(&a->finish, finish);
    }
    if (usage != NULL && json_type(usage) == JSON_OBJECT) {
        buf_clear(&a->usage);
        json_add_canonical(&a->usage, usage);
    }
}

// One "data:" line. False: the stream ends with an error.
static bool read_line(struct assembly *a, struct view line, struct wire_reply *out)
{
    struct err err = { { 0 } };
    const struct json *error = NULL;
    struct json *event = NULL;
    bool ok = true;

    while (line.len > 0 && *line.data == ' ') {
        line.data++;
        line.len--;
    }
    if (view_equal(line, view_of("[DONE]"))) {
        a->done = true;
        return true;
    }
    event = json_parse(line, &err);
    error = json_get(event, "error");
    if (event == NULL) {
        wire_fail(out, WIRE_BROKEN, "an event of the stream is not JSON: %s", err.text);
        ok = false;
    } else if (error != NULL && json_type(error) != JSON_NULL) {
        int64_t code = json_type(error) == JSON_OBJECT ? wire_int(error, "code") : -1;
        wire_read_error(code >= 400 && code <= 599 ? (int)code : 500, event, line, out);
        ok = false;
    } else {
        add_event(a, event);
    }
    json_free(event);
    return ok;
}

bool wire_unstream(struct view body, struct buf *completion, struct wire_reply *out)
{
    struct assembly a = { 0 };
    bool ok = true;

    for (size_t at = 0; at < body.len && ok;) {
        const char *end = memchr(body.data + at, '\n', body.len - at);
        size_t len = end != NULL ? (size_t)(end - body.data) - at : body.len - at;
        struct view line = { body.data + at, len };
        at += len + 1;
        if (line.len > 0 && line.data[line.len - 1] == '\r')
            line.len--;
        if (view_starts(line, "data:"))
            ok = read_line(&a, (struct view){ line.data + 5, line.len - 5 }, out);
    }
    if (ok && !a.done && a.finish.len == 0) {
        wire_fail(out, WIRE_BROKEN, "the stream ends in the middle of the answer");
        ok = false;
    }
    if (ok) {
        buf_add_str(completion, "{\"choices\":[{\"message\":{\"content\":");
        json_add_string(completion, buf_view(&a.text));
        buf_add_str(completion, "},\"finish_reason\":");
        json_add_string(completion, a.finish.len > 0 ? buf_view(&a.finish) : view_of("stop"));
        buf_addf(completion, "}],\"usage\":%s}", a.usage.len > 0 ? buf_str(&a.usage) : "null");
    }
    buf_fini(&a.text);
    buf_fini(&a.finish);
    buf_fini(&a.usage);
    return ok;
}
