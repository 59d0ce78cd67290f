// Tables of run files as CSV and JSON lines: odd texts, NULL, numbers, and that no column of a view
// is forgotten.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../store/sample.h"
#include "interop/export_tables.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/propersim-export-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static char *make_run(const struct run_info *info, struct view text, double probability)
{
    struct err err = { { 0 } };
    struct text_set texts = { 0 };
    char *path = path_join(folder, "run.sqlite");
    struct writer *w = writer_create(path, info, &err);
    struct row_suggestion s = { .who = 1,
                                .slot = 1,
                                .text = text,
                                .source = SOURCE_DRAWN,
                                .delivered = true,
                                .logit = 0.1,
                                .probability = probability };

    must(w != NULL && writer_begin_day(w, 1, &texts, &err));
    must(writer_append_suggestion(w, &s, &err));
    must(writer_close(w, &err));
    text_set_fini(&texts);
    return path;
}

static void expect(enum export_form form, struct view text, double probability, const char *wanted)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    char *run = make_run(&info, text, probability), *out = NULL;
    const char *only[] = { "suggestions", NULL };
    struct export_tables_options options = {
        .form = form, .folder = folder, .only = only, .force = true
    };
    struct export_source source = { 0 };
    struct buf got = { 0 };

    must(export_source_find(&source, run, &err));
    must(export_tables(&source, &options, NULL, &err));
    out = path_join(folder, form == EXPORT_CSV ? "suggestions.csv" : "suggestions.jsonl");
    must(file_read(&got, out, 1 << 20, &err));
    assert_string_equal(buf_str(&got), wanted);
    buf_fini(&got);
    export_source_fini(&source);
    unlink(run);
    unlink(out);
    free(out);
    free(run);
}

#define HEAD                                                                                       \
    "condition,persona,seed,step,day,clock,who,slot,text,topic,tone,silent,source,delivered,"      \
    "logit,probability,reason\n"
#define KEYS "learning,p01+p02,-7,0,1,2025-02-13 00:00:00,1,1,"

static void test_csv_quotes_what_needs_it(void **state)
{
    static const char *const rows[][2] = {
        { "tea", "tea" },
        { "tea, now", "\"tea, now\"" },
        { "say \"tea\"", "\"say \"\"tea\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { " edge", "\" edge\"" },
        { "", "\"\"" },
        { "t\xc3\xa9", "t\xc3\xa9" },
    };
    char wanted[512];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        snprintf(wanted, sizeof(wanted), HEAD KEYS "%s,,,0,drawn,1,0.1,0.5,\n", rows[i][1]);
        expect(EXPORT_CSV, view_of(rows[i][0]), 0.5, wanted);
    }
}

static void test_null_is_nothing_in_csv_and_null_in_json(void **state)
{
    (void)state;
    expect(EXPORT_CSV, (struct view){ 0 }, NAN, HEAD KEYS ",,,0,drawn,1,0.1,,\n");
    expect(EXPORT_JSONL, (struct view){ 0 }, NAN,
           "{\"condition\":\"learning\",\"persona\":\"p01+p02\",\"seed\":-7,\"step\":0,\"day\":1,"
           "\"clock\":\"2025-02-13 00:00:00\",\"who\":1,\"slot\":1,\"text\":null,\"topic\":null,"
           "\"tone\":null,\"silent\":0,\"source\":\"drawn\",\"delivered\":1,\"logit\":0.1,"
           "\"probability\":null,\"reason\":null}\n");
}

// What the optimiser carries on has a form of its own; scripts are known by their hash.
static bool is_left_out(const char *view, const char *column)
{
    return strcmp(column, "optimizer") == 0 ||
           (strcmp(view, "script") == 0 && strcmp(column, "id") == 0);
}

struct columns {
    const char *view, *listed;
    int missing;
};

static bool check_column(void *user, const struct value *row, size_t count)
{
    struct columns *c = user;
    char name[80], renamed[80];

    (void)count;
    snprintf(name, sizeof(name), " %s,", row[0].bytes.data);
    snprintf(renamed, sizeof(renamed), " %s AS ", row[0].bytes.data);
    if (strstr(c->listed, name) == NULL && strstr(c->listed, renamed) == NULL &&
        !is_left_out(c->view, row[0].bytes.data)) {
        print_error("not exported: %s\n", row[0].bytes.data);
        c->missing++;
    }
    return true;
}

static void test_every_column_of_a_view_is_exported(void **state)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    char *run = make_run(&info, view_of("tea"), 0.5);
    struct reader *reader = reader_open(run, &err);

    (void)state;
    must(reader != NULL);
    for (size_t i = 0; export_table_name(i) != NULL; i++) {
        char listed[1024];
        struct columns c = { .view = export_table_view(i), .listed = listed };
        struct value view = { 0 };
        if (export_table_view(i) == NULL)
            continue;
        view = value_text(view_of(export_table_view(i)));
        snprintf(listed, sizeof(listed), " %s,", export_table_columns(i));
        must(reader_query(reader, "SELECT name FROM pragma_table_info(?1)", &view, 1, check_column,
                          &c, &err));
        if (c.missing > 0)
            fail_msg("table %s", export_table_name(i));
    }
    reader_close(reader);
    unlink(run);
    free(run);
}

static bool is_exported(const char *view)
{
    for (size_t i = 0; export_table_name(i) != NULL; i++) {
        if (export_table_view(i) != NULL && strcmp(export_table_view(i), view) == 0)
            return true;
    }
    return false;
}

// The views are the headings between "## Views" and the next of its kind: "### `day_script` and
// `script`".
static void test_every_documented_view_is_exported(void **state)
{
    struct err err = { { 0 } };
    struct buf text = { 0 };
    char *at = NULL, *end = NULL;
    int views = 0;

    (void)state;
    must(file_read(&text, PROPERSIM_SOURCE_DIR "/docs/run-file.md", 1 << 20, &err));
    at = strstr(buf_str(&text), "\n## Views\n");
    assert_non_null(at);
    end = strstr(at + 1, "\n## ");
    assert_non_null(end);
    *end = '\0';
    for (at = strstr(at, "\n### `"); at != NULL; at = strstr(at, "\n### `")) {
        char *line_end = strchr(++at, '\n');
        assert_non_null(line_end);
        *line_end = '\0';
        strtok(at, "`");
        for (char *view = strtok(NULL, "`"); view != NULL; view = strtok(NULL, "`")) {
            if (strcmp(view, " and ") == 0)
                continue;
            if (!is_exported(view))
                fail_msg("docs/run-file.md describes `%s`, which no table of export_tables.c is of",
                         view);
            views++;
        }
        at = line_end;
        *line_end = '\n';
    }
    assert_true(views > 25);
    buf_fini(&text);
}

static void test_numbers_of_blobs_are_lists(void **state)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    char *run = make_run(&info, view_of("tea"), 0.5), *out = path_join(folder, "embeddings.jsonl");
    const float vector[] = { 0.1F, -2 };
    struct writer *w = writer_open(run, &info, &err);
    const char *only[] = { "embeddings", NULL };
    struct export_tables_options options = {
        .form = EXPORT_JSONL, .folder = folder, .only = only, .force = true
    };
    struct export_source source = { 0 };
    struct buf got = { 0 };

    (void)state;
    must(w != NULL &&
         writer_append_embedding(w, view_of("m"), view_of("tea"),
                                 (struct view){ (const char *)vector, sizeof(vector) }, &err));
    must(writer_close(w, &err));
    must(export_source_find(&source, run, &err) && export_tables(&source, &options, NULL, &err));
    must(file_read(&got, out, 1 << 20, &err));
    assert_string_equal(buf_str(&got),
                        "{\"condition\":\"learning\",\"persona\":\"p01+p02\",\"seed\":-7,\"model\":"
                        "\"m\",\"text\":\"tea\",\"dim\":2,\"vector\":[0.100000001,-2]}\n");
    options.only = NULL; // and only if they are asked for
    unlink(out);
    must(export_tables(&source, &options, NULL, &err));
    assert_int_not_equal(access(out, F_OK), 0);
    buf_fini(&got);
    export_source_fini(&source);
    unlink(run);
    free(out);
    free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_quotes_what_needs_it),
        cmocka_unit_test(test_null_is_nothing_in_csv_and_null_in_json),
        cmocka_unit_test(test_every_column_of_a_view_is_exported),
        cmocka_unit_test(test_every_documented_view_is_exported),
        cmocka_unit_test(test_numbers_of_blobs_are_lists),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
