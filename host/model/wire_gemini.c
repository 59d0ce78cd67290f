// Gemini's native API: generateContent.

#include "model/wire_impl.h"

#include <string.h>

static void add_parts(struct view text, struct view more, struct buf *out)
{
    struct buf all = { 0 };

    buf_add_view(&all, text);
    buf_add_view(&all, more);
    buf_add_str(out, "\"parts\":[{\"text\":");
    json_add_string(out, buf_view(&all));
    buf_add_str(out, "}]}");
    buf_fini(&all);
}

static void add_generation(const struct endpoint *e, const struct wire_question *q,
                           const struct wire_mode *mode, struct buf *out)
{
    wire_add_key(out, "generationConfig");
    buf_add_char(out, '{');
    if (e->has_temperature && !mode->no_temperature) {
        wire_add_key(out, "temperature");
        json_add_number(out, e->temperature);
    }
    if (e->max_tokens > 0 && !mode->no_max_tokens) {
        wire_add_key(out, "maxOutputTokens");
        json_add_number(out, (double)e->max_tokens);
    }
    if (e->has_seed && !mode->no_seed) {
        wire_add_key(out, "seed");
        json_add_number(out, (double)wire_seed(e, q));
    }
    if (q->schema != NULL && mode->structured != STRUCTURED_PLAIN) {
        wire_add_key(out, "responseMimeType");
        buf_add_str(out, "\"application/json\"");
        if (mode->structured == STRUCTURED_SCHEMA) {
            wire_add_key(out, "responseSchema");
            wire_schema_gemini(q->schema, out);
        }
    }
    buf_add_char(out, '}');
}

// The first message is the system's instruction if it is one and not the only one; a later system
// message is said by the user, since the API knows no other place for it.
void wire_gemini_chat(const struct endpoint *e, const struct wire_question *q,
                      const struct wire_mode *mode, struct buf *out)
{
    struct buf words = { 0 };
    size_t first = q->message_count > 1 && q->messages[0].role == WIRE_SYSTEM ? 1 : 0;

    if (q->schema != NULL && mode->structured != STRUCTURED_SCHEMA)
        wire_schema_words(q->schema, &words);
    buf_add_char(out, '{');
    if (first == 1) {
        wire_add_key(out, "systemInstruction");
        buf_add_char(out, '{');
        add_parts(q->messages[0].text, (struct view){ NULL, 0 }, out);
    }
    wire_add_key(out, "contents");
    buf_add_char(out, '[');
    for (size_t i = first; i < q->message_count; i++) {
        bool model = q->messages[i].role == WIRE_ASSISTANT;
        buf_addf(out, "%s{\"role\":\"%s\",", i > first ? "," : "", model ? "model" : "user");
        add_parts(q->messages[i].text,
                  i + 1 == q->message_count ? buf_view(&words) : (struct view){ NULL, 0 }, out);
    }
    buf_add_char(out, ']');
    add_generation(e, q, mode, out);
    wire_add_extra(e, out);
    wire_add_mock(e, q, out);
    buf_add_char(out, '}');
    buf_fini(&words);
}

static bool is_one_of(struct view word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (view_equal(word, view_of(list[i])))
            return true;
    }
    return false;
}

static void read_usage(const struct json *usage, struct wire_reply *out)
{
    int64_t thoughts = wire_int(usage, "thoughtsTokenCount");

    out->tokens_in = wire_int(usage, "promptTokenCount");
    out->tokens_out = wire_int(usage, "candidatesTokenCount");
    out->tokens_cached = wire_int(usage, "cachedContentTokenCount");
    if (thoughts > 0) // paid for as output
        out->tokens_out = thoughts + (out->tokens_out > 0 ? out->tokens_out : 0);
}

void wire_gemini_read(const struct endpoint *e, const struct json *doc, struct wire_reply *out)
{
    static const char *const refusals[] = { "SAFETY",      "RECITATION",         "BLOCKLIST",
                                            "SPII",        "PROHIBITED_CONTENT", "LANGUAGE",
                                            "IMAGE_SAFETY" };
    struct view block = wire_text(json_get(doc, "promptFeedback"), "blockReason"), finish;
    const struct json *candidate = wire_children(json_get(doc, "candidates"));
    const struct json *parts = json_get(json_get(candidate, "content"), "parts");

    (void)e;
    read_usage(json_get(doc, "usageMetadata"), out);
    if (block.len > 0) {
        wire_fail(out, WIRE_REFUSED, "the prompt was blocked: %.*s", (int)block.len, block.data);
        return;
    }
    for (const struct json *p = wire_children(parts); p != NULL; p = json_next(p)) {
        const struct json *thought = json_get(p, "thought");
        if (thought == NULL || json_type(thought) != JSON_BOOL || !json_bool(thought))
            buf_add_view(&out->text, wire_text(p, "text"));
    }
    finish = wire_text(candidate, "finishReason");
    if (is_one_of(finish, refusals, sizeof(refusals) / sizeof(refusals[0])))
        wire_fail(out, WIRE_REFUSED, "the answer was blocked: %.*s", (int)finish.len, finish.data);
    else if (view_equal(finish, view_of("MAX_TOKENS")))
        wire_fail(out, WIRE_LENGTH, "the answer was cut off at the token limit");
    else if (out->text.len == 0)
        wire_fail(out, WIRE_EMPTY, "the answer holds no text");
    else
        out->outcome = WIRE_ANSWER;
}
