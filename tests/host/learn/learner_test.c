#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "learn/explain.h"
#include "learn/learner.h"
#include "small.h"

static void train(struct small *s, const struct learner_options *o, uint64_t seed,
                  struct learner_report *report)
{
    struct rng rng = rng_start(seed, "test", "night", 1);
    struct err err = { { 0 } };

    ok(learner_train(s->policy, s->replay, o, 1, &rng, report, &err), &err);
}

static void a_night_moves_the_policy_and_not_the_reference(void **state)
{
    (void)state;
    for (int method = LEARN_DPO; method <= LEARN_SFT; method++) {
        struct small s = open_small();
        struct learner_options o;
        struct learner_report report;
        float *reference = malloc(sizeof(float) << POLICY_BITS);
        options_of(&o, (enum learn_method)method);
        o.epochs = 20;
        for (int i = 0; i < 12; i++)
            add(&s, i % 2, 0, 1 + i % 2, 1, i < 6 ? 0 : 1);
        memcpy(reference, policy_reference(s.policy), sizeof(float) << POLICY_BITS);
        train(&s, &o, 1, &report);
        assert_memory_equal(reference, policy_reference(s.policy), sizeof(float) << POLICY_BITS);
        assert_int_equal(report.drawn, 12);
        assert_int_equal(report.used, method == LEARN_KTO ? 24 : 12);
        assert_int_equal(report.todays, report.used / 2);
        assert_int_equal(report.steps, method == LEARN_KTO ? 120 : 60);
        assert_true(report.after.loss < report.before.loss);
        assert_true(report.after.margin > report.before.margin);
        assert_true(report.after.accuracy >= report.before.accuracy);
        assert_true(report.change > 0 && report.weights_changed <= WEIGHTS);
        assert_true(report.gradient_norm > 0 && report.gradient_norm_max >= report.gradient_norm);
        free(reference);
        close_small(&s);
    }
}

static void nothing_to_learn_is_no_error(void **state)
{
    struct small s = open_small();
    struct learner_options o;
    struct learner_report report;
    float before = policy_weights(s.policy)[s.buckets[0]];

    (void)state;
    options_of(&o, LEARN_DPO);
    train(&s, &o, 1, &report);
    assert_true(report.drawn == 0 && report.used == 0 && report.steps == 0);
    add(&s, 0, 1, -1, 1, 1); // no pair
    train(&s, &o, 1, &report);
    assert_true(report.drawn == 1 && report.used == 0 && report.change == 0);
    assert_true(policy_weights(s.policy)[s.buckets[0]] == before);
    options_of(&o, LEARN_SFT);
    train(&s, &o, 1, &report);
    assert_int_equal(report.used, 1);
    close_small(&s);
}

static void what_would_not_stay_finite_leaves_the_policy_as_it_was(void **state)
{
    struct small s = open_small();
    struct learner_options o;
    struct learner_report report;
    struct rng rng = rng_start(1, "test", "huge", 0);
    struct err err = { { 0 } };
    float *before = malloc(sizeof(float) << POLICY_BITS);

    (void)state;
    s.situations[0].items[0].value = 1e300; // features_add would have refused it
    add(&s, 0, 0, 1, 1, 1);
    memcpy(before, policy_weights(s.policy), sizeof(float) << POLICY_BITS);
    options_of(&o, LEARN_IPO);
    assert_false(learner_train(s.policy, s.replay, &o, 1, &rng, &report, &err));
    assert_non_null(strstr(err.text, "not finite"));
    assert_memory_equal(before, policy_weights(s.policy), sizeof(float) << POLICY_BITS);
    free(before);
    close_small(&s);
}

static void options_out_of_range_are_named(void **state)
{
    struct small s = open_small();
    struct learner_report report;
    struct rng rng = rng_start(1, "test", "range", 0);

    (void)state;
    add(&s, 0, 0, 1, 1, 1);
    for (int i = 0; i < 8; i++) {
        static const char *const names[] = { "beta",    "smoothing",     "learning_rate",
                                             "epochs",  "batch",         "accumulate",
                                             "balance", "half_life_days" };
        struct learner_options o;
        struct err err = { { 0 } };
        options_of(&o, LEARN_DPO);
        switch (i) {
        case 0: o.beta = 0; break;
        case 1: o.smoothing = 0.6; break;
        case 2: o.learning_rate = NAN; break;
        case 3: o.epochs = 0; break;
        case 4: o.batch = 0; break;
        case 5: o.accumulate = 0; break;
        case 6: o.balance = 2; break;
        case 7: o.replay.half_life_days = -1; break;
        }
        assert_false(learner_train(s.policy, s.replay, &o, 1, &rng, &report, &err));
        assert_non_null(strstr(err.text, names[i]));
    }
    close_small(&s);
}

static void equal_seeds_learn_the_same_and_every_compiler_does(void **state)
{
    uint64_t digest = HASH64_START;

    (void)state;
    for (int method = LEARN_DPO; method <= LEARN_SFT; method++) {
        struct small a = open_small(), b = open_small(), c = open_small();
        struct small *all[] = { &a, &b, &c };
        struct learner_options o;
        struct learner_report report;
        options_of(&o, (enum learn_method)method);
        o.replay = (struct replay_options){ REPLAY_EQUALLY, 20, 0 };
        o.weight_decay = 0.01;
        o.unlikelihood = 0.5;
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 40; i++)
                add(all[k], i % 2, i % 3, (i + 1 + i / 3 % 2) % 3, (float)(1 + i % 4), 1);
            train(all[k], &o, k < 2 ? 1 : 2, &report);
        }
        assert_memory_equal(policy_weights(a.policy), policy_weights(b.policy),
                            sizeof(float) << POLICY_BITS);
        assert_memory_not_equal(policy_weights(a.policy), policy_weights(c.policy),
                                sizeof(float) << POLICY_BITS);
        digest = hash64_add(digest, policy_weights(a.policy), sizeof(float) << POLICY_BITS);
        for (int k = 0; k < 3; k++)
            close_small(all[k]);
    }
    if (digest != UINT64_C(0x850ab9a0a91acddd))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

static void accumulation_is_a_larger_batch(void **state)
{
    struct small a = open_small(), b = open_small();
    struct learner_options o;
    struct learner_report report;

    (void)state;
    for (int i = 0; i < 10; i++) {
        add(&a, i % 2, i % 3, (i + 1) % 3, 1, 1);
        add(&b, i % 2, i % 3, (i + 1) % 3, 1, 1);
    }
    options_of(&o, LEARN_DPO); // 1 x 4
    train(&a, &o, 1, &report);
    assert_int_equal(report.steps, 6); // 4 + 4 + 2, twice
    o.batch = 4;
    o.accumulate = 1;
    train(&b, &o, 1, &report);
    assert_memory_equal(policy_weights(a.policy), policy_weights(b.policy),
                        sizeof(float) << POLICY_BITS);
    close_small(&a);
    close_small(&b);
}

static void starting_from_the_reference_forgets_other_nights(void **state)
{
    struct small a = open_small(), b = open_small();
    struct learner_options o;
    struct learner_report report;

    (void)state;
    options_of(&o, LEARN_DPO);
    o.from_reference = true;
    for (int i = 0; i < 10; i++) {
        add(&a, i % 2, i % 3, (i + 1) % 3, 1, 1);
        add(&b, i % 2, i % 3, (i + 1) % 3, 1, 1);
    }
    train(&a, &o, 7, &report);
    train(&a, &o, 1, &report);
    train(&b, &o, 1, &report);
    assert_memory_equal(policy_weights(a.policy), policy_weights(b.policy),
                        sizeof(float) << POLICY_BITS);
    close_small(&a);
    close_small(&b);
}

static void a_skipped_attribute_leaves_its_candidates_out(void **state)
{
    struct small s = open_small();
    struct candidates *c = candidates_new();
    struct learner_options o;
    struct learner_report report;
    struct err err = { { 0 } };
    static const char *const names[] = { "silent", "say", "shout" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        ok(candidates_open(c, &err), &err);
        ok(candidates_add(c, policy_names(s.policy), names[i], 1, &err), &err);
    }
    s.set = replay_add_set(s.replay, c);
    for (int i = 0; i < 6; i++)
        add(&s, 0, i % 3, (i + 1) % 3, 1, 1);
    options_of(&o, LEARN_KTO);
    train(&s, &o, 1, &report);
    assert_int_equal(report.used, 12);
    o.skip_attribute = name_key("silent");
    train(&s, &o, 1, &report);
    assert_int_equal(report.used, 8);
    options_of(&o, LEARN_SFT);
    train(&s, &o, 1, &report);
    assert_int_equal(report.used, 6);
    o.unlikelihood = 1;
    train(&s, &o, 1, &report);
    assert_int_equal(report.used, 12);
    candidates_free(c);
    close_small(&s);
}

// Nine pairs say silence, one says speech, both in the same situation: balanced, neither wins.
static void balance_gives_the_rare_kind_of_pair_its_say(void **state)
{
    double logits[2][2] = { { 0 } };

    (void)state;
    for (int balanced = 0; balanced < 2; balanced++) {
        struct small s = open_small();
        struct candidates *c = candidates_new();
        struct learner_options o;
        struct learner_report report;
        struct err err = { { 0 } };
        ok(candidates_open(c, &err) && candidates_add(c, NULL, "silent", 1, &err) &&
               candidates_open(c, &err) && candidates_add(c, NULL, "say", 1, &err),
           &err);
        s.set = replay_add_set(s.replay, c);
        for (int i = 0; i < 10; i++)
            add(&s, 0, i == 0, i != 0, 1, 1);
        options_of(&o, LEARN_DPO);
        o.balance = balanced;
        o.batch = 10;
        o.epochs = 100;
        o.linear_decay = false;
        train(&s, &o, 1, &report);
        policy_score(s.policy, &s.situations[0], c, logits[balanced]);
        candidates_free(c);
        close_small(&s);
    }
    assert_true(logits[0][0] - logits[0][1] > 5);
    assert_true(fabs(logits[1][0] - logits[1][1]) < 0.01);
}

static void what_was_learned_can_be_put_in_words(void **state)
{
    struct small s = open_small();
    struct learner_options o;
    struct learner_report report;
    struct policy_reason reasons[2];

    (void)state;
    options_of(&o, LEARN_DPO);
    add(&s, 0, 0, 1, 1, 1);
    train(&s, &o, 1, &report);
    assert_int_equal(policy_strongest(s.policy, reasons, 2), 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_not_equal(reasons[i].attribute, "?");
        assert_string_not_equal(reasons[i].context, "?");
    }
    close_small(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_night_moves_the_policy_and_not_the_reference),
        cmocka_unit_test(nothing_to_learn_is_no_error),
        cmocka_unit_test(what_would_not_stay_finite_leaves_the_policy_as_it_was),
        cmocka_unit_test(options_out_of_range_are_named),
        cmocka_unit_test(equal_seeds_learn_the_same_and_every_compiler_does),
        cmocka_unit_test(accumulation_is_a_larger_batch),
        cmocka_unit_test(starting_from_the_reference_forgets_other_nights),
        cmocka_unit_test(a_skipped_attribute_leaves_its_candidates_out),
        cmocka_unit_test(balance_gives_the_rare_kind_of_pair_its_say),
        cmocka_unit_test(what_was_learned_can_be_put_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
