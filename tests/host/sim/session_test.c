// A run driven by hand: what stepping, looking and telling do to its file, against the installed
// scripts.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "sim/find_run.h"
#include "sim/runner.h"
#include "sim/session.h"
#include "store/digest.h"
#include "text/json.h"

#define must(call)                                                                                 \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, err.text);                                                   \
    } while (0)

static const char study_text[] = "local study = require \"propersim.study\"\n"
                                 "return study { name = \"s\", days = 2, sec_per_step = 1800,"
                                 " personas = { \"p01\" } }\n";

struct fixture {
    char folder[64];
    char *out; // the study folder
    char *run; // the run file
    struct manifest manifest;
};

static void open_fixture(struct fixture *f, const char *name)
{
    struct err err = { { 0 } };
    struct study study = { 0 };
    char *file = NULL;
    bool resumed = false;

    *f = (struct fixture){ .folder = "/tmp/propersim-session-XXXXXX" };
    assert_non_null(mkdtemp(f->folder));
    file = path_join(f->folder, "s.lua");
    f->out = path_join(f->folder, name);
    must(file_write(file, view_of(study_text), &err));
    must(study_load(&study, file, NULL, 0, &err));
    must(runner_prepare(&study, f->out, &resumed, &err));
    must(manifest_read(&f->manifest, f->out, &err));
    f->run = path_join(f->out, f->manifest.cells[0].file);
    study_fini(&study);
    free(file);
}

static void remove_folder(const char *folder)
{
    struct err err = { { 0 } };
    struct file_list list = { 0 };

    must(file_list_folder(&list, folder, &err));
    for (size_t i = 0; i < list.count; i++) {
        char *path = path_join(folder, list.names[i]);
        if (file_is_folder(path))
            remove_folder(path);
        else
            unlink(path);
        free(path);
    }
    file_list_free(&list);
    rmdir(folder);
}

static void close_fixture(struct fixture *f)
{
    manifest_fini(&f->manifest);
    free(f->out);
    free(f->run);
    remove_folder(f->folder);
}

static struct session *open_session(const struct fixture *f)
{
    const struct session_options options = { 0 };
    struct err err = { { 0 } };
    struct session *s = session_open(f->out, &f->manifest.cells[0], &options, &err);

    must(s != NULL);
    return s;
}

static void steps(struct session *s, int64_t count)
{
    struct err err = { { 0 } };
    int64_t done = 0;

    must(session_run(s, count, &done, &err));
    assert_int_equal(done, count);
}

static void save_and_close(struct session *s)
{
    struct err err = { { 0 } };

    must(session_save(s, &err));
    must(session_close(s, &err));
}

static struct hash digest_of(const char *path)
{
    struct err err = { { 0 } };
    struct digest digest;
    struct reader *r = reader_open(path, &err);

    must(r != NULL);
    must(digest_run(r, &digest, &err));
    reader_close(r);
    return digest.hash;
}

static bool evaluate(struct session *s, const char *code, struct buf *out, struct err *err)
{
    buf_clear(out);
    return session_evaluate(s, "terminal.evaluate", "run", view_of(code), out, err);
}

// 60 steps, which is into the second day, without a look aside.
static struct hash undisturbed(void)
{
    struct fixture f;
    struct session *s = NULL;
    struct hash hash = { { 0 } };

    open_fixture(&f, "plain");
    s = open_session(&f);
    steps(s, 60);
    save_and_close(s);
    hash = digest_of(f.run);
    close_fixture(&f);
    return hash;
}

static void looking_and_leaving_in_between_change_nothing(void **state)
{
    static const char *const codes[] = {
        "h.residents[1].state.x = 99",
        "h.residents[1].memory:retrieve('breakfast', 20)",
        "require('resident.plan').look_ahead = nil",
        "require('household').step(h)",
        "math.random()",
        "require('map').leave('Mara Ellison')",
        "for _ = 1, 10 do require('rng').stream('x'):unit() end",
    };
    struct fixture f;
    struct err err = { { 0 } };
    struct buf out = { 0 };
    struct json *none = json_parse(view_of("[\"people\",\"\"]"), &err);
    struct hash wanted = undisturbed(), found = { { 0 } };
    struct session *s = NULL;

    (void)state;
    open_fixture(&f, "looked");
    s = open_session(&f);
    for (int i = 0; i < 6; i++) {
        for (size_t c = 0; c < sizeof(codes) / sizeof(*codes); c++) {
            struct err failing = { { 0 } }; // some of it is refused, which is as good
            (void)!evaluate(s, codes[c], &out, &failing);
        }
        buf_clear(&out);
        must(session_look(s, "terminal.commands", "run", none, &out, &err));
        assert_non_null(strstr(buf_str(&out), "Mara Ellison"));
        steps(s, 10);
        if (i % 2 == 1) {
            save_and_close(s);
            s = open_session(&f);
            assert_int_equal(session_next_step(s), 10 * (i + 1));
        }
    }
    must(session_close(s, &err));
    found = digest_of(f.run);
    assert_true(hash_equal(&found, &wanted));
    json_free(none);
    buf_fini(&out);
    close_fixture(&f);
}

static void a_look_sees_the_moment_and_each_begins_anew(void **state)
{
    struct fixture f;
    struct err err = { { 0 } };
    struct buf out = { 0 };
    struct session *s = NULL;

    (void)state;
    open_fixture(&f, "out");
    s = open_session(&f);
    steps(s, 20);
    must(evaluate(s, "h.residents[1].name", &out, &err));
    assert_string_equal(buf_str(&out), "Mara Ellison");
    must(evaluate(s, "require('clock').time()", &out, &err));
    assert_string_equal(buf_str(&out), "10:00");
    must(evaluate(s, "h.mark = 1", &out, &err));
    must(evaluate(s, "h.mark", &out, &err));
    assert_string_equal(buf_str(&out), "nil");
    assert_false(evaluate(s, "h.residents[1].memory:add {}", &out, &err));
    assert_non_null(strstr(err.text, "only looks"));
    assert_false(evaluate(s, "while true do end", &out, &err));
    assert_non_null(strstr(err.text, "instructions"));
    must(session_close(s, &err));
    buf_fini(&out);
    close_fixture(&f);
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

static void what_is_told_is_kept_and_told_again_at_its_step(void **state)
{
    static const char thoughts[] =
        "SELECT count(*) FROM memory WHERE text = 'it is raining' AND step = 20";
    struct fixture f;
    struct err err = { { 0 } };
    struct session *s = NULL;
    struct hash first = { { 0 } }, second = { { 0 } };

    (void)state;
    open_fixture(&f, "out");
    s = open_session(&f);
    steps(s, 20);
    assert_false(session_tell(s, 2, INTERVENTION_WHISPER, view_of("it is raining"), &err));
    must(session_tell(s, 1, INTERVENTION_WHISPER, view_of("it is raining"), &err));
    assert_int_equal(session_unsaved(s).told, 1);
    steps(s, 5);
    save_and_close(s);
    assert_int_equal(number_of(f.run, thoughts), 1);
    first = digest_of(f.run);
    s = open_session(&f); // simulates the day again, with what was told
    save_and_close(s);
    second = digest_of(f.run);
    assert_true(hash_equal(&first, &second));
    assert_int_equal(number_of(f.run, thoughts), 1);
    close_fixture(&f);
}

static void a_run_that_is_open_is_nobody_elses(void **state)
{
    const struct session_options options = { 0 };
    struct fixture f;
    struct err err = { { 0 } };
    struct session *s = NULL;

    (void)state;
    open_fixture(&f, "out");
    s = open_session(&f);
    assert_null(session_open(f.out, &f.manifest.cells[0], &options, &err));
    assert_non_null(strstr(err.text, "is being written by process"));
    steps(s, 1);
    must(session_close(s, &err));
    assert_false(file_exists(f.run)); // nothing was saved
    close_fixture(&f);
}

static void a_path_means_a_run_or_a_study(void **state)
{
    struct fixture f;
    struct err err = { { 0 } };
    struct manifest m = { 0 };
    struct session *s = NULL;
    char *folder = NULL, *other = NULL;
    size_t cell = 0;

    (void)state;
    open_fixture(&f, "out");
    s = open_session(&f);
    steps(s, 1);
    save_and_close(s);
    must(find_run(f.run, &folder, &m, &cell, &err));
    assert_int_equal(cell, 0);
    manifest_fini(&m);
    free(folder);
    must(find_run(f.out, &folder, &m, &cell, &err));
    assert_true(cell == SIZE_MAX);
    manifest_fini(&m);
    free(folder);
    other = path_join(f.folder, "s.lua");
    assert_false(find_run(other, &folder, &m, &cell, &err));
    assert_non_null(strstr(err.text, "is in no study folder"));
    free(other);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looking_and_leaving_in_between_change_nothing),
        cmocka_unit_test(a_look_sees_the_moment_and_each_begins_anew),
        cmocka_unit_test(what_is_told_is_kept_and_told_again_at_its_step),
        cmocka_unit_test(a_run_that_is_open_is_nobody_elses),
        cmocka_unit_test(a_path_means_a_run_or_a_study),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
