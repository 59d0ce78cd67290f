// Schemas of answers, as the two APIs take them. What a server cannot be told is checked here
// anyway when the answer comes (text/schema.h).

#include "model/wire_impl.h"

#include <string.h>

enum dialect { OPENAI, GEMINI };

static void add_node(const struct json *node, enum dialect dialect, struct buf *out);

void wire_add_key(struct buf *out, const char *key)
{
    char last = out->len > 0 ? out->data[out->len - 1] : '{';

    if (last != '{' && last != '[')
        buf_add_char(out, ',');
    json_add_string(out, view_of(key));
    buf_add_char(out, ':');
}

static bool is_taken(const char *keyword, enum dialect dialect)
{
    static const char *const both[] = { "type",    "description", "enum",     "minimum",
                                        "maximum", "minItems",    "maxItems", "required" };

    for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
        if (strcmp(keyword, both[i]) == 0)
            return true;
    }
    return dialect == OPENAI && strcmp(keyword, "additionalProperties") == 0;
}

static void add_properties(const struct json *properties, enum dialect dialect, struct buf *out)
{
    wire_add_key(out, "properties");
    buf_add_char(out, '{');
    for (const struct json *p = wire_children(properties); p != NULL; p = json_next(p)) {
        wire_add_key(out, json_key(p));
        add_node(p, dialect, out);
    }
    buf_add_char(out, '}');
}

// Gemini knows enumerations of texts alone.
static bool has_texts_only(const struct json *list)
{
    for (const struct json *v = wire_children(list); v != NULL; v = json_next(v)) {
        if (json_type(v) != JSON_STRING)
            return false;
    }
    return true;
}

static void add_node(const struct json *node, enum dialect dialect, struct buf *out)
{
    buf_add_char(out, '{');
    for (const struct json *k = wire_children(node); k != NULL; k = json_next(k)) {
        const char *keyword = json_key(k);
        if (strcmp(keyword, "properties") == 0) {
            add_properties(k, dialect, out);
        } else if (strcmp(keyword, "items") == 0) {
            wire_add_key(out, keyword);
            add_node(k, dialect, out);
        } else if (is_taken(keyword, dialect) &&
                   (dialect == OPENAI || strcmp(keyword, "enum") != 0 || has_texts_only(k))) {
            wire_add_key(out, keyword);
            json_add_canonical(out, k);
        }
    }
    buf_add_char(out, '}');
}

static bool lists(const struct json *required, const char *name)
{
    for (const struct json *r = wire_children(required); r != NULL; r = json_next(r)) {
        if (json_type(r) == JSON_STRING && view_equal(json_string(r), view_of(name)))
            return true;
    }
    return false;
}

// OpenAI's strict mode: every object lists all its properties as required and allows no others.
static bool is_strict(const struct json *node)
{
    const struct json *properties = json_get(node, "properties");
    const struct json *more = json_get(node, "additionalProperties");
    const struct json *required = json_get(node, "required"), *items = json_get(node, "items");

    if (json_get(node, "type") == NULL)
        return false;
    if (properties != NULL) {
        if (more == NULL || json_type(more) != JSON_BOOL || json_bool(more) || required == NULL)
            return false;
        for (const struct json *p = wire_children(properties); p != NULL; p = json_next(p)) {
            if (!lists(required, json_key(p)) || !is_strict(p))
                return false;
        }
    }
    return items == NULL || is_strict(items);
}

bool wire_schema_openai(const struct json *schema, struct buf *out)
{
    add_node(schema, OPENAI, out);
    return json_get(schema, "properties") != NULL && is_strict(schema);
}

void wire_schema_gemini(const struct json *schema, struct buf *out)
{
    add_node(schema, GEMINI, out);
}

void wire_schema_words(const struct json *schema, struct buf *out)
{
    buf_add_str(out, "\n\nAnswer with one JSON value and nothing else. It must match this JSON "
                     "schema: ");
    json_add_canonical(out, schema);
}
