#include "mock/answer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "script/script.h"
#include "script/value.h"
#include "text/json.h"
#include "text/utf8.h"

// ---- Reading

static bool read_seed(const struct json *ours, uint64_t *seed, struct err *err)
{
    struct view text = { NULL, 0 };
    char *end = NULL;

    if (!json_want_string(ours, "seed", &text, err))
        return err_wrap(err, "`propersim`");
    errno = 0;
    *seed = strtoull(text.data, &end, 10);
    if (errno != 0 || end == text.data || *end != '\0')
        return err_set(err, "`propersim.seed` must be a whole number, as text");
    return true;
}

// Of ours, what names the question: a repair request is the same question in other words.
static uint64_t key_of(const struct mock_request *r, struct view body)
{
    uint64_t key = hash64_add(HASH64_START, r->model.data, r->model.len);
    struct buf text = { 0 };

    if (r->ours == NULL)
        return hash64_add(key, body.data, body.len);
    json_add_canonical(&text, r->ours);
    key = hash64_add(key, text.data, text.len);
    buf_fini(&text);
    return key;
}

static bool is_true(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, key);

    return v != NULL && json_type(v) == JSON_BOOL && json_bool(v);
}

static bool read_document(struct mock_request *r, struct view body, struct err *err)
{
    const struct json *format = json_get(r->doc, "encoding_format");

    if (json_type(r->doc) != JSON_OBJECT)
        return err_set(err, "the body must be a JSON object");
    if (!json_want_string(r->doc, "model", &r->model, err))
        return false;
    r->stream = is_true(r->doc, "stream");
    r->base64 = format != NULL && json_type(format) == JSON_STRING &&
                view_equal(json_string(format), view_of("base64"));
    r->ours = json_get(r->doc, "propersim");
    if (r->ours != NULL && (!json_want_string(r->ours, "prompt", &r->prompt, err) ||
                            !read_seed(r->ours, &r->seed, err)))
        return false;
    r->key = key_of(r, body);
    return true;
}

bool mock_read(struct view body, bool embeddings, struct mock_request *out, struct err *err)
{
    struct mock_request r = { .embeddings = embeddings };
    const struct json *messages = NULL;

    r.doc = json_parse(body, err);
    if (r.doc == NULL)
        return err_wrap(err, "the body is no JSON");
    if (read_document(&r, body, err) &&
        (embeddings || json_want_array(r.doc, "messages", &messages, err))) {
        *out = r;
        return true;
    }
    json_free(r.doc);
    return false;
}

// ---- What is said

struct saying {
    struct view body;
    uint64_t seed;
    struct buf *out;
};

static int push(struct lua_State *L, void *user)
{
    const struct saying *s = user;

    value_push_text(L, s->body);
    value_push_rng(L, s->seed);
    return 2;
}

static bool read_saying(struct lua_State *L, int count, void *user, struct err *err)
{
    struct saying *s = user;
    struct view text = { NULL, 0 };

    if (count == 2 && value_is_nil(L, 1) && value_read_text(L, 2, &text, err))
        return err_set(err, "%.*s", (int)text.len, text.data);
    if (!value_read_text(L, 1, &text, err))
        return false;
    buf_add_view(s->out, text);
    return true;
}

bool mock_say(struct script *s, const struct mock_request *r, struct view body, struct buf *out,
              struct err *err)
{
    struct saying saying = { .body = body, .seed = r->ours != NULL ? r->seed : r->key, .out = out };

    return script_call(s, "propersim.mock", "chat", push, read_saying, &saying, err);
}

// ---- Replies

static size_t tokens_of(size_t bytes)
{
    return bytes / 4 + 1;
}

static size_t prompt_tokens(const struct mock_request *r)
{
    size_t tokens = 0;

    for (const struct json *m = json_first(json_get(r->doc, "messages")); m != NULL;
         m = json_next(m)) {
        const struct json *content = json_get(m, "content");
        if (content != NULL && json_type(content) == JSON_STRING)
            tokens += tokens_of(json_string(content).len);
    }
    return tokens;
}

static void add_head(const struct mock_request *r, const char *object, uint64_t number,
                     struct buf *out)
{
    buf_addf(out,
             "{\"id\":\"chatcmpl-mock-%" PRIu64 "\",\"object\":\"%s\",\"created\":0,\"model\":",
             number, object);
    json_add_string(out, r->model);
}

static void add_usage(size_t in, size_t made, struct buf *out)
{
    buf_addf(out,
             ",\"usage\":{\"prompt_tokens\":%zu,\"completion_tokens\":%zu,\"total_tokens\":%zu,"
             "\"prompt_tokens_details\":{\"cached_tokens\":0}}",
             in, made, in + made);
}

void mock_add_chat(const struct mock_request *r, struct view text, enum fault fault,
                   uint64_t number, struct buf *out)
{
    const char *finish = fault == FAULT_LENGTH ? "length" : "stop";

    if (fault == FAULT_LENGTH)
        text = utf8_cut(text, text.len / 2);
    if (fault == FAULT_SCHEMA)
        text = view_of("{\"mock\": \"this is not what you asked for\"}");
    add_head(r, "chat.completion", number, out);
    buf_add_str(out, ",\"choices\":[");
    if (fault != FAULT_EMPTY) {
        buf_add_str(out, "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":");
        if (fault == FAULT_REFUSAL)
            buf_add_str(out, "null,\"refusal\":\"I cannot help with that.\"");
        else
            json_add_string(out, text);
        buf_addf(out, "},\"logprobs\":null,\"finish_reason\":\"%s\"}", finish);
    }
    buf_add_char(out, ']');
    add_usage(prompt_tokens(r), tokens_of(text.len), out);
    buf_add_char(out, '}');
}

void mock_add_stream(const struct mock_request *r, struct view text, uint64_t number,
                     struct buf *out)
{
    buf_add_str(out, "data: ");
    add_head(r, "chat.completion.chunk", number, out);
    buf_add_str(out, ",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":");
    json_add_string(out, text);
    buf_add_str(out, "},\"finish_reason\":null}]}\n\ndata: ");
    add_head(r, "chat.completion.chunk", number, out);
    buf_add_str(out, ",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
    add_usage(prompt_tokens(r), tokens_of(text.len), out);
    buf_add_str(out, "}\n\ndata: [DONE]\n\n");
}

void mock_add_error(const char *type, const char *message, struct buf *out)
{
    buf_add_str(out, "{\"error\":{\"message\":");
    json_add_string(out, view_of(message));
    buf_addf(out, ",\"type\":\"%s\",\"param\":null,\"code\":null}}", type);
}
