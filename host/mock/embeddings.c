#include "mock/answer.h"

#include <inttypes.h>
#include <string.h>

#include "memory/embed.h"
#include "text/base64.h"
#include "text/json.h"

enum { MAX_TEXTS = 2048 }; // as OpenAI's

static void add_base64(const float vector[EMBED_DIM], struct buf *out)
{
    char bytes[EMBED_DIM * 4];

    for (size_t i = 0; i < EMBED_DIM; i++) {
        uint32_t bits = 0;
        memcpy(&bits, &vector[i], sizeof(bits));
        for (size_t k = 0; k < 4; k++)
            bytes[4 * i + k] = (char)(bits >> (8 * k) & 0xff); // the low byte first
    }
    buf_add_char(out, '"');
    base64_encode((struct view){ bytes, sizeof(bytes) }, out);
    buf_add_char(out, '"');
}

static bool is_zero(const float vector[EMBED_DIM])
{
    for (size_t i = 0; i < EMBED_DIM; i++) {
        if (vector[i] != 0)
            return false;
    }
    return true;
}

static void add_one(const struct mock_request *r, struct view text, size_t index, struct buf *out)
{
    float vector[EMBED_DIM];

    embed_text(text, vector);
    if (is_zero(vector))
        vector[0] = 1; // a text without words has no direction; servers give every text one
    buf_addf(out, "%s{\"object\":\"embedding\",\"index\":%zu,\"embedding\":", index > 0 ? "," : "",
             index);
    if (r->base64) {
        add_base64(vector, out);
    } else {
        for (size_t i = 0; i < EMBED_DIM; i++) {
            buf_add_char(out, i == 0 ? '[' : ',');
            buf_addf(out, "%.9g", (double)vector[i]); // reads back as the same float
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
}

static bool check_dimensions(const struct mock_request *r, struct err *err)
{
    int64_t dimensions = EMBED_DIM;

    if (json_get(r->doc, "dimensions") != NULL &&
        !json_want_int(r->doc, "dimensions", 1, 1 << 20, &dimensions, err))
        return false;
    if (dimensions != EMBED_DIM)
        return err_set(err, "embeddings of this server have %d dimensions, not %" PRId64,
                       (int)EMBED_DIM, dimensions);
    return true;
}

bool mock_add_embeddings(const struct mock_request *r, struct buf *out, struct err *err)
{
    const struct json *input = json_get(r->doc, "input");
    const struct json *text = NULL;
    size_t count = 0, bytes = 0;

    if (!check_dimensions(r, err))
        return false;
    if (input != NULL && json_type(input) == JSON_ARRAY)
        text = json_first(input);
    else if (input != NULL && json_type(input) == JSON_STRING)
        text = input;
    buf_add_str(out, "{\"object\":\"list\",\"data\":[");
    for (; text != NULL; text = text == input ? NULL : json_next(text)) {
        if (json_type(text) != JSON_STRING)
            return err_set(err, "`input` must be a text or a list of texts");
        if (count == MAX_TEXTS)
            return err_set(err, "`input` may have %d texts at most", (int)MAX_TEXTS);
        add_one(r, json_string(text), count++, out);
        bytes += json_string(text).len;
    }
    if (count == 0)
        return err_set(err, "`input` must be a text or a list of texts");
    buf_add_str(out, "],\"model\":");
    json_add_string(out, r->model);
    buf_addf(out, ",\"usage\":{\"prompt_tokens\":%zu,\"total_tokens\":%zu}}", bytes / 4 + count,
             bytes / 4 + count);
    return true;
}
