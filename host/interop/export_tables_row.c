// What a row looks like, as CSV and as JSON lines.
#include <math.h>
#include <string.h>

#include "interop/export_tables_parts.h"
#include "text/json.h"

// Splits "a, b AS c" into the names a and c; returns how many.
static size_t split(const char *list, struct view *out)
{
    size_t count = 0;

    for (const char *at = list; *at != '\0';) {
        size_t len = strcspn(at, ",");
        const char *as = strstr(at, " AS ");
        size_t skip = as != NULL && as < at + len ? (size_t)(as - at) + strlen(" AS ") : 0;
        out[count++] = (struct view){ at + skip, len - skip };
        at += len + strspn(at + len, ", ");
    }
    return count;
}

static void add_csv_text(struct buf *out, struct view text)
{
    bool plain = text.len > 0;

    for (size_t i = 0; plain && i < text.len; i++)
        plain = strchr(",\"\r\n", text.data[i]) == NULL && text.data[i] != '\0';
    plain = plain && text.data[0] != ' ' && text.data[text.len - 1] != ' ';
    if (plain) {
        buf_add_view(out, text);
        return;
    }
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
}

// The numbers of a blob as a JSON list; what is not finite is null.
static void add_numbers(struct buf *out, struct view blob, size_t bytes)
{
    buf_add_char(out, '[');
    for (size_t at = 0; bytes > 0 && at + bytes <= blob.len; at += bytes) {
        double number = 0;
        float narrow = 0;
        if (bytes == sizeof(number)) {
            memcpy(&number, blob.data + at, sizeof(number));
        } else {
            memcpy(&narrow, blob.data + at, sizeof(narrow));
            number = (double)narrow;
        }
        if (at > 0)
            buf_add_char(out, ',');
        if (!isfinite(number))
            buf_add_str(out, "null");
        else if (bytes == sizeof(number))
            json_add_number(out, number);
        else
            buf_addf(out, "%.9g", number);
    }
    buf_add_char(out, ']');
}

// A value that is not NULL and no blob.
static void add_value(struct buf *out, enum export_form form, const struct value *v)
{
    if (v->type == VALUE_INT)
        buf_addf(out, "%lld", (long long)v->i);
    else if (v->type == VALUE_REAL)
        json_add_number(out, v->r);
    else if (form == EXPORT_CSV)
        add_csv_text(out, v->bytes);
    else
        json_add_string(out, v->bytes);
}

static void add_column(struct buf *out, const struct export_row_form *f, size_t i,
                       const struct value *v)
{
    bool null = v->type == VALUE_NULL || (v->type == VALUE_REAL && !isfinite(v->r));

    if (i > 0)
        buf_add_char(out, ',');
    if (f->form == EXPORT_JSONL) {
        json_add_string(out, f->names[i]);
        buf_add_str(out, null ? ":null" : ":");
    }
    if (v->type == VALUE_BLOB) {
        struct buf list = { 0 };
        add_numbers(&list, v->bytes, f->number_bytes);
        if (f->form == EXPORT_CSV)
            add_csv_text(out, buf_view(&list));
        else
            buf_add_view(out, buf_view(&list));
        buf_fini(&list);
    } else if (!null) {
        add_value(out, f->form, v);
    }
}

void export_row_form_init(struct export_row_form *f, enum export_form form,
                          const struct export_table *t)
{
    *f = (struct export_row_form){ .form = form, .number_bytes = export_table_number_bytes(t) };
    f->columns = split("condition, persona, seed, ", f->names);
    f->columns += split(t->columns, f->names + f->columns);
}

void export_row_add_header(struct buf *out, const struct export_row_form *f)
{
    for (size_t i = 0; f->form == EXPORT_CSV && i < f->columns; i++) {
        buf_add_str(out, i > 0 ? "," : "");
        buf_add_view(out, f->names[i]);
    }
    buf_add_str(out, f->form == EXPORT_CSV ? "\n" : "");
}

void export_row_add(struct buf *out, const struct export_row_form *f, const struct export_run *run,
                    const struct value *row, size_t columns)
{
    const struct value keys[] = { value_text(view_of(run->condition)),
                                  value_text(view_of(run->persona)), value_int(run->seed) };
    size_t key_count = sizeof(keys) / sizeof(*keys);

    if (f->form == EXPORT_JSONL)
        buf_add_char(out, '{');
    for (size_t i = 0; i < key_count; i++)
        add_column(out, f, i, &keys[i]);
    for (size_t i = 0; i < columns; i++)
        add_column(out, f, key_count + i, &row[i]);
    buf_add_str(out, f->form == EXPORT_JSONL ? "}\n" : "\n");
}
