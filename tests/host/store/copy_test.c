// Copies of run files, and what a run file keeps so that it can be taken back to any midnight.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sample.h"
#include "store/copy.h"

struct files {
    char *folder, *whole, *copy, *wanted;
};

static struct files files_new(void)
{
    struct files f = { .folder = sample_folder() };

    f.whole = path_join(f.folder, "whole.sqlite");
    f.copy = path_join(f.folder, "copy.sqlite");
    f.wanted = path_join(f.folder, "wanted.sqlite");
    return f;
}

static void files_free(struct files *f)
{
    free(f->whole);
    free(f->copy);
    free(f->wanted);
    sample_remove(f->folder);
}

static void raw_exec(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static void a_fork_of_any_day_has_the_digest_of_a_run_that_stopped_there(void **state)
{
    (void)state;
    for (int day = 1; day <= 4; day++) {
        struct files f = files_new();
        struct err err = { { 0 } };
        struct copy_fork fork = { .day = day, .parent = "{\"day\":1}" };
        sample_run(f.whole, 4);
        sample_run(f.wanted, day);
        must(copy_run_until(f.whole, f.copy, &fork, &err));
        assert_true(same_digest(f.copy, f.wanted));
        // and goes on like it
        sample_resume(f.copy, 5);
        sample_resume(f.whole, 5);
        assert_true(same_digest(f.copy, f.whole));
        files_free(&f);
    }
}

static void a_fork_says_where_it_comes_from_and_which_options_it_has(void **state)
{
    struct files f = files_new();
    struct err err = { { 0 } };
    struct copy_fork fork = { .day = 1, .config = "{\"learn\":\"kto\"}", .parent = "{\"day\":1}" };
    struct reader *r = NULL;
    struct buf parent = { 0 };
    bool found = false;

    (void)state;
    sample_run(f.whole, 2);
    must(copy_run_until(f.whole, f.copy, &fork, &err));
    r = reader_open(f.copy, &err);
    must(r != NULL);
    assert_string_equal(reader_info(r)->config, fork.config);
    must(reader_meta(r, "parent", &parent, &found, &err));
    assert_true(found);
    assert_string_equal(buf_str(&parent), fork.parent);
    reader_close(r);
    buf_fini(&parent);
    files_free(&f);
}

static bool count_rows(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].i;
    return false;
}

static int64_t number_of(const char *path, const char *sql)
{
    struct err err = { { 0 } };
    struct reader *r = reader_open(path, &err);
    int64_t count = -1;

    must(r != NULL);
    must(reader_query(r, sql, NULL, 0, count_rows, &count, &err));
    reader_close(r);
    return count;
}

static void a_fork_keeps_replies_and_the_interventions_of_its_days_only(void **state)
{
    struct files f = files_new();
    struct err err = { { 0 } };
    struct copy_fork fork = { .day = 2 };

    (void)state;
    sample_run(f.whole, 1);
    sample_unusual(f.whole, 2);
    sample_resume(f.whole, 2); // keeps what was told, and gives it again
    assert_int_equal(number_of(f.whole, "SELECT count(*) FROM intervention"), 1);
    must(copy_run_until(f.whole, f.copy, &fork, &err));
    assert_int_equal(number_of(f.copy, "SELECT count(*) FROM intervention"), 1);
    unlink(f.copy);
    fork.day = 1;
    must(copy_run_until(f.whole, f.copy, &fork, &err));
    assert_int_equal(number_of(f.copy, "SELECT count(*) FROM intervention"), 0);
    assert_int_equal(number_of(f.copy, "SELECT count(*) FROM reply"), 1);
    assert_int_equal(number_of(f.copy, "SELECT count(*) FROM call WHERE step >= 24"), 0);
    assert_true(number_of(f.copy, "SELECT count(*) FROM call") > 0);
    files_free(&f);
}

static void days_that_are_not_there_and_files_that_are_are_refused(void **state)
{
    struct files f = files_new();
    struct err err = { { 0 } };
    struct copy_fork fork = { .day = 3 };

    (void)state;
    sample_run(f.whole, 2);
    assert_false(copy_run_until(f.whole, f.copy, &fork, &err));
    assert_non_null(strstr(err.text, "has 2 finished days"));
    assert_false(file_exists(f.copy));
    fork.day = 1;
    assert_false(copy_run_until(f.whole, f.whole, &fork, &err));
    assert_non_null(strstr(err.text, "exists already"));
    files_free(&f);
}

// Takes out of a file what format 2 added.
static void make_format_1(const char *path)
{
    // rating_total stays, since views of format 2 look into it
    raw_exec(path, "DROP VIEW memory_access; DROP VIEW intervention; DROP VIEW mmlu;"
                   "DROP VIEW pair_prompt; DROP VIEW adapter;"
                   "DROP TABLE memory_access_data; DROP TABLE intervention_data;"
                   "DROP TABLE mmlu_data; DROP TABLE pair_prompt_data; DROP TABLE adapter_data;"
                   "PRAGMA user_version = 1");
}

static void
a_file_of_format_1_is_read_continued_and_forked_from_where_it_was_continued(void **state)
{
    struct files f = files_new();
    struct err err = { { 0 } };
    struct copy_fork fork = { .day = 1 };

    (void)state;
    sample_run(f.whole, 2);
    sample_run(f.wanted, 2);
    make_format_1(f.whole);
    assert_true(same_digest(f.whole, f.wanted));
    assert_int_equal(number_of(f.whole, "SELECT count(*) FROM intervention"), 0);
    assert_false(copy_run_until(f.whole, f.copy, &fork, &err));
    assert_non_null(strstr(err.text, "older propersim"));
    sample_resume(f.whole, 4);
    assert_false(copy_run_until(f.whole, f.copy, &fork, &err));
    assert_non_null(strstr(err.text, "after day 2 or later"));
    for (fork.day = 2; fork.day <= 3; fork.day++) {
        unlink(f.copy);
        must(copy_run_until(f.whole, f.copy, &fork, &err));
        sample_resume(f.wanted, fork.day);
        assert_true(same_digest(f.copy, f.wanted));
    }
    files_free(&f);
}

static void a_copy_replaces_what_is_there_under_the_eyes_of_a_reader(void **state)
{
    struct files f = files_new();
    struct err err = { { 0 } };
    struct reader *r = NULL;
    int days = 0;

    (void)state;
    sample_run(f.whole, 3);
    sample_run(f.copy, 1);
    r = reader_open(f.copy, &err);
    must(r != NULL);
    must(copy_run(f.whole, f.copy, &err));
    must(reader_progress(r, &days, NULL, &err));
    assert_int_equal(days, 3);
    reader_close(r);
    assert_true(same_digest(f.copy, f.whole));
    files_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fork_of_any_day_has_the_digest_of_a_run_that_stopped_there),
        cmocka_unit_test(a_fork_says_where_it_comes_from_and_which_options_it_has),
        cmocka_unit_test(a_fork_keeps_replies_and_the_interventions_of_its_days_only),
        cmocka_unit_test(days_that_are_not_there_and_files_that_are_are_refused),
        cmocka_unit_test(
            a_file_of_format_1_is_read_continued_and_forked_from_where_it_was_continued),
        cmocka_unit_test(a_copy_replaces_what_is_there_under_the_eyes_of_a_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
