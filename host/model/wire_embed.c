// Embeddings: OpenAI's /embeddings (numbers or base64), Gemini's batchEmbedContents, and the lines
// of programs.

#include "model/wire_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/base64.h"

enum { MAX_DIMENSIONS = 65536 };

static void add_texts(const struct view *texts, size_t count, struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_add_string(out, texts[i]);
    }
    buf_add_char(out, ']');
}

static void add_gemini(const struct endpoint *e, const struct view *texts, size_t count,
                       struct buf *out)
{
    wire_add_key(out, "requests");
    buf_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buf_addf(out,
                 "%s{\"model\":\"models/%s\",\"content\":{\"parts\":[{\"text\":", i > 0 ? "," : "",
                 e->model);
        json_add_string(out, texts[i]);
        buf_add_str(out, "}]}");
        if (e->dimensions > 0)
            buf_addf(out, ",\"outputDimensionality\":%lld", (long long)e->dimensions);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

void wire_embed(const struct endpoint *e, const struct view *texts, size_t count, struct buf *out)
{
    buf_add_char(out, '{');
    if (e->kind == ENDPOINT_GEMINI) {
        add_gemini(e, texts, count, out);
    } else if (e->kind == ENDPOINT_EXEC) {
        wire_add_key(out, "texts");
        add_texts(texts, count, out);
    } else {
        wire_add_key(out, "model");
        json_add_string(out, view_of(e->model));
        wire_add_key(out, "input");
        add_texts(texts, count, out);
        buf_addf(out, ",\"encoding_format\":\"%s\"", e->base64 ? "base64" : "float");
        if (e->dimensions > 0)
            buf_addf(out, ",\"dimensions\":%lld", (long long)e->dimensions);
    }
    wire_add_extra(e, out);
    buf_add_char(out, '}');
}

void wire_embed_url(const struct endpoint *e, size_t url, struct buf *out)
{
    if (e->kind == ENDPOINT_EXEC)
        buf_add_str(out, e->name);
    else if (e->kind == ENDPOINT_GEMINI)
        buf_addf(out, "%s/models/%s:batchEmbedContents", e->urls[url], e->model);
    else
        buf_addf(out, "%s/embeddings", e->urls[url]);
}

static bool add_numbers(const struct json *list, struct buf *out)
{
    for (const struct json *v = json_first(list); v != NULL; v = json_next(v)) {
        float f = 0;
        if (json_type(v) != JSON_NUMBER)
            return false;
        f = (float)json_number(v);
        buf_add(out, &f, sizeof(f)); // both machines that we run on store the low byte first
    }
    return true;
}

// Reads one embedding; its length must be that of those before it.
static bool read_vector(const struct json *value, size_t index, size_t count, struct buf *raw,
                        float **vectors, size_t *dimensions, struct wire_reply *out)
{
    double length = 0;
    size_t n = 0;

    buf_clear(raw);
    if (value == NULL ||
        !((json_type(value) == JSON_STRING &&
           base64_decode(json_string(value), raw, NULL) == BASE64_OK) ||
          (json_type(value) == JSON_ARRAY && add_numbers(value, raw))) ||
        raw->len == 0 || raw->len % sizeof(float) != 0) {
        wire_fail(out, WIRE_BROKEN, "embedding %zu is not a list of numbers", index);
        return false;
    }
    n = raw->len / sizeof(float);
    if (n > MAX_DIMENSIONS || (*dimensions != 0 && *dimensions != n)) {
        wire_fail(out, WIRE_BROKEN, "embedding %zu has %zu dimensions, others have %zu", index, n,
                  *dimensions);
        return false;
    }
    if (*vectors == NULL) {
        *dimensions = n;
        *vectors = mem_calloc(count * n, sizeof(float));
    }
    memcpy(*vectors + index * n, raw->data, raw->len);
    for (size_t i = 0; i < n; i++)
        length += (double)(*vectors)[index * n + i] * (double)(*vectors)[index * n + i];
    if (!isfinite(length) || length <= 0) {
        wire_fail(out, WIRE_BROKEN, "embedding %zu has no direction (zero or not finite)", index);
        return false;
    }
    return true;
}

static void read_list(const struct endpoint *e, const struct json *doc, size_t count,
                      struct wire_reply *out, float **vectors, size_t *dimensions)
{
    bool gemini = e->kind == ENDPOINT_GEMINI, exec = e->kind == ENDPOINT_EXEC;
    const struct json *v = wire_children(json_get(doc, gemini || exec ? "embeddings" : "data"));
    bool *seen = mem_calloc(count, sizeof(*seen));
    struct buf raw = { 0 };
    size_t found = 0;

    for (; v != NULL; v = json_next(v), found++) {
        const struct json *value = exec ? v : json_get(v, gemini ? "values" : "embedding");
        int64_t index = gemini ? (int64_t)found : wire_int(v, "index");
        if (index < 0) // some servers leave it out and keep the order
            index = (int64_t)found;
        if (index >= (int64_t)count || seen[index]) {
            wire_fail(out, WIRE_BROKEN, "embedding %lld was not asked for, or comes twice",
                      (long long)index);
            goto done;
        }
        seen[index] = true;
        if (!read_vector(value, (size_t)index, count, &raw, vectors, dimensions, out))
            goto done;
    }
    if (found != count)
        wire_fail(out, WIRE_BROKEN, "%zu embeddings came for %zu texts", found, count);
    else
        out->outcome = WIRE_ANSWER;
done:
    buf_fini(&raw);
    free(seen);
}

void wire_read_embed(const struct endpoint *e, int status, const char *content_type,
                     struct view body, size_t count, struct wire_reply *out, float **vectors,
                     size_t *dimensions)
{
    struct json *doc = NULL;

    *out = (struct wire_reply){
        .tokens_in = -1, .tokens_out = -1, .tokens_cached = -1, .retry_ms = -1
    };
    *vectors = NULL;
    *dimensions = 0;
    doc = wire_document(e, status, content_type, body, out);
    if (doc != NULL) {
        out->tokens_in = wire_int(json_get(doc, "usage"), "prompt_tokens");
        read_list(e, doc, count, out, vectors, dimensions);
    }
    if (out->outcome != WIRE_ANSWER) {
        free(*vectors);
        *vectors = NULL;
    }
    json_free(doc);
    wire_finish(e, out);
}
