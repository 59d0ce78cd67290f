// Which studies and runs there are, and what they are at.

#include "site.h"

#include "web/catalog.h"

enum { LATER_MS = 10000 }; // more than the time for which a scan holds

struct shelf {
    char *folder;
    struct catalog *catalog;
    int64_t now_ms;
};

static void scan(struct shelf *s)
{
    s->now_ms += LATER_MS;
    catalog_scan(s->catalog, s->now_ms);
}

static struct shelf shelf_new(void)
{
    struct shelf s = { .folder = sample_folder() };

    s.catalog = catalog_new(s.folder);
    scan(&s);
    return s;
}

static void shelf_free(struct shelf *s)
{
    catalog_free(s->catalog);
    sample_remove(s->folder);
}

static void write_text(const struct shelf *s, const char *name, const char *text)
{
    struct err err = { { 0 } };
    char *path = path_join(s->folder, name), *folder = path_folder(path);

    must(file_make_folder(folder, &err));
    must(file_write(path, view_of(text), &err));
    free(folder);
    free(path);
}

static void add(const struct shelf *s, const char *name, int days)
{
    struct site site = { .folder = s->folder };

    site_add_study(&site, name, days);
}

static enum run_state state_of(struct shelf *s, const char *id)
{
    struct catalog_run *run = catalog_run(s->catalog, id);

    assert_non_null(run);
    run_refresh(run);
    return run->state;
}

static void studies_are_found_at_any_depth_and_in_order(void **state)
{
    struct shelf s = shelf_new();

    (void)state;
    assert_int_equal(catalog_count(s.catalog), 0);
    add(&s, "b", 0);
    add(&s, "a/deep/c", 0);
    write_text(&s, "notes.txt", "no study");
    scan(&s);
    assert_int_equal(catalog_count(s.catalog), 2);
    assert_string_equal(catalog_at(s.catalog, 0)->id, "a:deep:c");
    assert_string_equal(catalog_at(s.catalog, 1)->id, "b");
    assert_non_null(catalog_run(s.catalog, "a:deep:c:learning:p01+p02-s-7"));
    assert_null(catalog_run(s.catalog, "a:deep:c:learning"));
    assert_string_equal(catalog_problems(s.catalog), "[]");
    shelf_free(&s);
}

static void a_study_that_is_broken_is_named(void **state)
{
    struct shelf s = shelf_new();

    (void)state;
    add(&s, "fine", 0);
    write_text(&s, "bad/study.json", "{\"name\":");
    scan(&s);
    assert_int_equal(catalog_count(s.catalog), 1);
    assert_non_null(strstr(catalog_problems(s.catalog), "bad/study.json"));
    shelf_free(&s);
}

static void runs_say_what_they_are_at(void **state)
{
    struct shelf s = shelf_new();
    char host[65] = "", note[128];

    (void)state;
    add(&s, "none", 0);
    add(&s, "half", 1);
    add(&s, "whole", 2);
    add(&s, "junk", 0);
    write_text(&s, "junk/runs/learning/p01+p02-s-7.sqlite", "this is no database, or is it?");
    scan(&s);
    assert_int_equal(state_of(&s, "none:learning:p01+p02-s-7"), RUN_WAITING);
    assert_int_equal(state_of(&s, "half:learning:p01+p02-s-7"), RUN_STOPPED);
    assert_int_equal(state_of(&s, "whole:learning:p01+p02-s-7"), RUN_FINISHED);
    assert_int_equal(state_of(&s, "junk:learning:p01+p02-s-7"), RUN_BROKEN);
    assert_non_null(catalog_run(s.catalog, "junk:learning:p01+p02-s-7")->problem);
    // The runner leaves a note of a household that failed
    write_text(&s, "half/runs/learning/p01+p02-s-7.sqlite-failed", "household.lua:3: oops");
    assert_int_equal(state_of(&s, "half:learning:p01+p02-s-7"), RUN_FAILED);
    assert_string_equal(catalog_run(s.catalog, "half:learning:p01+p02-s-7")->failure,
                        "household.lua:3: oops");
    // A process that lives writes it: this one
    gethostname(host, sizeof(host) - 1);
    snprintf(note, sizeof(note), "process %ld on %s", (long)getpid(), host);
    write_text(&s, "half/runs/learning/p01+p02-s-7.sqlite-lock", note);
    assert_int_equal(state_of(&s, "half:learning:p01+p02-s-7"), RUN_RUNNING);
    assert_null(catalog_run(s.catalog, "half:learning:p01+p02-s-7")->failure);
    write_text(&s, "half/runs/learning/p01+p02-s-7.sqlite-lock", "process x");
    assert_int_equal(state_of(&s, "half:learning:p01+p02-s-7"), RUN_FAILED);
    shelf_free(&s);
}

static void what_was_read_is_read_again_when_the_file_changes(void **state)
{
    struct shelf s = shelf_new();
    struct catalog_run *run = NULL;
    char *path = NULL;

    (void)state;
    add(&s, "grow", 1);
    scan(&s);
    run = catalog_run(s.catalog, "grow:learning:p01+p02-s-7");
    run_refresh(run);
    assert_int_equal(run->days_finished, 1);
    assert_int_equal(run->steps, SAMPLE_STEPS);
    assert_int_equal(run->day_count, 1);
    assert_string_equal(run->scores, "[2.6667]");
    path = strdup(run->path);
    sample_resume(path, 2);
    scan(&s); // the run is another object now, with what was read before
    run = catalog_run(s.catalog, "grow:learning:p01+p02-s-7");
    run_refresh(run);
    assert_int_equal(run->days_finished, 2);
    assert_int_equal(run->steps, 2 * SAMPLE_STEPS);
    assert_int_equal(run->state, RUN_FINISHED);
    assert_int_equal(run->day_count, 2); // the first was kept, the second added
    assert_string_equal(run->scores, "[2.6667,2.6000]");
    unlink(path);
    scan(&s);
    assert_int_equal(state_of(&s, "grow:learning:p01+p02-s-7"), RUN_WAITING);
    free(path);
    shelf_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(studies_are_found_at_any_depth_and_in_order),
        cmocka_unit_test(a_study_that_is_broken_is_named),
        cmocka_unit_test(runs_say_what_they_are_at),
        cmocka_unit_test(what_was_read_is_read_again_when_the_file_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
