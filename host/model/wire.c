#include "model/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/wire_impl.h"

static const char *const role_names[] = {
    [WIRE_SYSTEM] = "system", [WIRE_USER] = "user", [WIRE_ASSISTANT] = "assistant"
};

int64_t wire_tokens_of(size_t bytes)
{
    return bytes < 4 ? 1 : (int64_t)(bytes / 4);
}

struct wire_mode wire_mode_start(const struct endpoint *e)
{
    bool reasoning = endpoint_is_reasoning(e);

    return (struct wire_mode){
        .structured = e->structured >= 0 ? (enum structured)e->structured : STRUCTURED_SCHEMA,
        .completion_tokens = reasoning,
        .no_temperature = reasoning,
    };
}

int64_t wire_seed(const struct endpoint *e, const struct wire_question *q)
{
    uint64_t h = hash64_u64(HASH64_START, (uint64_t)e->seed);

    h = hash64_u64(h, q->seed);
    return (int64_t)(hash64_u64(h, (uint64_t)q->draw) >> 33);
}

void wire_add_extra(const struct endpoint *e, struct buf *out)
{
    if (e->extra == NULL)
        return;
    for (const struct json *v = json_first(e->extra); v != NULL; v = json_next(v)) {
        wire_add_key(out, json_key(v));
        json_add_canonical(out, v);
    }
}

// Everything that an offline answerer, or a program, gets besides the messages. 64-bit numbers
// travel as texts.
void wire_add_mock(const struct endpoint *e, const struct wire_question *q, struct buf *out)
{
    if (!endpoint_gets_inputs(e) || q->prompt == NULL)
        return;
    wire_add_key(out, "propersim");
    buf_addf(out, "{\"draw\":%d,\"inputs\":", q->draw);
    buf_add_view(out, q->inputs.len > 0 ? q->inputs : view_of("{}"));
    wire_add_key(out, "prompt");
    json_add_string(out, view_of(q->prompt));
    buf_addf(out, ",\"seed\":\"%llu\"", (unsigned long long)q->seed);
    wire_add_key(out, "version");
    json_add_string(out, view_of(q->version != NULL ? q->version : ""));
    buf_add_char(out, '}');
}

void wire_add_messages(const struct wire_question *q, bool canonical, struct view more,
                       struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < q->message_count; i++) {
        const struct wire_message *m = &q->messages[i];
        if (i > 0)
            buf_add_char(out, ',');
        if (canonical) {
            buf_addf(out, "[\"%s\",", role_names[m->role]);
            json_add_string(out, m->text);
            buf_add_char(out, ']');
            continue;
        }
        buf_addf(out, "{\"role\":\"%s\",\"content\":", role_names[m->role]);
        if (more.len > 0 && i + 1 == q->message_count) { // the last, so that prefixes stay equal
            struct buf text = { 0 };
            buf_add_view(&text, m->text);
            buf_add_view(&text, more);
            json_add_string(out, buf_view(&text));
            buf_fini(&text);
        } else {
            json_add_string(out, m->text);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

void wire_canonical(const struct endpoint *e, const struct wire_question *q, struct buf *out)
{
    buf_add_char(out, '{'); // keys in the order of their bytes
    if (e->extra != NULL) {
        wire_add_key(out, "extra");
        json_add_canonical(out, e->extra);
    }
    wire_add_key(out, "kind");
    buf_add_str(out, "\"chat\"");
    if (e->max_tokens > 0)
        buf_addf(out, ",\"max_tokens\":%lld", (long long)e->max_tokens);
    wire_add_key(out, "messages");
    wire_add_messages(q, true, (struct view){ NULL, 0 }, out);
    wire_add_key(out, "model");
    json_add_string(out, view_of(e->model));
    wire_add_mock(e, q, out);
    if (e->reasoning_effort != NULL) {
        wire_add_key(out, "reasoning_effort");
        json_add_string(out, view_of(e->reasoning_effort));
    }
    if (e->has_seed)
        buf_addf(out, ",\"sampling_seed\":%lld", (long long)e->seed);
    if (q->schema != NULL) {
        wire_add_key(out, "schema");
        json_add_canonical(out, q->schema);
    }
    buf_addf(out, ",\"seed\":\"%llu\"", (unsigned long long)q->seed);
    if (e->has_temperature) {
        wire_add_key(out, "temperature");
        json_add_number(out, e->temperature);
    }
    buf_add_char(out, '}');
}

static void add_format(const struct wire_question *q, enum structured structured, struct buf *out)
{
    struct buf schema = { 0 };
    bool strict = false;

    switch (structured) {
    case STRUCTURED_SCHEMA:
        strict = wire_schema_openai(q->schema, &schema);
        wire_add_key(out, "response_format");
        buf_addf(out,
                 "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
                 "\"strict\":%s,\"schema\":",
                 strict ? "true" : "false");
        buf_add_view(out, buf_view(&schema));
        buf_add_str(out, "}}");
        break;
    case STRUCTURED_OBJECT:
        wire_add_key(out, "response_format");
        buf_add_str(out, "{\"type\":\"json_object\"}");
        break;
    case STRUCTURED_PLAIN: break;
    }
    buf_fini(&schema);
}

void wire_chat(const struct endpoint *e, const struct wire_question *q,
               const struct wire_mode *mode, struct buf *out)
{
    struct buf words = { 0 };

    if (e->kind == ENDPOINT_GEMINI) {
        wire_gemini_chat(e, q, mode, out);
        return;
    }
    if (e->kind == ENDPOINT_EXEC) {
        wire_exec_chat(e, q, out);
        return;
    }
    if (q->schema != NULL && mode->structured != STRUCTURED_SCHEMA)
        wire_schema_words(q->schema, &words);
    buf_add_str(out, "{\"model\":");
    json_add_string(out, view_of(e->model));
    wire_add_key(out, "messages");
    wire_add_messages(q, false, buf_view(&words), out);
    if (e->has_temperature && !mode->no_temperature) {
        wire_add_key(out, "temperature");
        json_add_number(out, e->temperature);
    }
    if (e->max_tokens > 0 && !mode->no_max_tokens)
        buf_addf(out, ",\"%s\":%lld",
                 mode->completion_tokens ? "max_completion_tokens" : "max_tokens",
                 (long long)e->max_tokens);
    if (e->has_seed && !mode->no_seed)
        buf_addf(out, ",\"seed\":%lld", (long long)wire_seed(e, q));
    if (e->reasoning_effort != NULL) {
        wire_add_key(out, "reasoning_effort");
        json_add_string(out, view_of(e->reasoning_effort));
    }
    if (q->schema != NULL)
        add_format(q, mode->structured, out);
    wire_add_extra(e, out);
    wire_add_mock(e, q, out);
    buf_add_char(out, '}');
    buf_fini(&words);
}

void wire_chat_url(const struct endpoint *e, size_t url, struct buf *out)
{
    if (e->kind == ENDPOINT_EXEC)
        buf_add_str(out, e->name);
    else if (e->kind == ENDPOINT_GEMINI)
        buf_addf(out, "%s/models/%s:generateContent", e->urls[url], e->model);
    else
        buf_addf(out, "%s/chat/completions", e->urls[url]);
}

bool wire_adapt(struct wire_mode *mode, const struct wire_mode *sent, const char *field)
{
    if (strcmp(field, "response_format") == 0) {
        if (sent->structured == STRUCTURED_PLAIN)
            return false;
        if (mode->structured <= sent->structured) // else another request found it out before
            mode->structured = sent->structured + 1;
        return true;
    }
    if (strcmp(field, "temperature") == 0 && !sent->no_temperature) {
        mode->no_temperature = true;
        return true;
    }
    if (strcmp(field, "seed") == 0 && !sent->no_seed) {
        mode->no_seed = true;
        return true;
    }
    if (strcmp(field, "max_tokens") == 0 && !sent->completion_tokens && !sent->no_max_tokens) {
        mode->completion_tokens = true;
        return true;
    }
    return false;
}

void wire_reply_fini(struct wire_reply *r)
{
    buf_fini(&r->text);
    buf_fini(&r->message);
    buf_fini(&r->field);
}
