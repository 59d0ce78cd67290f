#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/rng.h"
#include "learn/choice.h"
#include "learn/explain.h"
#include "learn/policy.h"

enum { TOPICS = 15, TONES = 4, COUNT = 1 + TOPICS * TONES };

// The candidates of a step: silence, and each topic in each tone.
static struct candidates *build_candidates(struct names *names)
{
    struct candidates *c = candidates_new();
    struct err err = { { 0 } };
    char name[32];

    assert_true(candidates_open(c, &err));
    assert_true(candidates_add(c, names, "silent", 1, &err));
    for (int i = 0; i < TOPICS * TONES; i++) {
        assert_true(candidates_open(c, &err));
        assert_true(candidates_add(c, names, "say", 1, &err));
        snprintf(name, sizeof(name), "topic=%d", i / TONES);
        assert_true(candidates_add(c, names, name, 1, &err));
        snprintf(name, sizeof(name), "tone=%d", i % TONES);
        assert_true(candidates_add(c, names, name, 0.5, &err));
    }
    return c;
}

static struct features situation_at(struct names *names, int hour)
{
    struct features f = { 0 };
    struct err err = { { 0 } };
    char name[32];

    snprintf(name, sizeof(name), "hour=%d", hour);
    assert_true(features_add(&f, names, name, 1, &err));
    assert_true(features_add(&f, names, "activity=cooking", 1, &err));
    assert_true(features_add(&f, names, "minutes since", hour / 10.0, &err));
    return f;
}

static void randomise(struct policy *p, uint64_t seed)
{
    struct rng r = rng_start(seed, "test", "weights", 0);

    for (size_t i = 0; i < (size_t)1 << policy_bits(p); i++)
        policy_weights(p)[i] = (float)(2 * rng_unit(&r) - 1);
}

static void an_untrained_policy_prefers_nothing(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(policy_names(p));
    struct features f = situation_at(policy_names(p), 8);
    double logits[COUNT];

    (void)state;
    policy_score(p, &f, c, logits);
    choice_log_probs(logits, COUNT, 1, logits);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(fabs(logits[i] + log(COUNT)) < 1e-14);
    candidates_free(c);
    policy_free(p);
}

// The quick way (each attribute once) against the definition (each pair of each candidate), and
// each weight's derivative against a difference.
static void a_logit_is_the_sum_over_its_pairs(void **state)
{
    static const unsigned sizes[] = { POLICY_BITS_MIN, 10, POLICY_BITS };

    (void)state;
    for (size_t s = 0; s < 3; s++) {
        struct policy *p = policy_new(sizes[s]);
        struct candidates *c = build_candidates(NULL);
        struct features f = situation_at(NULL, 14);
        struct feature attributes[ATTRIBUTES_MAX];
        struct policy_pair pairs[POLICY_PAIRS_MAX];
        double logits[COUNT], moved[COUNT];
        randomise(p, s);
        policy_score(p, &f, c, logits);
        for (size_t i = 0; i < COUNT; i++) {
            size_t n = policy_pairs(p, &f, attributes, candidates_get(c, i, attributes), pairs);
            double sum = 0, slope = 0;
            float *weight = NULL, old = 0;
            assert_int_equal(n, i == 0 ? 4 : 12);
            for (size_t j = 0; j < n; j++) {
                sum += (double)policy_weights(p)[pairs[j].bucket] * pairs[j].value;
                slope += pairs[j].bucket == pairs[n - 1].bucket ? pairs[j].value : 0;
            }
            assert_true(fabs(sum - logits[i]) < 1e-12);
            weight = &policy_weights(p)[pairs[n - 1].bucket];
            old = *weight;
            *weight += 4;
            policy_score(p, &f, c, moved);
            *weight = old;
            assert_true(fabs((moved[i] - logits[i]) / 4 - slope) < 1e-6);
        }
        candidates_free(c);
        policy_free(p);
    }
}

static void a_weight_speaks_only_where_both_sides_are(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(NULL);
    struct features at_8 = situation_at(NULL, 8), at_9 = situation_at(NULL, 9);
    struct feature topic = { name_key("topic=3"), 1 };
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    double logits[COUNT];

    (void)state;
    assert_int_equal(policy_pairs(p, &at_8, &topic, 1, pairs), 4);
    assert_true(pairs[0].context == 0 && pairs[1].context == name_key("hour=8"));
    policy_weights(p)[pairs[1].bucket] = 2; // hour=8 with topic=3
    policy_score(p, &at_8, c, logits);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(logits[i] == (i > 0 && (i - 1) / TONES == 3 ? 2 : 0));
    policy_score(p, &at_9, c, logits);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(logits[i] == 0);
    policy_weights(p)[pairs[1].bucket] = 0;
    policy_weights(p)[pairs[0].bucket] = -1; // topic=3 always
    policy_score(p, &at_9, c, logits);
    assert_true(logits[1 + 3 * TONES] == -1 && logits[0] == 0);
    policy_weights(p)[pairs[0].bucket] = 0;
    policy_weights(p)[pairs[3].bucket] = 10; // minutes since, which has a value of 0.8
    policy_score(p, &at_8, c, logits);
    assert_true(fabs(logits[1 + 3 * TONES] - 8) < 1e-12);
    candidates_free(c);
    policy_free(p);
}

static void buckets_are_used_evenly(void **state)
{
    struct policy *p = policy_new(10);
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    size_t counts[1024] = { 0 };
    double chi = 0;
    char name[32];

    (void)state;
    for (int i = 0; i < 640; i++) {
        struct features f = { 0 };
        struct feature attributes[8];
        struct err err = { { 0 } };
        for (int j = 0; j < 8; j++) {
            snprintf(name, sizeof(name), "a%d", j);
            attributes[j] = (struct feature){ name_key(name), 1 };
        }
        for (int j = 0; j < FEATURES_MAX; j++) {
            snprintf(name, sizeof(name), "h=%d", i * FEATURES_MAX + j);
            assert_true(features_add(&f, NULL, name, 1, &err));
        }
        size_t n = policy_pairs(p, &f, attributes, 8, pairs);
        for (size_t k = 0; k < n; k++)
            counts[pairs[k].bucket] += pairs[k].context != 0;
    }
    for (size_t b = 0; b < 1024; b++)
        chi += pow((double)counts[b] - 160, 2) / 160;
    assert_true(chi > 850 && chi < 1200); // 1,023 degrees of freedom: 1,023 +- 4 x 45
    policy_free(p);
}

static void the_reference_stays_where_it_was_frozen(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(NULL);
    struct features f = situation_at(NULL, 8);
    double before[COUNT], now[COUNT];

    (void)state;
    assert_null(policy_reference(p));
    randomise(p, 1);
    policy_score_reference(p, &f, c, now);
    assert_true(now[5] == 0);
    policy_score(p, &f, c, before);
    policy_freeze_reference(p);
    randomise(p, 2);
    policy_score_reference(p, &f, c, now);
    assert_memory_equal(before, now, sizeof(now));
    policy_score(p, &f, c, now);
    assert_true(now[5] != before[5]);
    candidates_free(c);
    policy_free(p);
}

static void weights_are_saved_and_loaded(void **state)
{
    struct policy *p = policy_new(12), *q = policy_new(12);
    struct buf a = { 0 }, b = { 0 };
    struct err err = { { 0 } };

    (void)state;
    policy_save(p, &a);
    assert_int_equal(a.len, 12);
    policy_weights(p)[7] = 1.5F;
    policy_weights(p)[4095] = -1e-30F;
    policy_weights(p)[9] = -0.0F;
    buf_clear(&a);
    policy_save(p, &a);
    assert_int_equal(a.len, 12 + 2 * 8);
    assert_memory_equal(a.data, "PSW1\x0c\0\0\0\x02\0\0\0\x07\0\0\0\0\0\xc0\x3f", 20);
    randomise(q, 1);
    assert_true(policy_load(q, buf_view(&a), &err));
    assert_true(policy_weights(q)[7] == 1.5F && policy_weights(q)[8] == 0);
    policy_save(q, &b);
    assert_true(view_equal(buf_view(&a), buf_view(&b)));
    randomise(p, 3);
    buf_clear(&a);
    policy_save(p, &a);
    assert_true(policy_load_reference(q, buf_view(&a), &err));
    assert_memory_equal(policy_reference(q), policy_weights(p), sizeof(float) << 12);
    assert_true(policy_weights(q)[7] == 1.5F);
    buf_fini(&a);
    buf_fini(&b);
    policy_free(p);
    policy_free(q);
}

static void damaged_weights_are_refused(void **state)
{
    static const struct {
        size_t len;
        const char *bytes, *says;
    } rows[] = {
        { 0, "", "PSW1" },
        { 12, "PSX1\x0c\0\0\0\0\0\0\0", "PSW1" },
        { 12, "PSW1\x0d\0\0\0\0\0\0\0", "2^13 buckets; the policy has 2^12" },
        { 12, "PSW1\x0c\0\0\0\1\0\0\0", "cut or damaged" },
        { 21, "PSW1\x0c\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\0", "cut or damaged" },
        { 20, "PSW1\x0c\0\0\0\1\0\0\0\0\x10\0\0\0\0\0\0", "bucket 4096" },
        { 20, "PSW1\x0c\0\0\0\1\0\0\0\1\0\0\0\0\0\x80\x7f", "bucket 1 is not finite" },
        { 28, "PSW1\x0c\0\0\0\2\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0", "bucket 1 is out" },
    };
    struct policy *p = policy_new(12);

    (void)state;
    policy_weights(p)[3] = 3;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        assert_false(policy_load(p, (struct view){ rows[i].bytes, rows[i].len }, &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("row %zu says: %s", i, err.text);
        assert_true(policy_weights(p)[3] == 3);
    }
    policy_free(p);
}

static void a_logit_can_be_explained(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(policy_names(p));
    struct features f = situation_at(policy_names(p), 8);
    struct policy_reason why[POLICY_PAIRS_MAX];
    double logits[COUNT], sum = 0;
    size_t n = 0;

    (void)state;
    randomise(p, 5);
    policy_score(p, &f, c, logits);
    n = policy_explain(p, &f, c, 6, why);
    assert_int_equal(n, 12);
    for (size_t i = 0; i < n; i++) {
        sum += why[i].contribution;
        assert_true(i == 0 || fabs(why[i].contribution) <= fabs(why[i - 1].contribution));
        assert_true(strcmp(why[i].attribute, "say") == 0 ||
                    strcmp(why[i].attribute, "topic=1") == 0 ||
                    strcmp(why[i].attribute, "tone=1") == 0);
        assert_string_not_equal(why[i].context, "?");
    }
    assert_true(fabs(sum - logits[6]) < 1e-12);
    candidates_free(c);
    policy_free(p);
}

static void the_bias_and_a_feature_called_always_are_one_row(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(policy_names(p));
    struct features f = situation_at(policy_names(p), 8);
    struct policy_reason rows[POLICY_PAIRS_MAX];
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    struct feature silent = { name_key("silent"), 1 };
    double logits[COUNT], sum = 0;
    struct err err = { { 0 } };
    size_t n = 0;

    (void)state;
    randomise(p, 7);
    policy_freeze_reference(p);
    n = policy_explain(p, &f, c, 0, rows);
    assert_true(features_add(&f, policy_names(p), "always", 1, &err));
    policy_score(p, &f, c, logits);
    assert_int_equal(policy_explain(p, &f, c, 0, rows), n); // a weight more, and no row more
    for (size_t i = 0; i < n; i++)
        sum += rows[i].contribution;
    assert_true(fabs(sum - logits[0]) < 1e-12);
    policy_note(p, &f, c, 0);
    n = policy_pairs(p, &f, &silent, 1, pairs);
    for (size_t i = 0; i < n; i++)
        policy_weights(p)[pairs[i].bucket] +=
            pairs[i].context == 0 || pairs[i].context == name_key("always") ? 8 : 1;
    assert_int_equal(policy_strongest(p, rows, POLICY_PAIRS_MAX), n - 1);
    assert_string_equal(rows[0].context, "always");
    assert_string_equal(rows[0].attribute, "silent");
    assert_true(fabs(rows[0].weight - 16) < 1e-4);
    assert_true(fabs(rows[1].weight - 1) < 1e-4);
    candidates_free(c);
    policy_free(p);
}

static void what_was_learned_can_be_put_in_words(void **state)
{
    struct policy *p = policy_new(POLICY_BITS), *q = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(policy_names(p));
    struct features f = situation_at(policy_names(p), 8);
    struct policy_reason top[4];
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    struct feature silent = { name_key("silent"), 1 };
    struct buf words = { 0 }, weights = { 0 }, again = { 0 };
    struct err err = { { 0 } };

    (void)state;
    policy_pairs(p, &f, &silent, 1, pairs);
    policy_weights(p)[pairs[0].bucket] = 1; // silence, always
    policy_freeze_reference(p);
    policy_weights(p)[pairs[0].bucket] = 1.5F;
    policy_weights(p)[pairs[2].bucket] = -3; // silence while cooking
    assert_int_equal(policy_strongest(p, top, 4), 2);
    assert_string_equal(top[0].context, "?"); // nothing was noted yet
    policy_note(p, &f, c, 0);
    policy_note(p, &f, c, 1);
    policy_note(p, &f, c, 1);
    assert_int_equal(policy_shared_buckets(p), 0);
    policy_save(p, &weights);
    policy_save_names(p, &words);
    assert_true(policy_load(q, buf_view(&weights), &err));
    assert_true(policy_load_names(q, buf_view(&words), &err));
    policy_save_names(q, &again);
    assert_true(view_equal(buf_view(&words), buf_view(&again)));
    assert_int_equal(policy_strongest(q, top, 1), 1);
    assert_string_equal(top[0].context, "activity=cooking");
    assert_string_equal(top[0].attribute, "silent");
    assert_true(top[0].weight == -3);
    assert_int_equal(policy_strongest(p, top, 4), 2);
    assert_string_equal(top[1].context, "always");
    assert_true(top[1].weight == 0.5); // beyond the reference
    assert_false(policy_load_names(q, buf_view(&words), &err));
    assert_non_null(strstr(err.text, "has none yet"));
    buf_fini(&words);
    buf_fini(&weights);
    buf_fini(&again);
    candidates_free(c);
    policy_free(p);
    policy_free(q);
}

static void a_shared_bucket_keeps_its_first_words(void **state)
{
    struct policy *p = policy_new(POLICY_BITS_MIN);
    struct candidates *c = build_candidates(policy_names(p));
    struct features f = situation_at(policy_names(p), 8);
    struct policy_reason first[1], later[1];

    (void)state;
    policy_note(p, &f, c, 0);
    for (size_t i = 0; i < 16; i++)
        policy_weights(p)[i] = (float)(i + 1);
    policy_strongest(p, first, 1);
    for (size_t i = 0; i < COUNT; i++)
        policy_note(p, &f, c, i);
    assert_true(policy_shared_buckets(p) > 50);
    policy_strongest(p, later, 1);
    if (first[0].context[0] != '?')
        assert_string_equal(first[0].context, later[0].context);
    assert_string_not_equal(later[0].attribute, "?");
    candidates_free(c);
    policy_free(p);
}

// Every prefix of good bytes, and every byte of them changed, is refused or at least harmless.
static void damaged_words_are_refused(void **state)
{
    struct policy *p = policy_new(8);
    struct features f = situation_at(policy_names(p), 8);
    struct candidates *c = build_candidates(policy_names(p));
    struct buf words = { 0 };
    char *copy = NULL;

    (void)state;
    policy_note(p, &f, c, 1);
    policy_save_names(p, &words);
    for (size_t len = 0; len < words.len; len++) {
        struct policy *q = policy_new(8);
        struct err err = { { 0 } };
        copy = malloc(len + 1); // exactly as long, so that a sanitizer sees what reads beyond
        memcpy(copy, words.data, len);
        assert_false(policy_load_names(q, (struct view){ copy, len }, &err));
        assert_int_equal(names_count(policy_names(q)), 0);
        free(copy);
        policy_free(q);
    }
    for (size_t at = 0; at < words.len; at++) {
        struct policy *q = policy_new(8);
        struct err err = { { 0 } };
        struct policy_reason top[4];
        words.data[at] = (char)(words.data[at] ^ 0xff);
        if (policy_load_names(q, buf_view(&words), &err)) {
            randomise(q, at);
            policy_strongest(q, top, 4);
        }
        words.data[at] = (char)(words.data[at] ^ 0xff);
        policy_free(q);
    }
    buf_fini(&words);
    candidates_free(c);
    policy_free(p);
}

static void results_do_not_depend_on_the_machine(void **state)
{
    struct policy *p = policy_new(POLICY_BITS);
    struct candidates *c = build_candidates(policy_names(p));
    uint64_t digest = HASH64_START;
    double logits[COUNT];

    (void)state;
    randomise(p, 9);
    for (int hour = 0; hour < 24; hour++) {
        struct features f = situation_at(policy_names(p), hour);
        policy_score(p, &f, c, logits);
        for (size_t i = 0; i < COUNT; i++) {
            uint64_t bits = 0;
            memcpy(&bits, &logits[i], sizeof(bits));
            digest = hash64_u64(digest, bits);
        }
    }
    candidates_free(c);
    policy_free(p);
    if (digest != UINT64_C(0xa180ed5a4922701a))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_untrained_policy_prefers_nothing),
        cmocka_unit_test(a_logit_is_the_sum_over_its_pairs),
        cmocka_unit_test(a_weight_speaks_only_where_both_sides_are),
        cmocka_unit_test(buckets_are_used_evenly),
        cmocka_unit_test(the_reference_stays_where_it_was_frozen),
        cmocka_unit_test(weights_are_saved_and_loaded),
        cmocka_unit_test(damaged_weights_are_refused),
        cmocka_unit_test(a_logit_can_be_explained),
        cmocka_unit_test(the_bias_and_a_feature_called_always_are_one_row),
        cmocka_unit_test(what_was_learned_can_be_put_in_words),
        cmocka_unit_test(a_shared_bucket_keeps_its_first_words),
        cmocka_unit_test(damaged_words_are_refused),
        cmocka_unit_test(results_do_not_depend_on_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
