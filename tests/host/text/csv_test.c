#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "text/csv.h"

// Rows as "line:field|field" with newlines between them.
static void read_all(const char *text, struct buf *out, struct err *err)
{
    struct csv csv;
    bool found = false, ok = true;

    csv_init(&csv, view_of(text));
    while ((ok = csv_next(&csv, &found, err)) && found) {
        buf_addf(out, "%s%d:", out->len > 0 ? "\n" : "", csv.row_line);
        for (size_t i = 0; i < csv.count; i++) {
            buf_add_str(out, i > 0 ? "|" : "");
            buf_add_view(out, csv.fields[i]);
        }
    }
    if (!ok)
        buf_addf(out, "%s! %s", out->len > 0 ? "\n" : "", err->text);
    csv_fini(&csv);
}

static void rows_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "", "" },
        { "a,b\n", "1:a|b" },
        { "a,b", "1:a|b" },
        { "a,b\r\nc,d\r\n", "1:a|b\n2:c|d" },
        { "\xef\xbb\xbf"
          "a\n",
          "1:a" },
        { "a\n\n\nb", "1:a\n4:b" },
        { ",\n", "1:|" },
        { "a,,c", "1:a||c" },
        { "\"a,b\",c", "1:a,b|c" },
        { "\"say \"\"hi\"\"\"", "1:say \"hi\"" },
        { "x, \"a\" ,b", "1:x|a|b" },
        { "\"two\nlines\"\nnext", "1:two\nlines\n3:next" },
        { "5\" wide, b", "1:5\" wide| b" },
        { "a,\"b", "! line 1: a quote is opened and never closed" },
        { "a\n\"b\"c", "1:a\n! line 2: there is text after a field in quotes; double a quote that "
                       "belongs to the text" },
        { "a\rb", "1:a\rb" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf out = { 0 };
        struct err err = { { 0 } };
        read_all(rows[i].text, &out, &err);
        if (strcmp(buf_str(&out), rows[i].wanted) != 0)
            fail_msg("row %zu: wanted\n%s\ngot\n%s", i, rows[i].wanted, buf_str(&out));
        buf_fini(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_as_people_write_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
