#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "sample.h"
#include "store/manifest.h"

static void fill(struct text_set *set, const char *mark)
{
    struct err err = { { 0 } };

    must(text_set_add(set, "scripts/household.lua", view_of(mark), &err));
    must(text_set_add(set, "prompts/rate/timing.lua", view_of("return {}"), &err));
}

static bool same_hash(const struct text_set *a, const struct text_set *b)
{
    char x[HASH_HEX_BYTES], y[HASH_HEX_BYTES];

    text_set_hash(a, x);
    text_set_hash(b, y);
    return strcmp(x, y) == 0;
}

static void a_set_is_known_by_its_paths_and_texts(void **state)
{
    static const char *const bad[] = { "../x.lua", "/etc/passwd", "", "a\nb", "a/../../b" };
    struct err err = { { 0 } };
    struct text_set a = { 0 }, b = { 0 };

    (void)state;
    fill(&a, "one");
    must(text_set_add(&b, "prompts/rate/timing.lua", view_of("return {}"), &err));
    assert_false(same_hash(&a, &b));
    must(text_set_add(&b, "scripts/household.lua", view_of("one"), &err));
    assert_true(same_hash(&a, &b)); // whatever the order
    assert_string_equal(a.files[0]->path, "prompts/rate/timing.lua");
    assert_string_equal(buf_str(&text_set_find(&a, "scripts/household.lua")->text), "one");
    assert_null(text_set_find(&a, "scripts"));
    assert_false(text_set_add(&a, "scripts/household.lua", view_of("two"), &err));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(text_set_add(&a, bad[i], view_of("x"), &err));
    assert_true(same_hash(&a, &b)); // refusals leave it as it was
    text_set_fini(&a);
    text_set_fini(&b);
}

static void sets_share_a_text_that_outlives_the_first_of_them(void **state)
{
    struct err err = { { 0 } };
    struct text_set a = { 0 }, b = { 0 };

    (void)state;
    fill(&a, "one");
    must(text_set_share(&b, text_set_find(&a, "scripts/household.lua"), &err));
    assert_false(text_set_share(&b, text_set_find(&a, "scripts/household.lua"), &err));
    assert_int_equal(b.count, 1);
    text_set_fini(&a);
    assert_string_equal(buf_str(&text_set_find(&b, "scripts/household.lua")->text), "one");
    text_set_fini(&b);
}

static void the_first_to_pin_a_day_wins_and_all_others_follow(void **state)
{
    struct err err = { { 0 } };
    struct text_set mine = { 0 }, other = { 0 }, got = { 0 };
    char *folder = sample_folder();
    bool first = false, found = true;

    (void)state;
    fill(&mine, "mine");
    fill(&other, "other");
    must(texts_read_pinned(folder, 3, &got, &found, &err));
    assert_false(found);
    must(texts_pin(folder, 3, &mine, &got, &first, &err));
    assert_true(first);
    assert_true(same_hash(&got, &mine));
    text_set_fini(&got);
    must(texts_pin(folder, 3, &other, &got, &first, &err));
    assert_false(first);
    assert_true(same_hash(&got, &mine));
    assert_string_equal(buf_str(&got.files[1]->text), "mine");
    text_set_fini(&got);
    must(texts_read_pinned(folder, 3, &got, &found, &err));
    assert_true(found && same_hash(&got, &mine));
    text_set_fini(&got);
    must(texts_pin(folder, 4, &other, &got, &first, &err)); // another day is free
    assert_true(first);
    text_set_fini(&got);
    text_set_fini(&mine);
    text_set_fini(&other);
    sample_remove(folder);
}

enum { RACE_DAYS = 30 };

// What one process got for each day, sent to the parent.
struct outcome {
    char hash[RACE_DAYS][HASH_HEX_BYTES];
    bool first[RACE_DAYS];
};

static void race(const char *folder, const char *mark, int out)
{
    struct err err = { { 0 } };
    struct outcome o = { 0 };

    for (int i = 0; i < RACE_DAYS; i++) {
        struct text_set mine = { 0 }, got = { 0 };
        fill(&mine, mark);
        must(texts_pin(folder, i + 1, &mine, &got, &o.first[i], &err));
        text_set_hash(&got, o.hash[i]);
        text_set_fini(&got);
        text_set_fini(&mine);
    }
    must(write(out, &o, sizeof(o)) == (ssize_t)sizeof(o));
    _exit(0);
}

static void of_two_processes_that_pin_at_once_one_wins(void **state)
{
    char *folder = sample_folder();
    struct outcome o[2] = { 0 };
    int pipes[2][2];

    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pipe(pipes[i]), 0);
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            race(folder, i == 0 ? "zero" : "one", pipes[i][1]);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(read(pipes[i][0], &o[i], sizeof(o[i])), sizeof(o[i]));
        close(pipes[i][0]);
        close(pipes[i][1]);
        wait(NULL);
    }
    for (int i = 0; i < RACE_DAYS; i++) {
        assert_string_equal(o[0].hash[i], o[1].hash[i]);
        assert_int_equal(o[0].first[i] + o[1].first[i], 1);
    }
    sample_remove(folder);
}

static void spoil(const char *folder, const char *name, const char *text)
{
    struct err err = { { 0 } };
    char *texts = path_join(folder, "texts"), *path = path_join(texts, name);

    must(file_write(path, view_of(text), &err));
    free(path);
    free(texts);
}

static void pinned_texts_that_were_changed_are_noticed(void **state)
{
    static const struct {
        const char *name, *text, *wanted;
    } rows[] = {
        { NULL, "edited", "was changed" },
        { "day-0001.json", "[]", "must be an object" },
        { "day-0001.json", "{\"a\": 1}", "must be 64 hexadecimal digits" },
        { "day-0001.json", "{\"a\": \"../../../../etc/passwd\"}", "must be 64 hexadecimal digits" },
        { "day-0001.json", "{", "day-0001.json: line 1" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct text_set mine = { 0 }, got = { 0 };
        char *folder = sample_folder();
        bool first = false, found = false;

        fill(&mine, "mine");
        must(texts_pin(folder, 1, &mine, &got, &first, &err));
        spoil(folder, rows[i].name != NULL ? rows[i].name : got.files[0]->hash, rows[i].text);
        text_set_fini(&got);
        assert_false(texts_read_pinned(folder, 1, &got, &found, &err));
        if (strstr(err.text, rows[i].wanted) == NULL)
            fail_msg("'%s' does not say '%s'", err.text, rows[i].wanted);
        assert_null(got.files);
        text_set_fini(&mine);
        sample_remove(folder);
    }
}

static void file_names_are_safe_and_differ(void **state)
{
    static const struct {
        const char *condition, *persona;
        int64_t seed;
        const char *file; // NULL: only safe
    } rows[] = {
        { "learning", "p01", 1, "runs/learning/p01-s1.sqlite" },
        { "a+b_c.d", "p01+p02", -3, "runs/a+b_c.d/p01+p02-s-3.sqlite" },
        { "a b", "p01", 1, NULL },
        { "a/b", "p01", 1, NULL },
        { "a_b", "p01", 1, "runs/a_b/p01-s1.sqlite" },
        { "..", "..", 1, NULL },
        { ".", "p01", 1, NULL },
        { "", "", 1, NULL },
        { "-rf", "p01", 1, NULL },
        { "gr\xc3\xbc\xc3\x9f", "p01", 1, NULL },
        { "line\nbreak", "p01", 1, NULL },
        { "a\\b", "p01", 1, NULL },
        { "0123456789012345678901234567890123456789012345678901234567890123456789", "p", 1, NULL },
        { "012345678901234567890123456789012345678901234567890123456789012345678X", "p", 1, NULL },
    };
    char *files[16] = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        files[i] = manifest_file_name(rows[i].condition, rows[i].persona, rows[i].seed);
        if (rows[i].file != NULL)
            assert_string_equal(files[i], rows[i].file);
        assert_true(path_is_inside(files[i]));
        assert_true(strlen(files[i]) < 200);
        assert_int_equal(strspn(files[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                          "0123456789._+-~/"),
                         strlen(files[i]));
        assert_null(strstr(files[i], "/-"));
        assert_null(strstr(files[i], "/."));
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(files[i], files[k]);
    }
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        free(files[i]);
}

static void a_manifest_comes_back_as_it_was(void **state)
{
    struct err err = { { 0 } };
    struct manifest m = { 0 }, got = { 0 };
    char *folder = sample_folder();

    (void)state;
    manifest_init(&m, "My \"study\"", "{\"a\":0.1,\"b\":[1,2]}");
    must(manifest_add(&m, "learning", "p01", INT64_MAX, &err));
    must(manifest_add(&m, "caf\xc3\xa9", "p02", INT64_MIN, &err));
    assert_false(manifest_add(&m, "learning", "p01", INT64_MAX, &err));
    assert_non_null(strstr(err.text, "twice"));
    assert_false(manifest_exists(folder));
    assert_false(manifest_read(&got, folder, &err));
    assert_non_null(strstr(err.text, "is not a study folder"));
    must(manifest_write(&m, folder, &err));
    must(manifest_read(&got, folder, &err));
    assert_string_equal(got.name, m.name);
    assert_string_equal(got.config, m.config);
    assert_int_equal(got.cell_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(got.cells[i].condition, m.cells[i].condition);
        assert_string_equal(got.cells[i].persona, m.cells[i].persona);
        assert_string_equal(got.cells[i].file, m.cells[i].file);
        assert_true(got.cells[i].seed == m.cells[i].seed);
    }
    manifest_fini(&got);
    manifest_fini(&m);
    sample_remove(folder);
}

static void a_wrong_manifest_is_named(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "", "study.json" },
        { "[]", "study.json" },
        { "{\"format\": 2, \"name\": \"a\", \"config\": {}, \"cells\": []}", "newer propersim" },
        { "{\"format\": 1, \"config\": {}, \"cells\": []}", "`name` is missing" },
        { "{\"format\": 1, \"name\": \"a\", \"cells\": []}", "`config`" },
        { "{\"format\": 1, \"name\": \"a\", \"config\": {}, \"cells\": {}}", "`cells`" },
        { "{\"format\": 1, \"name\": \"a\", \"config\": {}, \"cells\": [{\"condition\": \"c\","
          " \"persona\": \"p\", \"seed\": \"1x\", \"file\": \"runs/a\"}]}",
          "cell 1: `seed`" },
        { "{\"format\": 1, \"name\": \"a\", \"config\": {}, \"cells\": [{\"condition\": \"c\","
          " \"persona\": \"p\", \"seed\": \"99999999999999999999\", \"file\": \"runs/a\"}]}",
          "cell 1: `seed`" },
        { "{\"format\": 1, \"name\": \"a\", \"config\": {}, \"cells\": [{\"condition\": \"c\","
          " \"persona\": \"p\", \"seed\": \"1\", \"file\": \"../../x\"}]}",
          "leaves the study folder" },
        { "{\"format\": 1, \"name\": \"a\", \"config\": {}, \"cells\": [3]}", "cell 1" },
    };
    char *folder = sample_folder(), *path = path_join(folder, "study.json");

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct manifest m = { 0 };
        must(file_write(path, view_of(rows[i].text), &err));
        assert_false(manifest_read(&m, folder, &err));
        if (strstr(err.text, rows[i].wanted) == NULL || strstr(err.text, path) != err.text)
            fail_msg("'%s' does not say '%s'", err.text, rows[i].wanted);
        assert_null(m.name);
    }
    free(path);
    sample_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_known_by_its_paths_and_texts),
        cmocka_unit_test(sets_share_a_text_that_outlives_the_first_of_them),
        cmocka_unit_test(the_first_to_pin_a_day_wins_and_all_others_follow),
        cmocka_unit_test(of_two_processes_that_pin_at_once_one_wins),
        cmocka_unit_test(pinned_texts_that_were_changed_are_noticed),
        cmocka_unit_test(file_names_are_safe_and_differ),
        cmocka_unit_test(a_manifest_comes_back_as_it_was),
        cmocka_unit_test(a_wrong_manifest_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
