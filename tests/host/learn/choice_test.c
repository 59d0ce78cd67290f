#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "learn/choice.h"
#include "learn/exact.h"

// Distance in units of the last place of the true value.
static double ulps(double x, double truth)
{
    double unit = nextafter(fabs(truth), INFINITY) - fabs(truth);

    return fabs(x - truth) / unit;
}

static void exp_and_log_are_right(void **state)
{
    struct rng r = rng_start(1, "test", "exact", 0);
    double worst_exp = 0, worst_log = 0;

    (void)state;
    for (int i = 0; i < 200000; i++) {
        double x = (rng_unit(&r) - 0.5) * 1400;
        double y = exp((rng_unit(&r) - 0.5) * 1400);
        if (i % 3 == 0) { // the range that matters most
            x = (rng_unit(&r) - 0.5) * 4;
            y = 1 + (rng_unit(&r) - 0.5);
        }
        worst_exp = fmax(worst_exp, ulps(exact_exp(x), exp(x)));
        worst_log = fmax(worst_log, ulps(exact_log(y), log(y)));
    }
    print_message("from the C library's: exp %.2f, log %.2f units\n", worst_exp, worst_log);
    assert_true(worst_exp <= 2 && worst_log <= 2);
    assert_true(exact_exp(0) == 1 && exact_log(1) == 0);
    assert_true(exact_exp(-800) == 0 && isinf(exact_exp(710)));
    assert_true(exact_exp(-745.1) > 0 && exact_exp(709.7) < INFINITY);
    assert_true(exact_log(0) == -INFINITY && isnan(exact_log(-1)) && isnan(exact_exp(NAN)));
    assert_true(isnan(exact_log(NAN)) && exact_log(INFINITY) == INFINITY);
    assert_true(fabs(exact_log(5e-324) - log(5e-324)) < 1e-12);
}

static void probabilities_are_the_softmax(void **state)
{
    static const double logits[] = { 1, 2, 3, -4, 2 };
    double p[5], sum = 0;

    (void)state;
    choice_log_probs(logits, 5, 0.5, p);
    for (size_t i = 0; i < 5; i++)
        sum += exp(logits[i] / 0.5);
    for (size_t i = 0; i < 5; i++)
        assert_true(fabs(exp(p[i]) - exp(logits[i] / 0.5) / sum) < 1e-14);
    assert_true(p[1] == p[4]);
}

static void extreme_logits_are_fine(void **state)
{
    static const double far[] = { -1e300, 1e300, 0 }, one[] = { 42 };
    struct rng r = rng_start(1, "test", "extreme", 0);
    double p[3];

    (void)state;
    choice_log_probs(far, 3, 1e-9, p);
    assert_true(p[1] == 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(choice_sample(p, 3, &r), 1);
    choice_log_probs(far, 3, 1e9, p);
    assert_true(p[1] == 0);
    choice_log_probs(one, 1, 1, p);
    assert_true(p[0] == 0);
    assert_int_equal(choice_sample(p, 1, &r), 0);
}

static void the_best_is_the_first_of_equals(void **state)
{
    static const double logits[] = { 1, 3, 3, 2 };

    (void)state;
    assert_int_equal(choice_best(logits, 4), 1);
    assert_int_equal(choice_best(logits, 1), 0);
}

// Pearson's statistic stays below the 99.9 % point of chi-square with 6 degrees of freedom.
static void draws_follow_the_probabilities(void **state)
{
    enum { N = 7, DRAWS = 70000 };
    static const double logits[N] = { 0, 1, -1, 0.5, 2, -3, 0 };
    struct rng r = rng_start(1, "test", "draws", 0);
    size_t counts[N] = { 0 }, first[N] = { 0 }, second[N] = { 0 }, same = 0;
    double p[N], chi = 0, chi_first = 0, chi_second = 0, p_same = 0;

    (void)state;
    choice_log_probs(logits, N, 0.8, p);
    for (int i = 0; i < DRAWS; i++) {
        size_t two[2];
        counts[choice_sample(p, N, &r)]++;
        choice_sample_two(p, N, &r, two);
        first[two[0]]++;
        second[two[1]]++;
        same += two[0] == two[1];
    }
    for (size_t i = 0; i < N; i++) {
        double expected = DRAWS * exp(p[i]);
        chi += pow((double)counts[i] - expected, 2) / expected;
        chi_first += pow((double)first[i] - expected, 2) / expected;
        chi_second += pow((double)second[i] - expected, 2) / expected;
        p_same += exp(2 * p[i]);
    }
    assert_true(chi < 22.46 && chi_first < 22.46 && chi_second < 22.46);
    assert_true(fabs((double)same / DRAWS - p_same) < 0.01); // the two are independent
}

static void a_draw_takes_one_number(void **state)
{
    static const double p[] = { -0.7, -0.7 };
    struct rng a = rng_start(1, "test", "one", 0), b = a;
    size_t two[2];

    (void)state;
    choice_sample_two(p, 2, &a, two);
    choice_sample(p, 2, &b);
    choice_sample(p, 2, &b);
    assert_memory_equal(&a, &b, sizeof(a));
}

static void results_do_not_depend_on_the_machine(void **state)
{
    struct rng r = rng_start(1, "test", "choice digest", 0);
    uint64_t digest = HASH64_START;
    double logits[65];

    (void)state;
    for (int round = 0; round < 500; round++) {
        for (size_t i = 0; i < 65; i++)
            logits[i] = (rng_unit(&r) - 0.5) * 20;
        choice_log_probs(logits, 65, 0.7, logits);
        for (size_t i = 0; i < 65; i++) {
            uint64_t bits = 0;
            memcpy(&bits, &logits[i], sizeof(bits));
            digest = hash64_u64(digest, bits);
        }
        digest = hash64_u64(digest, choice_sample(logits, 65, &r));
    }
    if (digest != UINT64_C(0xc4c95fca48531590))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_and_log_are_right),
        cmocka_unit_test(probabilities_are_the_softmax),
        cmocka_unit_test(extreme_logits_are_fine),
        cmocka_unit_test(the_best_is_the_first_of_equals),
        cmocka_unit_test(draws_follow_the_probabilities),
        cmocka_unit_test(a_draw_takes_one_number),
        cmocka_unit_test(results_do_not_depend_on_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
