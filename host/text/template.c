#include "text/template.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

// A stretch of literal text, followed by a field unless `field` is NO_FIELD.
struct part {
    size_t start, len;
    size_t field;
};

#define NO_FIELD SIZE_MAX

struct template
{
    struct buf text;
    struct part *parts;
    size_t part_count, part_cap;
    char **names;
    size_t name_count, name_cap;
};

static void add_part(struct template *t, size_t start, size_t end, size_t field)
{
    if (t->part_count == t->part_cap) {
        t->part_cap = mem_grow(t->part_cap, t->part_count + 1);
        t->parts = mem_realloc(t->parts, t->part_cap, sizeof(*t->parts));
    }
    t->parts[t->part_count++] = (struct part){ .start = start, .len = end - start, .field = field };
}

static bool is_name_char(char c, bool first)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (!first && c >= '0' && c <= '9');
}

// The number of the field with this name, which is added if it is new; NO_FIELD if there are too
// many.
static size_t intern(struct template *t, const char *name, size_t len)
{
    for (size_t i = 0; i < t->name_count; i++) {
        if (strlen(t->names[i]) == len && memcmp(t->names[i], name, len) == 0)
            return i;
    }
    if (t->name_count == TEMPLATE_MAX_FIELDS)
        return NO_FIELD;
    if (t->name_count == t->name_cap) {
        t->name_cap = mem_grow(t->name_cap, t->name_count + 1);
        t->names = mem_realloc(t->names, t->name_cap, sizeof(*t->names));
    }
    t->names[t->name_count] = mem_strndup(name, len);
    return t->name_count++;
}

static bool fail(const struct template *t, size_t offset, struct err *err, const char *what)
{
    size_t line = 0, column = 0;

    utf8_position(buf_view(&t->text), offset, &line, &column);
    return err_set(err, "line %zu, column %zu: %s", line, column, what);
}

// Reads the field whose braces start at `open`, and moves *at behind it.
static bool read_field(struct template *t, size_t open, size_t *field, size_t *at, struct err *err)
{
    const char *text = t->text.data;
    size_t name = open + 2, end = name;

    while (end < t->text.len && is_name_char(text[end], end == name))
        end++;
    if (end == t->text.len || text[end] == '\n')
        return fail(t, open, err, "this `{{` is not closed by `}}` after a field name");
    if (t->text.len - end < 2 || text[end] != '}' || text[end + 1] != '}')
        return fail(
            t, open, err,
            "a field is `{{name}}`, its name of a-z, 0-9 (not first) and _, without spaces; "
            "for a literal `{{` write `{{{{`");
    if (end == name)
        return fail(t, open, err, "`{{}}` names no field");
    *field = intern(t, text + name, end - name);
    if (*field == NO_FIELD)
        return fail(t, open, err, "there are too many different fields before this one");
    *at = end + 2;
    return true;
}

static bool compile(struct template *t, struct err *err)
{
    const char *text = buf_str(&t->text);
    size_t literal = 0; // where the current stretch of literal text starts
    size_t at = 0;

    while (at < t->text.len) {
        const char *brace = memchr(text + at, '{', t->text.len - at);
        size_t open = brace == NULL ? t->text.len : (size_t)(brace - text);
        size_t field = 0;
        if (t->text.len - open < 2)
            break;
        if (text[open + 1] != '{') {
            at = open + 1;
        } else if (t->text.len - open >= 4 && memcmp(text + open, "{{{{", 4) == 0) {
            add_part(t, literal, open + 2, NO_FIELD);
            literal = at = open + 4;
        } else {
            if (!read_field(t, open, &field, &at, err))
                return false;
            add_part(t, literal, open, field);
            literal = at;
        }
    }
    add_part(t, literal, t->text.len, NO_FIELD);
    return true;
}

struct template *template_compile(struct view text, struct err *err)
{
    struct template *t = mem_calloc(1, sizeof(*t));

    buf_add_view(&t->text, text);
    if (compile(t, err))
        return t;
    template_free(t);
    return NULL;
}

void template_free(struct template *t)
{
    if (t == NULL)
        return;
    for (size_t i = 0; i < t->name_count; i++)
        free(t->names[i]);
    free(t->names);
    free(t->parts);
    buf_fini(&t->text);
    free(t);
}

size_t template_field_count(const struct template *t)
{
    return t->name_count;
}

const char *template_field(const struct template *t, size_t i)
{
    assert(i < t->name_count);
    return t->names[i];
}

bool template_render(const struct template *t, template_field_fn field, void *user, struct buf *out,
                     struct err *err)
{
    struct view *values = mem_calloc(t->name_count, sizeof(*values));
    bool ok = false;

    for (size_t i = 0; i < t->name_count; i++) {
        if (!field(user, t->names[i], &values[i])) {
            err_set(err, "field `%s` has no value", t->names[i]);
            goto done;
        }
    }
    for (size_t i = 0; i < t->part_count; i++) {
        const struct part *p = &t->parts[i];
        if (p->len > 0)
            buf_add(out, t->text.data + p->start, p->len);
        if (p->field != NO_FIELD)
            buf_add_view(out, values[p->field]);
    }
    ok = true;
done:
    free(values);
    return ok;
}
