#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/processors.h"
#include "base/rng.h"
#include "base/simtime.h"

static void an_error_gains_context_and_is_cut_not_overflowed(void **state)
{
    struct err err = { { 0 } };
    char big[ERR_TEXT_BYTES * 2];

    (void)state;
    assert_false(err_set(&err, "line %d", 7));
    assert_false(err_wrap(&err, "map %s", "x.tmj"));
    assert_string_equal(err.text, "map x.tmj: line 7");
    memset(big, 'a', sizeof(big) - 1);
    big[sizeof(big) - 1] = '\0';
    err_set(&err, "%s", big);
    assert_int_equal(strlen(err.text), ERR_TEXT_BYTES - 1);
    err_wrap(&err, "context");
    assert_int_equal(strlen(err.text), ERR_TEXT_BYTES - 1);
    assert_memory_equal(err.text, "context: aaa", 12);
    err_wrap(&err, "%.2046s", big);
    assert_true(strlen(err.text) < ERR_TEXT_BYTES);
}

static void a_buf_grows_and_stays_a_c_string(void **state)
{
    struct buf b = { 0 };
    char *taken = NULL;

    (void)state;
    assert_string_equal(buf_str(&b), "");
    for (int i = 0; i < 1000; i++)
        buf_addf(&b, "%d,", i);
    assert_int_equal(strlen(buf_str(&b)), b.len);
    assert_true(view_starts(buf_view(&b), "0,1,2,"));
    taken = buf_take(&b);
    assert_int_equal(b.len, 0);
    assert_memory_equal(taken + strlen(taken) - 4, "999,", 4);
    free(taken);
    buf_fini(&b);
}

static void sha256_matches_the_published_vectors(void **state)
{
    static const struct {
        const char *text, *hex;
    } rows[] = {
        // FIPS 180-4 examples
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    };
    char hex[HASH_HEX_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct hash h = hash_of(view_of(rows[i].text));
        hash_hex(&h, hex);
        assert_string_equal(hex, rows[i].hex);
    }
    // FNV-1a 64 of "foobar", from its authors' test vectors
    assert_true(hash64_add(HASH64_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void a_random_stream_depends_on_its_name_alone(void **state)
{
    struct rng a = rng_start(1, "p01", "plan", 3), b = rng_start(1, "p01", "plan", 3);
    struct rng other = rng_start(1, "p01", "plan", 4);
    double sum = 0, squares = 0;

    (void)state;
    for (int i = 0; i < 100; i++)
        assert_true(rng_u64(&a) == rng_u64(&b));
    assert_true(rng_u64(&a) != rng_u64(&other));
    assert_true(rng_key(1, "ab", "c", 0) != rng_key(1, "a", "bc", 0));
    for (int i = 0; i < 20000; i++) {
        double n = rng_normal(&a), u = rng_unit(&a);
        assert_true(u >= 0 && u < 1);
        assert_true(rng_below(&a, 7) < 7);
        sum += n;
        squares += n * n;
    }
    assert_true(sum / 20000 > -0.03 && sum / 20000 < 0.03);
    assert_true(squares / 20000 > 0.95 && squares / 20000 < 1.05);
}

static void times_are_parsed_and_written(void **state)
{
    static const char *const bad[] = { "",           "2025-02-30",          "2025-2-3",
                                       "tomorrow",   "2025-02-13T00:00:00", "2025-02-13 25:00:00",
                                       "2025-13-01", "2025-02-13 00:00:0x" };
    struct err err = { { 0 } };
    int64_t t = 0;
    char text[40];

    (void)state;
    assert_true(simtime_parse("2025-02-13 07:30:15", &t, &err));
    assert_int_equal(t, 1739431815);
    assert_int_equal(simtime_civil(t).weekday, 4);
    simtime_format(t, text);
    assert_string_equal(text, "2025-02-13 07:30:15");
    simtime_format_date(t, text);
    assert_string_equal(text, "Thursday February 13, 2025");
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(simtime_parse(bad[i], &t, &err));
}

static void files_are_written_whole_and_read_within_limits(void **state)
{
    char folder[] = "/tmp/propersim-base-XXXXXX";
    struct err err = { { 0 } };
    struct buf b = { 0 };
    struct file_list list = { 0 };
    char *deep = NULL, *path = NULL;
    bool existed = false;

    (void)state;
    assert_non_null(mkdtemp(folder));
    deep = path_join(folder, "a/b");
    assert_true(file_make_folder(deep, &err));
    assert_true(file_make_folder(deep, &err));
    path = path_join(deep, "x.txt");
    assert_true(file_write(path, view_of("one"), &err));
    assert_true(file_write(path, view_of("two"), &err));
    assert_true(file_write_once(path, view_of("three"), &existed, &err));
    assert_true(existed);
    assert_true(file_read(&b, path, 10, &err));
    assert_string_equal(buf_str(&b), "two");
    assert_false(file_read(&b, path, 2, &err));
    assert_non_null(strstr(err.text, "at most 2"));
    assert_false(file_read(&b, folder, 10, &err));
    assert_non_null(strstr(err.text, "not a regular file"));
    assert_true(file_list_folder(&list, deep, &err));
    assert_int_equal(list.count, 1); // no temporary file stays behind
    assert_string_equal(list.names[0], "x.txt");
    file_list_free(&list);
    unlink(path);
    assert_false(file_write("/nonexistent/x", view_of(""), &err));
    free(path);
    free(deep);
    buf_fini(&b);
}

static void paths_that_leave_their_folder_are_known(void **state)
{
    static const struct {
        const char *path;
        bool inside;
    } rows[] = { { "a", true },   { "a/b..", true }, { "..a/b", true },   { "", false },
                 { "/a", false }, { "..", false },   { "a/../b", false }, { "a/..", false } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(path_is_inside(rows[i].path), rows[i].inside);
}

static void processors_are_those_that_the_process_may_run_on(void **state)
{
    cpu_set_t before, one;
    int cpu = 0;

    (void)state;
    assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
    assert_true(processors_count() >= 1 && processors_count() <= CPU_COUNT(&before));
    while (!CPU_ISSET(cpu, &before))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
    assert_int_equal(processors_count(), 1);
    assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_gains_context_and_is_cut_not_overflowed),
        cmocka_unit_test(a_buf_grows_and_stays_a_c_string),
        cmocka_unit_test(sha256_matches_the_published_vectors),
        cmocka_unit_test(a_random_stream_depends_on_its_name_alone),
        cmocka_unit_test(times_are_parsed_and_written),
        cmocka_unit_test(files_are_written_whole_and_read_within_limits),
        cmocka_unit_test(paths_that_leave_their_folder_are_known),
        cmocka_unit_test(processors_are_those_that_the_process_may_run_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
