#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>

#include <cmocka.h>

#include "base/hash.h"
#include "persona_sim.h"

enum { PEOPLE = 6, DAYS = 14 };

static const double wishes[3][2] = { { 2, 0 }, { 1, 2 }, { 2, 1 } };

struct life {
    struct sim_day first, last;
    double per_hour, wish, said_mean; // of the last two days; NAN if nothing was said
};

static struct life live(const struct sim_options *o, int who)
{
    struct persona p = person_of((uint64_t)(500 + who), wishes[who % 3][0], wishes[who % 3][1]);
    struct life life = { 0 };
    double score = 0;
    int said = 0;
    struct sim s;

    sim_open(&s, &p, o, (uint64_t)who);
    for (int day = 1; day <= DAYS; day++) {
        sim_run_day(&s, &life.last);
        if (day == 1)
            life.first = life.last;
        if (day < DAYS - 1)
            continue;
        life.per_hour += life.last.per_hour / 2;
        life.wish += life.last.wish_per_hour / 2;
        said += life.last.said;
        score += life.last.said > 0 ? life.last.said_mean * life.last.said : 0;
    }
    life.said_mean = said > 0 ? score / said : NAN;
    sim_close(&s);
    return life;
}

// The easy part, and why there is a hard one: plain DPO learns to be quiet, then has no pairs left.
static void plain_dpo_learns_and_ends_nearly_silent(void **state)
{
    struct sim_options o = sim_usual();
    int too_quiet = 0;
    double rise = 0, pairs = 0;

    (void)state;
    for (int who = 0; who < PEOPLE; who++) {
        struct life life = live(&o, who);
        rise += (life.last.mean - life.first.mean) / PEOPLE;
        pairs += life.last.pairs / (double)PEOPLE;
        too_quiet += life.per_hour < 0.5 * life.wish;
        assert_true(life.first.per_hour > 20);
        assert_true(life.last.per_hour < 5);
    }
    print_message("plain: rise %.2f, too quiet %d of %d, %.1f pairs on the last day\n", rise,
                  too_quiet, PEOPLE, pairs);
    assert_true(rise >= 1.5);
    assert_true(too_quiet >= 4);
    assert_true(pairs < 10);
}

static void with_contrast_and_ties_it_speaks_as_often_as_is_wished_and_well(void **state)
{
    struct sim_options o = sim_recommended();
    int near = 0, good = 0;
    double mean = 0;

    (void)state;
    for (int who = 0; who < PEOPLE; who++) {
        struct life life = live(&o, who);
        print_message("wish %.2f, got %.2f an hour, scored %.2f\n", life.wish, life.per_hour,
                      life.said_mean);
        near += fabs(life.per_hour / life.wish - 1) <= 0.5;
        good += life.said_mean >= 3;
        mean += life.last.mean / PEOPLE;
    }
    assert_true(near >= 5);
    assert_true(good >= 5);
    assert_true(mean > 3.7);
}

static void shuffled_ratings_teach_nothing(void **state)
{
    struct sim_options plain = sim_usual(), contrast = sim_recommended();
    double rise = 0, said_rise = 0;

    (void)state;
    plain.shuffle_ratings = contrast.shuffle_ratings = true;
    for (int who = 0; who < PEOPLE; who++) {
        struct life life = live(&plain, who);
        rise += (life.last.mean - life.first.mean) / PEOPLE;
        life = live(&contrast, who);
        said_rise += (life.said_mean - life.first.said_mean) / PEOPLE;
    }
    print_message("shuffled: %+.2f; with contrast, what is said %+.2f\n", rise, said_rise);
    assert_true(fabs(rise) <= 0.25);
    // Contrast makes the random walk longer, and one step towards silence gains more than one
    // away from it loses; what is said must not get better.
    assert_true(fabs(said_rise) <= 0.15);
}

static void frozen_stays(void **state)
{
    struct sim_options o = sim_usual();
    struct life life;

    (void)state;
    o.learns = false;
    life = live(&o, 1);
    assert_true(fabs(life.last.mean - life.first.mean) <= 0.15);
    assert_true(life.last.per_hour > 20);
}

// The weights after four nights, on every compiler and processor.
static void four_nights_are_the_same_everywhere(void **state)
{
    struct persona p = person_of(7, 1, 2);
    struct sim_options o = sim_recommended();
    struct sim_day day;
    uint64_t digest = 0;
    struct sim s;

    (void)state;
    sim_open(&s, &p, &o, 7);
    for (int d = 0; d < 4; d++)
        sim_run_day(&s, &day);
    digest = hash64_add(HASH64_START, policy_weights(s.policy), sizeof(float) << POLICY_BITS);
    sim_close(&s);
    if (digest != UINT64_C(0xd25ae8af6ad10079))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

// Everything learning needs is in the saved policy and the saved examples.
static void a_resumed_night_learns_the_same(void **state)
{
    struct persona p = person_of(8, 2, 1);
    struct sim_options o = sim_recommended();
    struct rng rng = rng_start(1, "test", "resume", 0), same = rng;
    struct policy *policy = policy_new(POLICY_BITS);
    struct replay *replay = replay_new();
    struct buf weights = { 0 }, examples[2] = { { 0 }, { 0 } };
    struct learner_report a, b;
    struct err err = { { 0 } };
    size_t saved = 0;
    struct sim_day day;
    struct sim s;

    (void)state;
    sim_open(&s, &p, &o, 8);
    for (int d = 0; d < 2; d++) {
        sim_run_day(&s, &day);
        replay_save(s.replay, saved, &examples[d]);
        saved = replay_count(s.replay);
        must(replay_load(replay, buf_view(&examples[d]), &err), &err);
    }
    policy_save(s.policy, &weights);
    must(policy_load(policy, buf_view(&weights), &err), &err);
    must(learner_train(s.policy, s.replay, &o.learner, 2, &rng, &a, &err), &err);
    must(learner_train(policy, replay, &o.learner, 2, &same, &b, &err), &err);
    assert_memory_equal(policy_weights(s.policy), policy_weights(policy),
                        sizeof(float) << POLICY_BITS);
    assert_memory_equal(&a, &b, sizeof(a));
    assert_true(a.used > 100 && a.change > 0);
    for (int d = 0; d < 2; d++)
        buf_fini(&examples[d]);
    buf_fini(&weights);
    replay_free(replay);
    policy_free(policy);
    sim_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_dpo_learns_and_ends_nearly_silent),
        cmocka_unit_test(with_contrast_and_ties_it_speaks_as_often_as_is_wished_and_well),
        cmocka_unit_test(shuffled_ratings_teach_nothing),
        cmocka_unit_test(frozen_stays),
        cmocka_unit_test(four_nights_are_the_same_everywhere),
        cmocka_unit_test(a_resumed_night_learns_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
