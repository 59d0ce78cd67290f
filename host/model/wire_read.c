// What a server says, good or bad, in OpenAI's words.

#include "model/wire_impl.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/utf8.h"

enum { MESSAGE_MAX_BYTES = 500 };

const struct json *wire_children(const struct json *v)
{
    return v != NULL && (json_type(v) == JSON_ARRAY || json_type(v) == JSON_OBJECT) ? json_first(v)
                                                                                    : NULL;
}

struct view wire_text(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return value != NULL && json_type(value) == JSON_STRING ? json_string(value)
                                                            : (struct view){ "", 0 };
}

int64_t wire_int(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);
    double n = value != NULL && json_type(value) == JSON_NUMBER ? json_number(value) : -1;

    return n >= 0 && n < 9e15 ? (int64_t)n : -1;
}

void wire_fail(struct wire_reply *out, enum wire_outcome outcome, const char *fmt, ...)
{
    char text[1024];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    out->outcome = outcome;
    buf_clear(&out->message);
    buf_add_str(&out->message, text);
}

void wire_finish(const struct endpoint *e, struct wire_reply *out)
{
    struct view cut;

    endpoint_scrub(e, &out->text);
    endpoint_scrub(e, &out->message); // before it is cut: half a key must not stay either
    utf8_sanitize(&out->message);
    cut = utf8_cut(buf_view(&out->message), MESSAGE_MAX_BYTES);
    out->message.len = cut.len;
    for (size_t i = 0; i < out->message.len; i++) {
        if ((unsigned char)out->message.data[i] < 0x20 || out->message.data[i] == 0x7f)
            out->message.data[i] = ' ';
    }
    if (out->message.data != NULL)
        out->message.data[out->message.len] = '\0';
}

static bool is_html(const char *content_type, struct view body)
{
    size_t i = 0;

    while (i < body.len && (body.data[i] == ' ' || body.data[i] == '\n' || body.data[i] == '\r' ||
                            body.data[i] == '\t'))
        i++;
    return strcasestr(content_type, "text/html") != NULL || (i < body.len && body.data[i] == '<');
}

// An error inside of an answer with status 200: what status would have said it?
static int status_of_error(const struct json *error)
{
    int64_t code = json_type(error) == JSON_OBJECT ? wire_int(error, "code") : -1;

    return code >= 400 && code <= 599 ? (int)code : 500;
}

static struct json *read_success(const char *content_type, struct view body, struct wire_reply *out)
{
    struct buf completion = { 0 };
    struct err err = { { 0 } };
    const struct json *error = NULL;
    struct json *doc = NULL;

    if (wire_is_stream(content_type, body)) {
        if (!wire_unstream(body, &completion, out))
            goto done;
        body = buf_view(&completion);
    } else if (is_html(content_type, body)) {
        wire_fail(out, WIRE_BROKEN,
                  "a page of HTML instead of an answer; is the URL that of the "
                  "API?");
        goto done;
    }
    doc = json_parse(body, &err);
    if (doc == NULL) {
        wire_fail(out, WIRE_BROKEN, "not JSON: %s", err.text);
        goto done;
    }
    error = json_get(doc, "error");
    if (error != NULL && json_type(error) != JSON_NULL) {
        wire_read_error(status_of_error(error), doc, body, out);
        json_free(doc);
        doc = NULL;
    }
done:
    buf_fini(&completion);
    return doc;
}

struct json *wire_document(const struct endpoint *e, int status, const char *content_type,
                           struct view body, struct wire_reply *out)
{
    struct err err = { { 0 } };
    struct json *doc = NULL;

    (void)e;
    if (status >= 200 && status <= 299)
        return read_success(content_type, body, out);
    if (!is_html(content_type, body))
        doc = json_parse(body, &err); // errors come as anything
    wire_read_error(status, doc, is_html(content_type, body) ? (struct view){ "", 0 } : body, out);
    json_free(doc);
    return NULL;
}

static void read_content(const struct json *message, struct buf *out)
{
    const struct json *content = json_get(message, "content");

    if (content == NULL)
        return;
    if (json_type(content) == JSON_STRING)
        buf_add_view(out, json_string(content));
    else if (json_type(content) == JSON_ARRAY)
        for (const struct json *p = json_first(content); p != NULL; p = json_next(p))
            buf_add_view(out, wire_text(p, "text"));
}

static void read_usage(const struct json *usage, struct wire_reply *out)
{
    out->tokens_in = wire_int(usage, "prompt_tokens");
    out->tokens_out = wire_int(usage, "completion_tokens");
    out->tokens_cached = wire_int(json_get(usage, "prompt_tokens_details"), "cached_tokens");
}

static void read_completion(const struct json *doc, struct wire_reply *out)
{
    const struct json *choice = wire_children(json_get(doc, "choices"));
    const struct json *message = json_get(choice, "message");
    struct view finish = wire_text(choice, "finish_reason"),
                refusal = wire_text(message, "refusal");

    read_usage(json_get(doc, "usage"), out);
    read_content(message, &out->text);
    if (choice == NULL)
        wire_fail(out, WIRE_EMPTY, "the answer holds no choice");
    else if (refusal.len > 0)
        wire_fail(out, WIRE_REFUSED, "the model declined: %.*s", (int)refusal.len, refusal.data);
    else if (view_equal(finish, view_of("content_filter")))
        wire_fail(out, WIRE_REFUSED, "a content filter stopped the answer");
    else if (view_equal(finish, view_of("length")))
        wire_fail(out, WIRE_LENGTH, "the answer was cut off at the token limit");
    else if (view_equal(finish, view_of("error")))
        wire_fail(out, WIRE_BROKEN, "the server broke the answer off");
    else if (out->text.len == 0)
        wire_fail(out, WIRE_EMPTY, "the answer holds no text");
    else
        out->outcome = WIRE_ANSWER;
}

void wire_read_chat(const struct endpoint *e, int status, const char *content_type,
                    struct view body, struct wire_reply *out)
{
    struct json *doc = NULL;

    *out = (struct wire_reply){
        .tokens_in = -1, .tokens_out = -1, .tokens_cached = -1, .retry_ms = -1
    };
    doc = wire_document(e, status, content_type, body, out);
    if (doc != NULL && e->kind == ENDPOINT_GEMINI)
        wire_gemini_read(e, doc, out);
    else if (doc != NULL && e->kind == ENDPOINT_EXEC)
        wire_exec_read(doc, out);
    else if (doc != NULL)
        read_completion(doc, out);
    json_free(doc);
    wire_finish(e, out);
}
