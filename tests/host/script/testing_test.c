#include "lab.h"

#include "base/file.h"
#include "script/testing.h"

#include <unistd.h>

static const char *const needs_test[] = { "propersim.test", NULL };

// The scripts of the source tree that tests need.
static void load_lib(struct lab *lab, struct texts *t)
{
    struct script_needs needs = { .modules = needs_test };

    if (!script_load(lab->s, t, &needs, &lab->err))
        fail_msg("%s", lab->err.text);
}

static struct texts *read_lib(void)
{
    static const char path[] = "scripts/lib/test.lua";
    struct err err = { { 0 } };
    struct buf text = { 0 };
    struct lab_file file = { path, NULL };
    struct texts *t = NULL;

    assert_true(file_read(&text, PROPERSIM_SOURCE_DIR "/scripts/lib/test.lua", 1 << 20, &err));
    file.text = buf_str(&text);
    t = lab_texts(&file, 1, &err);
    buf_fini(&text);
    assert_non_null(t);
    return t;
}

static void report(void *user, const struct script_test_result *r)
{
    buf_addf(user, "%s %s\n%s\n", r->passed ? "pass" : "FAIL", r->name, r->message);
}

static bool run(struct lab *lab, const char *path, const char *filter, struct buf *out,
                size_t *passed, size_t *failed)
{
    struct script_tests tests = { .filter = filter, .report = report, .user = out };

    *passed = *failed = 0;
    return script_run_tests(lab->s, path, &tests, passed, failed, &lab->err);
}

static void write_tests(char path[64], const char *text)
{
    struct err err = { { 0 } };
    int fd = 0;

    snprintf(path, 64, "/tmp/propersim-XXXXXX");
    fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, view_of(text), &err));
}

static void failures_are_told_with_place_and_values(void **state)
{
    static const char text[] =
        "local count = 0\n"
        "describe('sums', function()\n"
        "  it('are right', function() assert.equal(1 + 1, 2) end)\n"
        "  it('are wrong', function() assert.equal(1 + 1, 3, 'one and one') end)\n"
        "  it('raise', function() local x = nil .. 'x' end)\n"
        "  it('never end', function() while true do end end)\n"
        "  it('wait', function() require('rng').stream('x'):unit() end)\n"
        "end)\n";
    struct script_limits limits = { .slice_instructions = 100000 };
    struct lab lab;
    struct buf out = { 0 };
    struct texts *t = read_lib();
    size_t passed = 0, failed = 0;
    char path[64];

    (void)state;
    lab_open(&lab, &limits);
    load_lib(&lab, t);
    write_tests(path, text);
    if (!run(&lab, path, NULL, &out, &passed, &failed))
        fail_msg("%s", lab.err.text);
    assert_int_equal(passed, 2);
    assert_int_equal(failed, 3);
    assert_non_null(strstr(buf_str(&out), "pass sums, are right\n"));
    assert_non_null(strstr(buf_str(&out), ":4: one and one: expected 3, got 2\nstack traceback"));
    assert_non_null(strstr(buf_str(&out), ":5: attempt to concatenate a nil value"));
    assert_non_null(strstr(buf_str(&out), ":6: stopped: used up its 100000 instructions"));
    buf_clear(&out);
    assert_true(run(&lab, path, "wrong", &out, &passed, &failed));
    assert_int_equal(passed + failed, 1);
    unlink(path);
    write_tests(path, "it('x', function() end\n");
    assert_false(run(&lab, path, NULL, &out, &passed, &failed));
    assert_non_null(strstr(lab.err.text, "expected"));
    unlink(path);
    write_tests(path, "-- nothing\n");
    assert_false(run(&lab, path, NULL, &out, &passed, &failed));
    assert_non_null(strstr(lab.err.text, "no tests in it"));
    unlink(path);
    write_tests(path, "while true do end\n");
    assert_false(run(&lab, path, NULL, &out, &passed, &failed));
    assert_non_null(strstr(lab.err.text, ":1: stopped"));
    unlink(path);
    assert_false(run(&lab, path, NULL, &out, &passed, &failed));
    buf_fini(&out);
    texts_unref(t);
    lab_close(&lab);
}

static void run_all_files(const struct script_limits *limits, struct texts *t)
{
    static const char *const folders[] = { PROPERSIM_SOURCE_DIR "/tests/scripts/sandbox",
                                           PROPERSIM_SOURCE_DIR "/tests/scripts/lib" };
    struct buf out = { 0 };
    size_t files = 0, total = 0;

    for (size_t f = 0; f < 2; f++) {
        struct file_list list = { 0 };
        struct err err = { { 0 } };

        assert_true(file_list_folder(&list, folders[f], &err));
        for (size_t i = 0; i < list.count; i++) {
            char *path = path_join(folders[f], list.names[i]);
            size_t passed = 0, failed = 0;
            struct lab lab;

            if (f == 0 || strcmp(list.names[i], "test_test.lua") == 0) {
                lab_open(&lab, limits);
                load_lib(&lab, t);
                buf_clear(&out);
                if (!run(&lab, path, NULL, &out, &passed, &failed))
                    fail_msg("%s", lab.err.text);
                if (failed > 0)
                    fail_msg("%s", strstr(buf_str(&out), "FAIL"));
                lab_close(&lab);
                files++;
                total += passed;
            }
            free(path);
        }
        file_list_free(&list);
    }
    assert_true(files >= 7);
    assert_true(total >= 40);
    buf_fini(&out);
}

static void the_tests_in_lua_pass(void **state)
{
    struct texts *t = read_lib();

    (void)state;
    run_all_files(NULL, t);
    texts_unref(t);
}

static void the_tests_in_lua_pass_with_a_collection_at_every_step(void **state)
{
    const struct script_limits limits = { .gc_stress = true, .slice_cpu_ms = -1 };
    struct texts *t = read_lib();

    (void)state;
    run_all_files(&limits, t);
    texts_unref(t);
}

// What happens when the n-th allocation fails: the same tests end with a clean error or pass.
static void try_with_failure(struct texts *t, const char *path, uint64_t n, size_t *errors)
{
    const struct script_limits limits = { .fail_allocation_at = n };
    struct script_needs needs = { .modules = needs_test };
    struct script_context *c = NULL;
    struct buf out = { 0 };
    struct lab lab;
    size_t passed = 0, failed = 0;

    memset(&lab, 0, sizeof(lab));
    lab.s = script_new(&limits, &lab.err);
    if (lab.s == NULL || !script_add_standard_modules(lab.s, &lab.err) ||
        !script_load(lab.s, t, &needs, &lab.err)) {
        assert_true(lab.err.text[0] != '\0');
        ++*errors;
        goto done;
    }
    c = script_context(lab.s);
    c->step_seconds = 150;
    c->day = 1;
    if (!run(&lab, path, NULL, &out, &passed, &failed)) {
        assert_true(lab.err.text[0] != '\0');
        ++*errors;
    } else if (failed > 0) {
        assert_non_null(strstr(buf_str(&out), "FAIL"));
        assert_true(failed <= 2); // the one, and one that looks at what it left
        ++*errors;
    }
done:
    script_free(lab.s);
    buf_fini(&out);
}

static void any_allocation_may_fail(void **state)
{
    static const char *const paths[] = {
        PROPERSIM_SOURCE_DIR "/tests/scripts/sandbox/json_test.lua",
        PROPERSIM_SOURCE_DIR "/tests/scripts/sandbox/language_test.lua",
        PROPERSIM_SOURCE_DIR "/tests/scripts/sandbox/re_test.lua",
        PROPERSIM_SOURCE_DIR "/tests/scripts/sandbox/rng_test.lua",
    };
    struct texts *t = read_lib();

    (void)state;
    for (size_t p = 0; p < sizeof(paths) / sizeof(*paths); p++) {
        size_t errors = 0, runs = 0;

        // All of the start, then further and further apart.
        for (uint64_t n = 1; n < 40000; n += n < 200 ? 1 : 1 + n / 40, runs++)
            try_with_failure(t, paths[p], n, &errors);
        assert_true(errors > runs / 4);
    }
    texts_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_are_told_with_place_and_values),
        cmocka_unit_test(the_tests_in_lua_pass),
        cmocka_unit_test(the_tests_in_lua_pass_with_a_collection_at_every_step),
        cmocka_unit_test(any_allocation_may_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
