// Hypothesis: there are bytes that our grammar check accepts but cJSON reads differently or not at
// all, or a document whose canonical text does not read back to the same value; and bytes for which
// an escaped string is not JSON.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/json.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Aborts, which the fuzzer reports, if a claim is false.
static void claim(bool holds)
{
    if (!holds)
        abort();
}

// Every child of an object is found by its key, and all strings are text.
static void walk(const struct json *value)
{
    enum json_type type = json_type(value);

    if (type == JSON_STRING)
        claim(utf8_valid(json_string(value), NULL));
    if (type != JSON_ARRAY && type != JSON_OBJECT)
        return;
    for (const struct json *v = json_first(value); v != NULL; v = json_next(v)) {
        claim(type == JSON_ARRAY || json_get(value, json_key(v)) == v);
        walk(v);
    }
}

static void try_document(struct view text)
{
    struct err err = { { 0 } };
    struct buf once = { 0 }, twice = { 0 };
    struct json *root = json_parse(text, &err);

    if (root == NULL) {
        claim(strstr(err.text, "line ") == err.text);
        return;
    }
    walk(root);
    json_add_canonical(&once, root);
    json_free(root);
    root = json_parse(buf_view(&once), &err);
    claim(root != NULL);
    json_add_canonical(&twice, root);
    claim(view_equal(buf_view(&once), buf_view(&twice)));
    json_free(root);
    buf_fini(&once);
    buf_fini(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = { .data = (const char *)data, .len = size };
    struct err err = { { 0 } };
    struct buf quoted = { 0 };
    struct json *root = NULL;

    try_document(text);
    json_add_string(&quoted, text);
    root = json_parse(buf_view(&quoted), &err);
    claim(root != NULL && json_type(root) == JSON_STRING);
    if (utf8_valid(text, NULL) && (size == 0 || memchr(data, 0, size) == NULL))
        claim(view_equal(json_string(root), text));
    json_free(root);
    buf_fini(&quoted);
    return 0;
}
