#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/distance.h"
#include "text/schema.h"
#include "text/schema_node.h"
#include "text/utf8.h"

enum { SHOWN_BYTES = 60 }; // of a value or a key in a message

// Where a value stands: the chain of its parents, on the stack of the checker.
struct place {
    const struct place *up; // NULL: the whole answer
    const char *key;        // NULL: an entry of a list
    size_t index;
};

static bool is_name(const char *key)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    size_t len = strlen(key);

    return len > 0 && len <= SHOWN_BYTES && strspn(key, letters + 10) > 0 &&
           strspn(key, letters) == len;
}

static void add_shown(struct buf *out, struct view text)
{
    struct view cut = utf8_cut(text, SHOWN_BYTES);

    buf_add_view(out, cut);
    if (cut.len < text.len)
        buf_add_str(out, "...");
}

static void add_place(struct buf *out, const struct place *p)
{
    if (p->up == NULL) {
        buf_add_str(out, "answer");
        return;
    }
    add_place(out, p->up);
    if (p->key == NULL) {
        buf_addf(out, "[%zu]", p->index);
    } else if (is_name(p->key)) {
        buf_addf(out, ".%s", p->key);
    } else {
        struct buf quoted = { 0 };
        json_add_string(&quoted, utf8_cut(view_of(p->key), SHOWN_BYTES));
        buf_addf(out, "[%s]", buf_str(&quoted));
        buf_fini(&quoted);
    }
}

// Sets the error "place: what" and releases `what`.
static bool fail(const struct place *p, struct buf *what, struct err *err)
{
    struct buf place = { 0 };

    add_place(&place, p);
    err_set(err, "%s: %s", buf_str(&place), buf_str(what));
    buf_fini(&place);
    buf_fini(what);
    return false;
}

static void add_range(struct buf *out, const struct schema *s)
{
    bool low = isfinite(s->minimum), high = isfinite(s->maximum);

    if (low) {
        buf_add_str(out, high ? " between " : " of at least ");
        json_add_number(out, s->minimum);
    }
    if (high) {
        buf_add_str(out, low ? " and " : " of at most ");
        json_add_number(out, s->maximum);
    }
}

// one, many: the unit's name.
static void add_size(struct buf *out, size_t low, size_t high, const char *one, const char *many)
{
    size_t last = high < SIZE_MAX ? high : low;

    if (low == 0 && high == SIZE_MAX)
        return;
    if (low == high)
        buf_addf(out, " of exactly %zu", low);
    else if (high == SIZE_MAX)
        buf_addf(out, " of at least %zu", low);
    else if (low == 0)
        buf_addf(out, " of at most %zu", high);
    else
        buf_addf(out, " of %zu to %zu", low, high);
    buf_addf(out, " %s", last == 1 ? one : many);
}

static void add_wanted_type(struct buf *out, const struct schema *s, enum schema_type type)
{
    switch (type) {
    case SCHEMA_NULL: buf_add_str(out, "null"); break;
    case SCHEMA_BOOLEAN: buf_add_str(out, "true or false"); break;
    case SCHEMA_INTEGER:
        buf_add_str(out, "a whole number");
        add_range(out, s);
        break;
    case SCHEMA_NUMBER:
        buf_add_str(out, "a number");
        add_range(out, s);
        break;
    case SCHEMA_STRING:
        buf_add_str(out, "text");
        add_size(out, s->min_length, s->max_length, "character", "characters");
        break;
    case SCHEMA_ARRAY:
        buf_add_str(out, "a list");
        add_size(out, s->min_items, s->max_items, "entry", "entries");
        break;
    case SCHEMA_OBJECT: buf_add_str(out, "an object"); break;
    }
}

// "a number between 5 and 60 or null"
static void add_wanted(struct buf *out, const struct schema *s, unsigned types)
{
    bool first = true;

    for (size_t i = 0; i < s->choice_count; i++) {
        buf_add_str(out, i == 0 ? "one of " : ", ");
        add_shown(out, view_of(s->choices[i]));
    }
    for (unsigned type = SCHEMA_NULL; s->choice_count == 0 && type <= SCHEMA_OBJECT; type <<= 1) {
        if ((types & type) == 0)
            continue;
        if (!first)
            buf_add_str(out, " or ");
        add_wanted_type(out, s, (enum schema_type)type);
        first = false;
    }
}

// The bits that a value satisfies.
static unsigned types_of(const struct json *value)
{
    switch (json_type(value)) {
    case JSON_NULL: return SCHEMA_NULL;
    case JSON_BOOL: return SCHEMA_BOOLEAN;
    case JSON_NUMBER: {
        double number = json_number(value);
        return number == floor(number) ? SCHEMA_INTEGER | SCHEMA_NUMBER : SCHEMA_NUMBER;
    }
    case JSON_STRING: return SCHEMA_STRING;
    case JSON_ARRAY: return SCHEMA_ARRAY;
    case JSON_OBJECT: return SCHEMA_OBJECT;
    }
    assert(false);
    return 0;
}

// "must be <what the schema wants>, not <the value>"; size: the length that is wrong, or SIZE_MAX.
static bool fail_value(const struct schema *s, const struct json *value, size_t size,
                       const struct place *p, struct err *err)
{
    struct buf what = { 0 }, shown = { 0 };
    enum json_type type = json_type(value);
    unsigned types = types_of(value);

    if (s->types != 0)
        types = s->types;
    else if (type == JSON_NUMBER)
        types = SCHEMA_NUMBER;
    buf_add_str(&what, "must be ");
    add_wanted(&what, s, types);
    buf_add_str(&what, ", not ");
    if (size != SIZE_MAX) {
        buf_addf(&what, "%zu", size);
    } else if (type == JSON_ARRAY || type == JSON_OBJECT) {
        buf_add_str(&what, json_type_phrase(type));
    } else {
        json_add_canonical(&shown, value);
        add_shown(&what, buf_view(&shown));
    }
    buf_fini(&shown);
    return fail(p, &what, err);
}

static bool is_choice(const struct schema *s, const struct json *value)
{
    struct buf text = { 0 };
    bool found = false;

    json_add_canonical(&text, value);
    for (size_t i = 0; i < s->choice_count && !found; i++)
        found = strcmp(s->choices[i], buf_str(&text)) == 0;
    buf_fini(&text);
    return found;
}

static bool check(const struct schema *s, const struct json *value, const struct place *p,
                  struct err *err);

static bool check_array(const struct schema *s, const struct json *array, const struct place *p,
                        struct err *err)
{
    size_t count = json_count(array);
    struct place below = { .up = p };

    if (count < s->min_items || count > s->max_items)
        return fail_value(s, array, count, p, err);
    if (s->items == NULL)
        return true;
    for (const struct json *v = json_first(array); v != NULL; v = json_next(v), below.index++) {
        if (!check(s->items, v, &below, err))
            return false;
    }
    return true;
}

static bool fail_unknown(const struct schema *s, const char *key, const struct place *p,
                         struct err *err)
{
    struct buf what = { 0 };
    const char **names = mem_calloc(s->member_count, sizeof(*names));
    const char *near = NULL;

    for (size_t i = 0; i < s->member_count; i++)
        names[i] = s->members[i].key;
    near = distance_nearest(key, names, s->member_count);
    buf_add_char(&what, '`');
    add_shown(&what, view_of(key));
    buf_add_str(&what, "` must not be there");
    if (near != NULL)
        buf_addf(&what, "; did you mean `%s`?", near);
    free(names);
    return fail(p, &what, err);
}

static bool is_member(const struct schema *s, const char *key)
{
    for (size_t i = 0; i < s->member_count; i++) {
        if (strcmp(s->members[i].key, key) == 0)
            return true;
    }
    return false;
}

static bool check_object(const struct schema *s, const struct json *object, const struct place *p,
                         struct err *err)
{
    struct place below = { .up = p };

    // Before what is missing: a misspelt key explains the missing one.
    for (const struct json *v = json_first(object); s->closed && v != NULL; v = json_next(v)) {
        if (!is_member(s, json_key(v)))
            return fail_unknown(s, json_key(v), p, err);
    }
    for (size_t i = 0; i < s->member_count; i++) {
        const struct schema_member *m = &s->members[i];
        const struct json *v = json_get(object, m->key);
        if (v == NULL && m->required) {
            struct buf what = { 0 };
            buf_addf(&what, "`%s` is missing", m->key);
            return fail(p, &what, err);
        }
        below.key = m->key;
        if (v != NULL && m->schema != NULL && !check(m->schema, v, &below, err))
            return false;
    }
    return true;
}

static bool check(const struct schema *s, const struct json *value, const struct place *p,
                  struct err *err)
{
    size_t length = 0;
    double number = 0;

    if (s->types != 0 && (s->types & types_of(value)) == 0)
        return fail_value(s, value, SIZE_MAX, p, err);
    if (s->choice_count > 0 && !is_choice(s, value))
        return fail_value(s, value, SIZE_MAX, p, err);
    switch (json_type(value)) {
    case JSON_NULL:
    case JSON_BOOL: return true;
    case JSON_NUMBER:
        number = json_number(value);
        if (number < s->minimum || number > s->maximum)
            return fail_value(s, value, SIZE_MAX, p, err);
        return true;
    case JSON_STRING:
        length = utf8_count(json_string(value));
        if (length < s->min_length || length > s->max_length)
            return fail_value(s, value, length, p, err);
        return true;
    case JSON_ARRAY: return check_array(s, value, p, err);
    case JSON_OBJECT: return check_object(s, value, p, err);
    }
    assert(false);
    return false;
}

bool schema_check(const struct schema *s, const struct json *value, struct err *err)
{
    struct place whole = { .up = NULL };

    return check(s, value, &whole, err);
}
