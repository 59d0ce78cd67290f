#include "text/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/distance.h"
#include "text/schema_node.h"
#include "text/utf8.h"

enum { SHOWN_BYTES = 60 }; // of a wrong name in a message

static bool read_type_name(struct schema *s, struct view name, struct err *err)
{
    static const struct {
        const char *name;
        enum schema_type type;
    } types[] = {
        { "null", SCHEMA_NULL },     { "boolean", SCHEMA_BOOLEAN }, { "integer", SCHEMA_INTEGER },
        { "number", SCHEMA_NUMBER }, { "string", SCHEMA_STRING },   { "array", SCHEMA_ARRAY },
        { "object", SCHEMA_OBJECT },
    };
    struct view shown = utf8_cut(name, SHOWN_BYTES);

    for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
        if (view_equal(name, view_of(types[i].name))) {
            s->types |= types[i].type;
            return true;
        }
    }
    return err_set(err,
                   "`type` must be object, array, string, number, integer, boolean or null, not "
                   "`%.*s`",
                   (int)shown.len, shown.data);
}

static bool read_type(struct schema *s, const struct json *object, struct err *err)
{
    const struct json *value = json_get(object, "type");

    if (json_type(value) == JSON_STRING)
        return read_type_name(s, json_string(value), err);
    if (json_type(value) != JSON_ARRAY || json_first(value) == NULL)
        return err_set(err, "`type` must be the name of a type or a list of names");
    for (const struct json *v = json_first(value); v != NULL; v = json_next(v)) {
        if (json_type(v) != JSON_STRING)
            return err_set(err, "`type` must list names of types, not %s",
                           json_type_phrase(json_type(v)));
        if (!read_type_name(s, json_string(v), err))
            return false;
    }
    return true;
}

// The member with this key, which is added if it is new.
static struct schema_member *member_of(struct schema *s, const char *key)
{
    for (size_t i = 0; i < s->member_count; i++) {
        if (strcmp(s->members[i].key, key) == 0)
            return &s->members[i];
    }
    if (s->member_count == s->member_cap) {
        s->member_cap = mem_grow(s->member_cap, s->member_count + 1);
        s->members = mem_realloc(s->members, s->member_cap, sizeof(*s->members));
    }
    s->members[s->member_count] = (struct schema_member){ .key = mem_strdup(key) };
    return &s->members[s->member_count++];
}

static bool read_properties(struct schema *s, const struct json *object, struct err *err)
{
    const struct json *value = json_get(object, "properties");

    if (json_type(value) != JSON_OBJECT)
        return err_set(err, "`properties` must be an object, not %s",
                       json_type_phrase(json_type(value)));
    for (const struct json *v = json_first(value); v != NULL; v = json_next(v)) {
        struct schema *property = schema_compile(v, err);
        if (property == NULL)
            return err_wrap(err, "property `%s`", json_key(v));
        member_of(s, json_key(v))->schema = property;
    }
    return true;
}

static bool read_required(struct schema *s, const struct json *object, struct err *err)
{
    const struct json *list = NULL;

    if (!json_want_array(object, "required", &list, err))
        return false;
    for (const struct json *v = json_first(list); v != NULL; v = json_next(v)) {
        if (json_type(v) != JSON_STRING)
            return err_set(err, "`required` must list names of properties, not %s",
                           json_type_phrase(json_type(v)));
        member_of(s, json_string(v).data)->required = true;
    }
    return true;
}

static bool read_additional(struct schema *s, const struct json *object, struct err *err)
{
    const struct json *value = json_get(object, "additionalProperties");

    if (json_type(value) != JSON_BOOL)
        return err_set(err, "`additionalProperties` must be true or false, not %s",
                       json_type_phrase(json_type(value)));
    s->closed = !json_bool(value);
    return true;
}

static bool read_items(struct schema *s, const struct json *object, struct err *err)
{
    s->items = schema_compile(json_get(object, "items"), err);
    return s->items != NULL ? true : err_wrap(err, "items");
}

static bool read_enum(struct schema *s, const struct json *object, struct err *err)
{
    const struct json *list = NULL;

    if (!json_want_array(object, "enum", &list, err))
        return false;
    if (json_first(list) == NULL)
        return err_set(err, "`enum` must not be empty");
    s->choices = mem_calloc(json_count(list), sizeof(*s->choices));
    for (const struct json *v = json_first(list); v != NULL; v = json_next(v)) {
        struct buf text = { 0 };
        json_add_canonical(&text, v);
        s->choices[s->choice_count++] = buf_take(&text);
    }
    return true;
}

static bool read_size(const struct json *object, const char *key, size_t *out, struct err *err)
{
    int64_t size = 0;

    if (!json_want_int(object, key, 0, INT32_MAX, &size, err))
        return false;
    *out = (size_t)size;
    return true;
}

static bool read_minimum(struct schema *s, const struct json *object, struct err *err)
{
    return json_want_number(object, "minimum", &s->minimum, err);
}

static bool read_maximum(struct schema *s, const struct json *object, struct err *err)
{
    return json_want_number(object, "maximum", &s->maximum, err);
}

static bool read_min_length(struct schema *s, const struct json *object, struct err *err)
{
    return read_size(object, "minLength", &s->min_length, err);
}

static bool read_max_length(struct schema *s, const struct json *object, struct err *err)
{
    return read_size(object, "maxLength", &s->max_length, err);
}

static bool read_min_items(struct schema *s, const struct json *object, struct err *err)
{
    return read_size(object, "minItems", &s->min_items, err);
}

static bool read_max_items(struct schema *s, const struct json *object, struct err *err)
{
    return read_size(object, "maxItems", &s->max_items, err);
}

static bool read_nothing(struct schema *s, const struct json *object, struct err *err)
{
    (void)s;
    (void)object;
    (void)err;
    return true;
}

static bool read_keyword(struct schema *s, const struct json *object, const char *key,
                         struct err *err)
{
    static const struct {
        const char *name;
        bool (*read)(struct schema *s, const struct json *object, struct err *err);
    } keywords[] = {
        { "type", read_type },
        { "properties", read_properties },
        { "required", read_required },
        { "additionalProperties", read_additional },
        { "items", read_items },
        { "enum", read_enum },
        { "minimum", read_minimum },
        { "maximum", read_maximum },
        { "minLength", read_min_length },
        { "maxLength", read_max_length },
        { "minItems", read_min_items },
        { "maxItems", read_max_items },
        { "title", read_nothing },
        { "description", read_nothing },
    };
    enum { COUNT = sizeof(keywords) / sizeof(*keywords) };
    const char *names[COUNT];
    const char *near = NULL;
    struct view shown = utf8_cut(view_of(key), SHOWN_BYTES);

    for (size_t i = 0; i < COUNT; i++) {
        if (strcmp(key, keywords[i].name) == 0)
            return keywords[i].read(s, object, err);
        names[i] = keywords[i].name;
    }
    near = distance_nearest(key, names, COUNT);
    if (near != NULL)
        return err_set(err, "the keyword `%.*s` is not supported; did you mean `%s`?",
                       (int)shown.len, shown.data, near);
    return err_set(err, "the keyword `%.*s` is not supported", (int)shown.len, shown.data);
}

// What each keyword cannot see alone.
static bool check_sense(const struct schema *s, const struct json *object, struct err *err)
{
    if (s->minimum > s->maximum)
        return err_set(err, "`minimum` is larger than `maximum`");
    if (s->min_length > s->max_length)
        return err_set(err, "`minLength` is larger than `maxLength`");
    if (s->min_items > s->max_items)
        return err_set(err, "`minItems` is larger than `maxItems`");
    for (size_t i = 0; s->closed && i < s->member_count; i++) {
        const char *key = s->members[i].key;
        if (json_get(json_get(object, "properties"), key) == NULL)
            return err_set(
                err, "`%s` is required, but it is no property and there may be no others", key);
    }
    return true;
}

struct schema *schema_compile(const struct json *schema, struct err *err)
{
    struct schema *s = mem_calloc(1, sizeof(*s));

    s->minimum = -INFINITY;
    s->maximum = INFINITY;
    s->max_length = s->max_items = SIZE_MAX;
    if (json_type(schema) != JSON_OBJECT) {
        err_set(err, "a schema must be an object, not %s", json_type_phrase(json_type(schema)));
        goto fail;
    }
    for (const struct json *v = json_first(schema); v != NULL; v = json_next(v)) {
        if (!read_keyword(s, schema, json_key(v), err))
            goto fail;
    }
    if (check_sense(s, schema, err))
        return s;
fail:
    schema_free(s);
    return NULL;
}

void schema_free(struct schema *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->member_count; i++) {
        free(s->members[i].key);
        schema_free(s->members[i].schema);
    }
    for (size_t i = 0; i < s->choice_count; i++)
        free(s->choices[i]);
    free(s->members);
    free(s->choices);
    schema_free(s->items);
    free(s);
}
