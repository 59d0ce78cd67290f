#include "interop/matrix_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct view trim(struct view v)
{
    while (v.len > 0 && is_space(v.data[0])) {
        v.data++;
        v.len--;
    }
    while (v.len > 0 && is_space(v.data[v.len - 1]))
        v.len--;
    return v;
}

/// Cuts the text before the next separator off the front of *rest, trimmed.
static struct view next_field(struct view *rest, char separator)
{
    const char *end = rest->len == 0 ? NULL : memchr(rest->data, separator, rest->len);
    struct view field = *rest;

    if (end == NULL) {
        rest->len = 0;
    } else {
        field.len = (size_t)(end - rest->data);
        rest->data += field.len + 1;
        rest->len -= field.len + 1;
    }
    return trim(field);
}

static bool parse_id(struct view text, uint32_t *id)
{
    uint64_t n = 0;

    if (text.len == 0 || text.len > 10)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        n = n * 10 + (uint64_t)(text.data[i] - '0');
    }
    *id = (uint32_t)n;
    return n <= UINT32_MAX;
}

// Spreadsheets put a byte order mark before UTF-8.
static struct view skip_mark(struct view text)
{
    if (text.len >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0) {
        text.data += 3;
        text.len -= 3;
    }
    return text;
}

size_t matrix_find_block(const struct matrix_table *table, uint32_t id)
{
    size_t i = 0;

    while (i < table->count && table->rows[i].id != id)
        i++;
    return i;
}

static bool parse_block(struct matrix_table *table, struct view line, size_t min_columns,
                        size_t max_columns, struct err *err)
{
    struct matrix_block b = { 0 };
    struct view id = next_field(&line, ',');

    if (line.len > 0 && memchr(line.data, '"', line.len) != NULL)
        return err_set(err, "quoted fields are not understood: remove the quotes");
    if (!parse_id(id, &b.id) || b.id == 0)
        return err_set(err, "`%.*s` is no block id: it must be a whole number above 0",
                       (int)(id.len < 40 ? id.len : 40), id.data);
    while (line.len > 0 && b.count < max_columns) {
        b.columns[b.count] = next_field(&line, ',');
        if (b.columns[b.count++].len == 0)
            return err_set(err, "column %zu is empty", b.count + 1);
    }
    if (b.count < min_columns || line.len > 0)
        return err_set(err, "there are too %s columns: at least %zu and at most %zu are wanted",
                       line.len > 0 ? "many" : "few", min_columns + 1, max_columns + 1);
    if (matrix_find_block(table, b.id) < table->count)
        return err_set(err, "block %u was given a meaning before: delete one row", b.id);
    if (table->count == MATRIX_MAX_BLOCKS)
        return err_set(err, "there are more than %d rows", MATRIX_MAX_BLOCKS);
    if (table->count == table->cap) {
        table->cap = mem_grow(table->cap, table->count + 1);
        table->rows = mem_realloc(table->rows, table->cap, sizeof(*table->rows));
    }
    table->rows[table->count++] = b;
    return true;
}

bool matrix_parse_table(struct matrix_table *table, size_t min_columns, size_t max_columns,
                        struct err *err)
{
    struct view rest = skip_mark(buf_view(&table->text));

    if (!utf8_valid(rest, NULL))
        return err_set(err, "it is not UTF-8: save it in this encoding");
    for (size_t line = 1; rest.len > 0; line++) {
        struct view text = next_field(&rest, '\n');

        if (text.len > 0 && !parse_block(table, text, min_columns, max_columns, err))
            return err_wrap(err, "line %zu", line);
    }
    return true;
}

void matrix_table_fini(struct matrix_table *table)
{
    buf_fini(&table->text);
    free(table->rows);
}

bool matrix_parse_ids(struct view text, uint32_t *ids, size_t count, struct err *err)
{
    size_t n = 0;

    text = skip_mark(text);
    for (size_t i = 0;;) {
        struct view field = { 0 };
        uint32_t id = 0;

        while (i < text.len && is_space(text.data[i]))
            i++;
        if (i == text.len)
            break;
        field.data = text.data + i;
        while (i < text.len && text.data[i] != ',' && text.data[i] != '\n')
            i++;
        field.len = (size_t)(text.data + i - field.data);
        field = trim(field);
        if (!parse_id(field, &id))
            return err_set(err, "entry %zu, `%.*s`, is no block id: it must be a whole number",
                           n + 1, (int)(field.len < 40 ? field.len : 40), field.data);
        if (n < count)
            ids[n] = id;
        n++;
        if (i < text.len)
            i++;
    }
    if (n != count)
        return err_set(err, "it holds %zu ids; the map has %zu tiles: export it again", n, count);
    return true;
}
