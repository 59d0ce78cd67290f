// What an error of a server means. OpenAI: {"error": {message, type, param, code}}; Gemini:
// {"error": {code, message, status, details}}, sometimes in a list; FastAPI: {"detail": ...}; vLLM:
// {"object": "error", message, type, param, code}.

#include "model/wire_impl.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct words { // of an error, lower case or as they came; "" if absent
    struct view message, type, code, param;
    const struct json *details;
};

static bool has(struct view text, const char *part)
{
    size_t len = strlen(part);

    for (size_t i = 0; i + len <= text.len; i++) {
        if (strncasecmp(text.data + i, part, len) == 0)
            return true;
    }
    return false;
}

static bool any_has(const struct words *w, const char *part)
{
    return has(w->message, part) || has(w->type, part) || has(w->code, part) || has(w->param, part);
}

static struct words words_of(const struct json *doc, struct view body)
{
    const struct json *error =
        doc != NULL && json_type(doc) == JSON_ARRAY ? wire_children(doc) : doc;
    struct words w = { .message = body };
    const struct json *inner = json_get(error, "error");

    if (inner != NULL)
        error = inner;
    if (error != NULL && json_type(error) == JSON_STRING) {
        w.message = json_string(error);
        return w;
    }
    if (wire_text(error, "message").len > 0)
        w.message = wire_text(error, "message");
    else if (wire_text(error, "detail").len > 0)
        w.message = wire_text(error, "detail");
    w.type =
        wire_text(error, "type").len > 0 ? wire_text(error, "type") : wire_text(error, "status");
    w.code = wire_text(error, "code");
    w.param = wire_text(error, "param");
    w.details = json_get(error, "details");
    return w;
}

// {"@type": ".../google.rpc.RetryInfo", "retryDelay": "13.5s"}
static int64_t retry_delay(const struct json *details)
{
    for (const struct json *d = wire_children(details); d != NULL; d = json_next(d)) {
        struct view delay = wire_text(d, "retryDelay");
        double s = delay.len > 0 ? strtod(delay.data, NULL) : -1;
        if (s >= 0 && s < 1e6)
            return (int64_t)(s * 1000);
    }
    return -1;
}

// A limit of the day does not go away by waiting a minute.
static bool is_daily(const struct json *details)
{
    for (const struct json *d = wire_children(details); d != NULL; d = json_next(d)) {
        const struct json *v = wire_children(json_get(d, "violations"));
        for (; v != NULL; v = json_next(v)) {
            if (has(wire_text(v, "quotaId"), "PerDay"))
                return true;
        }
    }
    return false;
}

static bool is_quota(int status, const struct words *w)
{
    return status == 402 || any_has(w, "insufficient_quota") || any_has(w, "billing_hard_limit") ||
           any_has(w, "billing_not_active") || any_has(w, "insufficient credits") ||
           any_has(w, "insufficient balance") || (status == 429 && is_daily(w->details));
}

static bool is_key(int status, const struct words *w)
{
    if (status == 401 || status == 403)
        return true;
    for (const struct json *d = wire_children(w->details); d != NULL; d = json_next(d)) {
        if (has(wire_text(d, "reason"), "API_KEY"))
            return true;
    }
    return status == 400 && (has(w->message, "api key not valid") ||
                             has(w->message, "api key expired") || has(w->code, "invalid_api_key"));
}

static bool is_filter(const struct words *w)
{
    return any_has(w, "content_filter") || any_has(w, "content_policy") ||
           any_has(w, "content management policy") || has(w->message, "was flagged");
}

static bool is_too_long(const struct words *w)
{
    return any_has(w, "context_length") || has(w->message, "context length") ||
           has(w->message, "context size") ||
           has(w->message, "exceeds the maximum number of tokens");
}

static bool says_unsupported(const struct words *w)
{
    static const char *const signs[] = { "unsupported",   "not support", "n't support",
                                         "not allowed",   "unknown",     "unrecognized",
                                         "not permitted", "invalid",     "extra inputs",
                                         "unexpected" };

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (any_has(w, signs[i]))
            return true;
    }
    return false;
}

// The field of the request that a 400 objects to and that can be left out; NULL: none.
static const char *unsupported_field(const struct words *w)
{
    static const char *const formats[] = { "response_format",    "json_schema",
                                           "json_object",        "response_schema",
                                           "responseSchema",     "responseMimeType",
                                           "response_mime_type", "json mode",
                                           "structured output",  "guided" };
    static const char *const fields[] = { "temperature", "seed" };

    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (has(w->param, formats[i]) || has(w->message, formats[i]))
            return "response_format";
    }
    if (has(w->message, "max_completion_tokens") || view_equal(w->param, view_of("max_tokens")))
        return "max_tokens";
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (view_equal(w->param, view_of(fields[i])) ||
            (has(w->message, fields[i]) && says_unsupported(w)))
            return fields[i];
    }
    return NULL;
}

static enum wire_outcome outcome_of(int status, const struct words *w, struct buf *field)
{
    const char *unsupported = NULL;

    if (is_quota(status, w))
        return WIRE_QUOTA;
    if (status >= 400 && status < 500 && is_filter(w))
        return WIRE_REFUSED;
    if (is_key(status, w))
        return WIRE_KEY;
    if (status < 400 || status == 404 || status == 405)
        return WIRE_MODEL;
    if (status == 408 || status == 409 || status == 425 || status == 429)
        return WIRE_BUSY;
    if (status >= 500)
        return status == 501 ? WIRE_REQUEST : WIRE_BUSY;
    if ((status == 400 || status == 422) && !is_too_long(w)) {
        unsupported = unsupported_field(w);
        if (unsupported != NULL) {
            buf_add_str(field, unsupported);
            return WIRE_UNSUPPORTED;
        }
    }
    return WIRE_REQUEST;
}

void wire_read_error(int status, const struct json *doc, struct view body, struct wire_reply *out)
{
    struct words w = words_of(doc, body);

    out->outcome = outcome_of(status, &w, &out->field);
    out->retry_ms = retry_delay(w.details);
    buf_clear(&out->message);
    buf_addf(&out->message, "HTTP %d", status);
    if (w.message.len > 0) {
        buf_add_str(&out->message, ": ");
        buf_add_view(&out->message, w.message);
    }
}
