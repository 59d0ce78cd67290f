#include "text/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/mem.h"
#include "text/json_scan.h"
#include "text/utf8.h"

// A struct json is a cJSON node under another name. Objects with more keys than this carry an index
// of their children sorted by key: `valuestring` points to the array and `valueint` counts it.
// cJSON uses neither field for objects, and cJSON_Delete frees the valuestring of every node.
enum { INDEX_ABOVE = 12 };

static const cJSON *node_of(const struct json *value)
{
    return (const cJSON *)(const void *)value;
}

static const struct json *value_of(const cJSON *node)
{
    return (const struct json *)(const void *)node;
}

static int compare_keys(const void *a, const void *b)
{
    const cJSON *const *x = a, *const *y = b;

    return strcmp((*x)->string, (*y)->string);
}

static int compare_key_to(const void *key, const void *b)
{
    const cJSON *const *y = b;

    return strcmp(key, (*y)->string);
}

// The second child with this key.
static const cJSON *second_with_key(const cJSON *object, const char *key)
{
    bool seen = false;

    for (const cJSON *c = object->child; c != NULL; c = c->next) {
        if (strcmp(c->string, key) != 0)
            continue;
        if (seen)
            return c;
        seen = true;
    }
    return NULL;
}

// Sorts the children of a large object. Returns a child whose key another one has, or NULL.
static const cJSON *index_object(cJSON *object, size_t count)
{
    const cJSON **sorted = mem_calloc(count, sizeof(*sorted));
    size_t n = 0;

    for (const cJSON *c = object->child; c != NULL; c = c->next)
        sorted[n++] = c;
    qsort(sorted, count, sizeof(*sorted), compare_keys);
    object->valuestring = (char *)sorted;
    object->valueint = (int)count; // JSON_MAX_BYTES keeps it far below INT_MAX
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1]->string, sorted[i]->string) == 0)
            return second_with_key(object, sorted[i]->string);
    }
    return NULL;
}

static const cJSON *check_object(cJSON *object)
{
    size_t count = json_count(value_of(object));

    if (count > INDEX_ABOVE)
        return index_object(object, count);
    for (const cJSON *c = object->child; c != NULL; c = c->next) {
        const cJSON *twin = second_with_key(object, c->string);
        if (twin != NULL)
            return twin;
    }
    return NULL;
}

// Indexes all objects in the tree. Returns a child with a duplicate key, or NULL.
static const cJSON *check_tree(cJSON *node)
{
    const cJSON *twin = cJSON_IsObject(node) ? check_object(node) : NULL;

    for (cJSON *c = node->child; c != NULL && twin == NULL; c = c->next) {
        if (c->child != NULL)
            twin = check_tree(c);
    }
    return twin;
}

// Counts the keys before `target` in document order. Returns true once it is found.
static bool count_keys_before(const cJSON *node, const cJSON *target, size_t *keys)
{
    for (const cJSON *c = node->child; c != NULL; c = c->next) {
        if (c == target)
            return true;
        if (c->string != NULL)
            *keys += 1;
        if (count_keys_before(c, target, keys))
            return true;
    }
    return false;
}

struct json *json_parse(struct view text, struct err *err)
{
    cJSON *root = NULL;
    const cJSON *twin = NULL;

    if (!json_scan(text, err))
        return NULL;
    root = cJSON_ParseWithLength(text.data, text.len);
    if (root == NULL) { // the text is valid, so there is only one reason
        err_set(err, "there is not enough memory for a document of %zu bytes", text.len);
        return NULL;
    }
    twin = check_tree(root);
    if (twin != NULL) {
        size_t keys = 0, line = 0, column = 0;
        struct view shown = utf8_cut(view_of(twin->string), 100);
        count_keys_before(root, twin, &keys);
        utf8_position(text, json_scan_key(text, keys), &line, &column);
        err_set(err, "line %zu, column %zu: the key `%.*s` is there twice", line, column,
                (int)shown.len, shown.data);
        cJSON_Delete(root);
        return NULL;
    }
    return (struct json *)(void *)root;
}

void json_free(struct json *root)
{
    cJSON_Delete((cJSON *)(void *)root);
}

const char *json_type_name(enum json_type type)
{
    switch (type) {
    case JSON_NULL: return "null";
    case JSON_BOOL: return "boolean";
    case JSON_NUMBER: return "number";
    case JSON_STRING: return "text";
    case JSON_ARRAY: return "list";
    case JSON_OBJECT: return "object";
    }
    assert(false);
    return "";
}

enum json_type json_type(const struct json *value)
{
    switch (node_of(value)->type & 0xFF) {
    case cJSON_False:
    case cJSON_True: return JSON_BOOL;
    case cJSON_Number: return JSON_NUMBER;
    case cJSON_String: return JSON_STRING;
    case cJSON_Array: return JSON_ARRAY;
    case cJSON_Object: return JSON_OBJECT;
    default: return JSON_NULL;
    }
}

bool json_bool(const struct json *value)
{
    assert(json_type(value) == JSON_BOOL);
    return cJSON_IsTrue(node_of(value));
}

double json_number(const struct json *value)
{
    assert(json_type(value) == JSON_NUMBER);
    return node_of(value)->valuedouble;
}

struct view json_string(const struct json *value)
{
    assert(json_type(value) == JSON_STRING);
    return view_of(node_of(value)->valuestring);
}

const struct json *json_first(const struct json *parent)
{
    return value_of(node_of(parent)->child);
}

const struct json *json_next(const struct json *value)
{
    return value_of(node_of(value)->next);
}

const char *json_key(const struct json *child)
{
    return node_of(child)->string;
}

size_t json_count(const struct json *parent)
{
    size_t count = 0;

    for (const struct json *c = json_first(parent); c != NULL; c = json_next(c))
        count++;
    return count;
}

const struct json *json_get(const struct json *object, const char *key)
{
    const cJSON *node = node_of(object);

    if (object == NULL || json_type(object) != JSON_OBJECT)
        return NULL;
    if (node->valuestring != NULL) {
        const void *sorted = node->valuestring;
        const cJSON *const *hit =
            bsearch(key, sorted, (size_t)node->valueint, sizeof(cJSON *), compare_key_to);
        return hit == NULL ? NULL : value_of(*hit);
    }
    for (const cJSON *c = node->child; c != NULL; c = c->next) {
        if (strcmp(c->string, key) == 0)
            return value_of(c);
    }
    return NULL;
}

const char *json_type_phrase(enum json_type type)
{
    switch (type) {
    case JSON_NULL: return "null";
    case JSON_BOOL: return "a boolean";
    case JSON_NUMBER: return "a number";
    case JSON_STRING: return "text";
    case JSON_ARRAY: return "a list";
    case JSON_OBJECT: return "an object";
    }
    assert(false);
    return "";
}

// The member `key`, which must be of the wanted type; else NULL and an error.
static const struct json *want(const struct json *object, const char *key, enum json_type type,
                               struct err *err)
{
    const struct json *value = json_get(object, key);

    if (value == NULL) {
        err_set(err, "`%s` is missing", key);
        return NULL;
    }
    if (json_type(value) != type) {
        err_set(err, "`%s` must be %s, not %s", key, json_type_phrase(type),
                json_type_phrase(json_type(value)));
        return NULL;
    }
    return value;
}

bool json_want_string(const struct json *object, const char *key, struct view *out, struct err *err)
{
    const struct json *value = want(object, key, JSON_STRING, err);

    if (value == NULL)
        return false;
    *out = json_string(value);
    return true;
}

bool json_want_number(const struct json *object, const char *key, double *out, struct err *err)
{
    const struct json *value = want(object, key, JSON_NUMBER, err);

    if (value == NULL)
        return false;
    *out = json_number(value);
    return true;
}

bool json_want_int(const struct json *object, const char *key, int64_t lo, int64_t hi, int64_t *out,
                   struct err *err)
{
    const double exact = 9007199254740992.0; // 2^53
    struct buf shown = { 0 };
    double number = 0;
    bool ok = false;

    if (!json_want_number(object, key, &number, err))
        return false;
    // The comparison with 2^53 comes first: it keeps the conversion to int64_t in range.
    ok = fabs(number) < exact && number == floor(number) && (int64_t)number >= lo &&
         (int64_t)number <= hi;
    if (ok) {
        *out = (int64_t)number;
        return true;
    }
    json_add_number(&shown, number);
    if (fabs(number) >= exact && number >= (double)lo && number <= (double)hi)
        err_set(err, "`%s` is %s, which is too large to be read exactly; write it as text", key,
                buf_str(&shown));
    else
        err_set(err, "`%s` must be a whole number from %" PRId64 " to %" PRId64 ", not %s", key, lo,
                hi, buf_str(&shown));
    buf_fini(&shown);
    return false;
}

bool json_want_array(const struct json *object, const char *key, const struct json **out,
                     struct err *err)
{
    const struct json *value = want(object, key, JSON_ARRAY, err);

    if (value == NULL)
        return false;
    *out = value;
    return true;
}
