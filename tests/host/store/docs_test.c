// docs/run-file.md and the schema must tell the same story.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"

static const char page_path[] = PROPERSIM_SOURCE_DIR "/docs/run-file.md";

struct page {
    struct buf text;
    struct reader *reader;
    char *folder, *path;
    int columns; // checked
};

static void page_open(struct page *p)
{
    struct err err = { { 0 } };

    *p = (struct page){ .folder = sample_folder() };
    p->path = path_join(p->folder, "a.sqlite");
    sample_run(p->path, 2);
    must(file_read(&p->text, page_path, 1 << 20, &err));
    p->reader = reader_open(p->path, &err);
    must(p->reader != NULL);
}

static void page_close(struct page *p)
{
    reader_close(p->reader);
    buf_fini(&p->text);
    free(p->path);
    sample_remove(p->folder);
}

// The part of the page whose heading names the view, as a malloc'ed string, or NULL.
static char *section_of(const struct page *p, const char *view)
{
    struct buf quoted = { 0 };
    char *section = NULL;

    buf_addf(&quoted, "`%s`", view);
    for (const char *at = strstr(buf_str(&p->text), "\n### "); at != NULL && section == NULL;
         at = strstr(at + 1, "\n### ")) {
        const char *line_end = strchr(at + 1, '\n'), *name = strstr(at, buf_str(&quoted));
        const char *end = strstr(at + 1, "\n##");
        if (name != NULL && name < line_end)
            section = strndup(at, (size_t)(end - at));
    }
    buf_fini(&quoted);
    return section;
}

static bool check_column(void *user, const struct value *row, size_t columns)
{
    struct page *p = user;
    struct buf view = { 0 }, quoted = { 0 };
    char *section = NULL;

    (void)columns;
    buf_add_view(&view, row[0].bytes);
    buf_addf(&quoted, "`%.*s`", (int)row[1].bytes.len, row[1].bytes.data);
    section = section_of(p, buf_str(&view));
    if (section == NULL)
        fail_msg("no section describes `%s`", buf_str(&view));
    if (strstr(section, buf_str(&quoted)) == NULL)
        fail_msg("the section of `%s` does not describe %s", buf_str(&view), buf_str(&quoted));
    free(section);
    buf_fini(&quoted);
    buf_fini(&view);
    p->columns++;
    return true;
}

static void every_view_and_column_is_described(void **state)
{
    static const char sql[] = "SELECT m.name, p.name FROM sqlite_schema m"
                              " JOIN pragma_table_info(m.name) p"
                              " WHERE m.type = 'view' OR m.name IN ('meta', 'resident')";
    struct err err = { { 0 } };
    struct page p;

    (void)state;
    page_open(&p);
    must(reader_query(p.reader, sql, NULL, 0, check_column, &p, &err));
    assert_true(p.columns > 150);
    page_close(&p);
}

static bool count_row(void *user, const struct value *row, size_t columns)
{
    (void)row;
    (void)columns;
    ++*(int *)user;
    return true;
}

static void every_example_query_works(void **state)
{
    static const char open[] = "```sql\n", close[] = "\n```";
    int queries = 0;
    struct page p;

    (void)state;
    page_open(&p);
    for (const char *at = strstr(buf_str(&p.text), open); at != NULL; at = strstr(at, open)) {
        struct err err = { { 0 } };
        const char *start = at + strlen(open), *end = strstr(start, close);
        char *sql = strndup(start, (size_t)(end - start));
        int rows = 0;
        if (!reader_query(p.reader, sql, NULL, 0, count_row, &rows, &err))
            fail_msg("%s\n%s", sql, err.text);
        if (rows == 0)
            fail_msg("%s\nfinds nothing in the sample", sql);
        free(sql);
        queries++;
        at = end;
    }
    assert_true(queries >= 6);
    page_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_and_column_is_described),
        cmocka_unit_test(every_example_query_works),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
