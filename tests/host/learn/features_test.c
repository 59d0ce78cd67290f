#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "learn/features.h"

static void a_name_has_one_key_and_is_kept_once(void **state)
{
    struct names *n = names_new();
    char name[32];

    (void)state;
    assert_true(names_add(n, "hour=8") == name_key("hour=8"));
    assert_true(name_key("hour=8") != name_key("hour=9"));
    assert_int_equal(names_find(n, name_key("hour=9")), 0);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < NAMES_MAX + 10; i++) {
            snprintf(name, sizeof(name), "hour=%d", i);
            names_add(n, name);
        }
        assert_int_equal(names_count(n), NAMES_MAX);
        assert_int_equal(names_refused(n), 10 * (round + 1));
    }
    assert_string_equal(names_text(n, 1), "hour=8");
    assert_string_equal(names_text(n, names_find(n, name_key("hour=4711"))), "hour=4711");
    names_free(n);
}

static void a_situation_refuses_what_makes_no_sense(void **state)
{
    struct features f = { 0 };
    struct names *names = names_new();
    struct err err = { { 0 } };
    char big[NAME_BYTES_MAX + 2], name[16];

    (void)state;
    memset(big, 'x', sizeof(big) - 1);
    big[sizeof(big) - 1] = '\0';
    assert_true(features_add(&f, names, "hour=8", 1, &err));
    assert_true(f.items[0].key == name_key("hour=8") && f.items[0].value == 1);
    assert_false(features_add(&f, names, "hour=8", 1, &err));
    assert_non_null(strstr(err.text, "\"hour=8\" is in the situation already"));
    assert_false(features_add(&f, names, "", 1, &err));
    assert_non_null(strstr(err.text, "empty name"));
    assert_false(features_add(&f, names, big, 1, &err));
    assert_non_null(strstr(err.text, "at most 200"));
    assert_false(features_add(&f, names, "x", __builtin_nan(""), &err));
    assert_non_null(strstr(err.text, "the value nan"));
    assert_false(features_add(&f, names, "x", 2e6, &err));
    assert_int_equal(f.count, 1);
    assert_int_equal(names_count(names), 1);
    for (int i = 1; i < FEATURES_MAX; i++) {
        snprintf(name, sizeof(name), "f%d", i);
        assert_true(features_add(&f, NULL, name, i, &err)); // without words is fine, too
    }
    assert_false(features_add(&f, names, "one too many", 1, &err));
    assert_non_null(strstr(err.text, "at most 32"));
    names_free(names);
}

static void candidates_share_their_attributes(void **state)
{
    struct candidates *c = candidates_new();
    struct feature out[ATTRIBUTES_MAX];
    struct err err = { { 0 } };
    double sums[200], *scores = NULL;
    char topic[32];

    (void)state;
    for (int round = 0; round < 2; round++) { // the second time after a clear
        assert_int_equal(candidates_count(c), 0);
        for (int i = 0; i < 200; i++) {
            snprintf(topic, sizeof(topic), "topic=%d", i % 100);
            assert_true(candidates_open(c, &err));
            if (i == 150)
                continue; // a candidate without attributes
            assert_true(candidates_add(c, NULL, "say", 1, &err));
            assert_true(candidates_add(c, NULL, topic, 0.5, &err));
        }
        assert_int_equal(candidates_count(c), 200);
        assert_int_equal(candidates_attribute_count(c), 101);
        assert_true(candidates_attribute(c, 1) == name_key("topic=0"));
        assert_int_equal(candidates_get(c, 150, out), 0);
        assert_int_equal(candidates_get(c, 107, out), 2);
        assert_true(out[1].key == name_key("topic=7") && out[1].value == 0.5);
        scores = candidates_scratch(c);
        for (size_t a = 0; a < 101; a++)
            scores[a] = a == 0 ? 1000 : (double)a;
        candidates_sum(c, scores, sums);
        assert_true(sums[0] == 1000.5 && sums[199] == 1050 && sums[150] == 0);
        candidates_clear(c);
    }
    candidates_free(c);
}

static void a_candidate_refuses_what_makes_no_sense(void **state)
{
    struct candidates *c = candidates_new();
    struct err err = { { 0 } };
    char name[16];

    (void)state;
    assert_true(candidates_open(c, &err));
    assert_true(candidates_add(c, NULL, "say", 1, &err));
    assert_false(candidates_add(c, NULL, "say", 1, &err));
    assert_non_null(strstr(err.text, "\"say\": the candidate has this attribute already"));
    for (int i = 1; i < ATTRIBUTES_MAX; i++) {
        snprintf(name, sizeof(name), "a%d", i);
        assert_true(candidates_add(c, NULL, name, 1, &err));
    }
    assert_false(candidates_add(c, NULL, "x", 1, &err));
    assert_non_null(strstr(err.text, "at most 8"));
    assert_true(candidates_open(c, &err));
    assert_true(candidates_add(c, NULL, "say", 1, &err));
    for (int i = 2; i < CANDIDATES_MAX; i++)
        assert_true(candidates_open(c, &err));
    assert_false(candidates_open(c, &err));
    assert_non_null(strstr(err.text, "4096"));
    candidates_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_has_one_key_and_is_kept_once),
        cmocka_unit_test(a_situation_refuses_what_makes_no_sense),
        cmocka_unit_test(candidates_share_their_attributes),
        cmocka_unit_test(a_candidate_refuses_what_makes_no_sense),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
