// Hypothesis: some mixture of fences, quotes, brackets and think tags makes the reader find an end
// that is no end (reading beyond the reply), take part of a cut value for the whole, or return
// something that is neither an object nor a list.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
    if (!holds)
        abort();
}

// What is a strict JSON object or list already comes out as it is, and without its last bracket it
// is refused.
static void try_strict(struct view reply, const struct json *root)
{
    struct err err = { { 0 } };
    struct json *strict = json_parse(reply, &err);
    struct buf text = { 0 }, strict_text = { 0 };

    if (strict == NULL)
        return;
    if (json_type(strict) == JSON_OBJECT || json_type(strict) == JSON_ARRAY) {
        size_t last = reply.len - 1;
        while (reply.data[last] != '}' && reply.data[last] != ']')
            last--;
        claim(root != NULL);
        json_add_canonical(&text, root);
        json_add_canonical(&strict_text, strict);
        claim(view_equal(buf_view(&text), buf_view(&strict_text)));
        claim(answer_parse((struct view){ .data = reply.data, .len = last }, &err) == NULL);
    }
    json_free(strict);
    buf_fini(&text);
    buf_fini(&strict_text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { { 0 } };
    struct view reply = { .data = (const char *)data, .len = size };
    struct json *root = answer_parse(reply, &err);

    if (root == NULL)
        claim(err.text[0] != '\0');
    else
        claim(json_type(root) == JSON_OBJECT || json_type(root) == JSON_ARRAY);
    try_strict(reply, root);
    json_free(root);
    return 0;
}
