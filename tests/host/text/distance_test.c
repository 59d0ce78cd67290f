#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/distance.h"

static void distances_are_those_of_levenshtein(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } rows[] = {
        { "", "", 0 },
        { "", "abc", 3 },
        { "same", "same", 0 },
        { "kitten", "sitting", 3 },
        { "flaw", "lawn", 2 },
        { "saturday", "sunday", 3 },
        { "abcdef", "bcdefa", 2 },
        { "caf\xC3\xA9", "cafe", 1 }, // one character, two bytes
        { "\xE2\x82\xAC\xE2\x82\xAC", "\xE2\x82\xAC", 1 },
        { "\xFF\xFE", "\xFF", 1 }, // not UTF-8: by byte
        { "\xFF", "\xC3\xBF", 1 }, // and not the same as U+00FF
        { "gumbo", "gambol", 2 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct view a = view_of(rows[i].a), b = view_of(rows[i].b);
        size_t d = rows[i].distance;
        assert_int_equal(distance_within(a, b, 100), d);
        assert_int_equal(distance_within(b, a, 100), d);
        assert_int_equal(distance_within(a, b, SIZE_MAX), d);
        assert_int_equal(distance_within(a, b, d), d);
        if (d > 0)
            assert_int_equal(distance_within(b, a, d - 1), d); // the limit + 1
        if (d > 2)
            assert_int_equal(distance_within(b, a, 1), 2);
    }
}

// The full table, as the definition says.
static size_t plain(const char *a, size_t n, const char *b, size_t m)
{
    size_t *t = mem_calloc((n + 1) * (m + 1), sizeof(*t));
    size_t result = 0;

    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            size_t *cell = &t[i * (m + 1) + j];
            if (i == 0 || j == 0) {
                *cell = i + j;
                continue;
            }
            *cell = t[(i - 1) * (m + 1) + j - 1] + (a[i - 1] != b[j - 1]);
            if (t[(i - 1) * (m + 1) + j] + 1 < *cell)
                *cell = t[(i - 1) * (m + 1) + j] + 1;
            if (t[i * (m + 1) + j - 1] + 1 < *cell)
                *cell = t[i * (m + 1) + j - 1] + 1;
        }
    }
    result = t[n * (m + 1) + m];
    free(t);
    return result;
}

static void the_band_agrees_with_the_full_table(void **state)
{
    struct rng r = rng_start(3, "distance", "texts", 0);

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char a[200], b[200];
        size_t longest = i % 10 == 0 ? 200 : 20; // long ones do not fit into the small memory
        size_t n = rng_below(&r, longest), m = rng_below(&r, longest);
        size_t limit = rng_below(&r, 30), expected = 0;
        for (size_t k = 0; k < n; k++)
            a[k] = (char)('a' + rng_below(&r, 3));
        for (size_t k = 0; k < m; k++)
            b[k] = k < n && i % 2 == 0 && rng_below(&r, 8) != 0 ? a[k]
                                                                : (char)('a' + rng_below(&r, 3));
        expected = plain(a, n, b, m);
        if (expected > limit)
            expected = limit + 1;
        assert_int_equal(distance_within((struct view){ .data = a, .len = n },
                                         (struct view){ .data = b, .len = m }, limit),
                         expected);
    }
}

static void long_texts_within_a_small_limit_are_quick(void **state)
{
    enum { LEN = 1 << 20 };
    char *a = mem_calloc(LEN, 1), *b = mem_calloc(LEN, 1);

    (void)state;
    memset(a, 'x', LEN);
    memset(b, 'x', LEN);
    a[10] = b[LEN - 10] = 'y'; // the middle megabyte cannot be trimmed away
    assert_int_equal(distance_within((struct view){ .data = a, .len = LEN },
                                     (struct view){ .data = b, .len = LEN }, 4),
                     2);
    memset(b, 'z', LEN);
    assert_int_equal(distance_within((struct view){ .data = a, .len = LEN },
                                     (struct view){ .data = b, .len = LEN }, 50),
                     51);
    free(a);
    free(b);
}

static void the_nearest_name_is_found_if_it_is_near(void **state)
{
    static const char *const names[] = { "bedroom", "bathroom", "kitchen", "hall", "id", "rest" };
    static const struct {
        const char *word, *nearest;
    } rows[] = {
        { "bedroom", "bedroom" },
        { "bedrom", "bedroom" },
        { "KITCHEN", "kitchen" },
        { "batroom", "bathroom" },
        { "ktichen", "kitchen" },
        { "hal", "hall" },
        { "garage", NULL },
        { "", NULL },
        { "x", NULL },
        { "di", NULL },
        { "ids", "id" },
        { "best", "rest" },
        { "kitchenette", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *found = distance_nearest(rows[i].word, names, sizeof(names) / sizeof(*names));
        if (rows[i].nearest == NULL)
            assert_null(found);
        else
            assert_string_equal(found, rows[i].nearest);
    }
    assert_null(distance_nearest("bedroom", NULL, 0));
    // of equally near names the first, of unequally near ones the nearest
    assert_string_equal(distance_nearest("cot", (const char *const[]){ "cat", "cut" }, 2), "cat");
    assert_string_equal(
        distance_nearest("breakfast", (const char *const[]){ "breakfists", "breakfasts" }, 2),
        "breakfasts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_those_of_levenshtein),
        cmocka_unit_test(the_band_agrees_with_the_full_table),
        cmocka_unit_test(long_texts_within_a_small_limit_are_quick),
        cmocka_unit_test(the_nearest_name_is_found_if_it_is_near),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
