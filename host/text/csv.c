#include "text/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void csv_init(struct csv *csv, struct view text)
{
    static const char mark[] = "\xef\xbb\xbf";

    *csv = (struct csv){ .text = text, .line = 1 };
    if (view_starts(text, mark))
        csv->at = strlen(mark);
}

void csv_fini(struct csv *csv)
{
    buf_fini(&csv->bytes);
    free(csv->ends);
    free(csv->fields);
    *csv = (struct csv){ 0 };
}

static bool at_end(const struct csv *csv)
{
    return csv->at == csv->text.len;
}

static char peek(const struct csv *csv)
{
    return at_end(csv) ? '\n' : csv->text.data[csv->at];
}

static void skip_spaces(struct csv *csv)
{
    while (peek(csv) == ' ' || peek(csv) == '\t')
        csv->at++;
}

static bool ends_field(const struct csv *csv)
{
    char c = peek(csv);

    return c == ',' || c == '\n' ||
           (c == '\r' && (csv->at + 1 == csv->text.len || csv->text.data[csv->at + 1] == '\n'));
}

static bool read_quoted(struct csv *csv, struct err *err)
{
    int line = csv->line;

    csv->at++;
    for (;;) {
        if (at_end(csv))
            return err_set(err, "line %d: a quote is opened and never closed", line);
        char c = csv->text.data[csv->at++];
        if (c == '"' && peek(csv) != '"')
            break;
        csv->at += c == '"';
        csv->line += c == '\n';
        buf_add_char(&csv->bytes, c);
    }
    skip_spaces(csv);
    if (!ends_field(csv))
        return err_set(err,
                       "line %d: there is text after a field in quotes; double a quote that "
                       "belongs to the text",
                       csv->line);
    return true;
}

static void read_plain(struct csv *csv)
{
    while (!ends_field(csv))
        buf_add_char(&csv->bytes, csv->text.data[csv->at++]);
}

static bool read_field(struct csv *csv, struct err *err)
{
    size_t begin = csv->at;
    bool ok = true;

    skip_spaces(csv);
    if (peek(csv) == '"' && !at_end(csv)) {
        ok = read_quoted(csv, err);
    } else {
        csv->at = begin;
        read_plain(csv);
    }
    if (csv->count == csv->cap) {
        csv->cap = mem_grow(csv->cap, csv->count + 1);
        csv->ends = mem_realloc(csv->ends, csv->cap, sizeof(*csv->ends));
        csv->fields = mem_realloc(csv->fields, csv->cap, sizeof(*csv->fields));
    }
    csv->ends[csv->count++] = csv->bytes.len;
    return ok;
}

static void end_line(struct csv *csv)
{
    if (peek(csv) == '\r')
        csv->at++;
    if (!at_end(csv))
        csv->at++;
    csv->line++;
}

bool csv_next(struct csv *csv, bool *found, struct err *err)
{
    *found = false;
    while (!at_end(csv) && ends_field(csv) && peek(csv) != ',')
        end_line(csv);
    if (at_end(csv))
        return true;
    csv->count = 0;
    csv->row_line = csv->line;
    buf_clear(&csv->bytes);
    for (;;) {
        if (!read_field(csv, err))
            return false;
        if (peek(csv) != ',' || at_end(csv))
            break;
        csv->at++;
    }
    end_line(csv);
    for (size_t i = 0; i < csv->count; i++) {
        size_t from = i > 0 ? csv->ends[i - 1] : 0;
        csv->fields[i] = (struct view){ buf_str(&csv->bytes) + from, csv->ends[i] - from };
    }
    *found = true;
    return true;
}
