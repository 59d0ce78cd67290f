#include "learn/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "learn/choice.h"
#include "learn/explain.h"

enum { BITS = 12 };

static struct candidates *two_candidates(struct names *names)
{
    struct candidates *c = candidates_new();
    struct err err = { { 0 } };

    assert_true(candidates_open(c, &err) && candidates_add(c, names, "silent", 1, &err));
    assert_true(candidates_open(c, &err) && candidates_add(c, names, "say", 1, &err));
    return c;
}

// A policy that has learned something about silence in the context of `word`.
static struct policy *learned(const char *word, float weight)
{
    struct policy *p = policy_new(BITS);
    struct candidates *c = two_candidates(policy_names(p));
    struct features situation = { 0 };
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    struct feature attribute = { name_key("silent"), 1 };
    struct err err = { { 0 } };
    size_t n = 0;

    assert_true(features_add(&situation, policy_names(p), word, 1, &err));
    n = policy_pairs(p, &situation, &attribute, 1, pairs);
    for (size_t i = 0; i < n; i++)
        if (pairs[i].context == name_key(word))
            policy_weights(p)[pairs[i].bucket] = weight;
    policy_note(p, &situation, c, 0);
    candidates_free(c);
    return p;
}

static double silence_in(struct policy *p, const char *word)
{
    struct candidates *c = two_candidates(policy_names(p));
    struct features situation = { 0 };
    struct err err = { { 0 } };
    double logits[2];

    assert_true(features_add(&situation, policy_names(p), word, 1, &err));
    policy_score(p, &situation, c, logits);
    candidates_free(c);
    return logits[0] - logits[1];
}

static void the_pool_has_the_mean_of_the_logits(void **state)
{
    struct policy *from[3] = { learned("hour=9", 3), learned("hour=9", 0), learned("hour=20", -6) };
    struct policy *out = policy_new(BITS);

    (void)state;
    policy_pool(out, from, 3);
    assert_float_equal(silence_in(out, "hour=9"), 1, 1e-6);
    assert_float_equal(silence_in(out, "hour=20"), -2, 1e-6);
    assert_float_equal(silence_in(out, "hour=15"), 0, 1e-6);
    policy_free(out);
    for (int i = 0; i < 3; i++)
        policy_free(from[i]);
}

static void a_pool_of_one_is_that_one(void **state)
{
    struct policy *from = learned("hour=9", 0.3F), *out = policy_new(BITS);

    (void)state;
    policy_pool(out, &from, 1);
    assert_memory_equal(policy_weights(out), policy_weights(from), sizeof(float) << BITS);
    policy_free(out);
    policy_free(from);
}

static void the_words_of_all_come_along(void **state)
{
    struct policy *from[2] = { learned("hour=9", 3), learned("hour=20", -5) };
    struct policy *out = policy_new(BITS);
    struct policy_reason reasons[4];

    (void)state;
    policy_pool(out, from, 2);
    assert_int_equal(policy_strongest(out, reasons, 4), 2);
    assert_string_equal(reasons[0].context, "hour=20");
    assert_string_equal(reasons[0].attribute, "silent");
    assert_float_equal(reasons[0].weight, -2.5, 1e-6);
    assert_string_equal(reasons[1].context, "hour=9");
    policy_free(out);
    policy_free(from[0]);
    policy_free(from[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pool_has_the_mean_of_the_logits),
        cmocka_unit_test(a_pool_of_one_is_that_one),
        cmocka_unit_test(the_words_of_all_come_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
