#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>

#include <cmocka.h>

#include "learn/loss.h"

static void close_to(double x, double expected)
{
    if (!(fabs(x - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("%.17g is not %.17g", x, expected);
}

// The expected values are those of this Python (3.11):
//
//   from math import exp, log
//   def sg(x): return 1/(1+exp(-x))
//   def dpo(c,r,b,s): h=b*(c-r); return -(1-s)*log(sg(h))-s*log(sg(-h))
//   def ipo(c,r,b): return (c-r-1/(2*b))**2
//   def kto(r,kl,d,b,w): return w*(1-sg(b*(r-kl))) if d else w*(1-sg(b*(kl-r)))
//   def unlikelihood(lp): return -log(1-min(exp(lp),1-1e-6))
static void losses_are_the_published_ones(void **state)
{
    (void)state;
    close_to(loss_dpo(0, 0, 0.1, 0).value, 0.6931471805599453);
    close_to(loss_dpo(1.5, -0.7, 0.1, 0).value, 0.5891850189505918);
    close_to(loss_dpo(-3, 2, 0.5, 0).value, 2.5788897342925496);
    close_to(loss_dpo(-3, 2, 0.5, 0.1).value, 2.3288897342925496);
    close_to(loss_dpo(12, -30, 1, 0.2).value, 8.4);
    close_to(loss_ipo(0, 0, 0.1).value, 25.0);
    close_to(loss_ipo(1.5, -0.7, 0.1).value, 7.84);
    close_to(loss_ipo(-3, 2, 0.5).value, 36.0);
    close_to(loss_kto(0, 0, true, 0.1, 1).value, 0.5);
    close_to(loss_kto(1.5, 0.4, true, 0.1, 1.33).value, 0.6284618352216904);
    close_to(loss_kto(1.5, 0.4, false, 0.1, 1).value, 0.5274723043445937);
    close_to(loss_kto(-6, 2.5, false, 0.7, 0.5).value, 0.0012995338811616075);
    close_to(loss_sft(-3).value, 3);
    close_to(loss_unlikelihood(-0.1).value, 2.3521684610440903);
    close_to(loss_unlikelihood(-3).value, 0.051069180942701596);
    assert_true(fabs(loss_unlikelihood(-1e-9).value - 13.815510557935518) < 1e-9);
}

// One loss of the table as a function of the two log probabilities; the references' are 0.
static struct loss compute(int which, double chosen, double rejected)
{
    switch (which) {
    case 0: return loss_dpo(chosen, rejected, 0.1, 0);
    case 1: return loss_dpo(chosen, rejected, 0.7, 0.2);
    case 2: return loss_ipo(chosen, rejected, 0.3);
    case 3: return loss_kto(chosen, 0.4, true, 0.5, 1.33);
    case 4: return loss_kto(rejected, 0.4, false, 0.5, 0.7);
    case 5: return loss_sft(chosen);
    case 6: return loss_unlikelihood(rejected);
    }
    fail();
    return (struct loss){ 0 };
}

static void derivatives_are_those_of_the_values(void **state)
{
    static const double points[][2] = { { -0.3, -2 }, { -4, -0.05 }, { -1, -1 }, { -9, -0.7 } };
    const double h = 1e-4;

    (void)state;
    for (int which = 0; which <= 6; which++)
        for (size_t i = 0; i < 4; i++) {
            double c = points[i][0], r = points[i][1];
            struct loss at = compute(which, c, r);
            double by_c = compute(which, c + h, r).value - compute(which, c - h, r).value;
            double by_r = compute(which, c, r + h).value - compute(which, c, r - h).value;
            assert_true(fabs(at.by_chosen - by_c / (2 * h)) < 1e-6 * fmax(1, fabs(by_c) / h));
            assert_true(fabs(at.by_rejected - by_r / (2 * h)) < 1e-6 * fmax(1, fabs(by_r) / h));
        }
}

static void extremes_stay_finite_and_signs_are_right(void **state)
{
    static const double far[] = { -1e6, -800, -40, 0, 40, 800, 1e6 };

    (void)state;
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++) {
            struct loss dpo = loss_dpo(far[i], far[j], 1, 0);
            struct loss kto = loss_kto(far[i], fmax(far[j], 0), true, 1, 1);
            assert_true(isfinite(dpo.value) && dpo.value >= 0);
            assert_true(dpo.by_chosen <= 0 && dpo.by_rejected == -dpo.by_chosen);
            assert_true(kto.value >= 0 && kto.value <= 1 && kto.by_chosen <= 0);
            assert_true(kto.by_rejected == 0);
        }
    assert_true(loss_dpo(0, 1e6, 1, 0).by_chosen == -1); // a hopeless pair still pulls
    assert_true(loss_dpo(50, 0, 1, 0).value > 0);        // no cancellation: about e^-50
    assert_true(isfinite(loss_unlikelihood(0).value) && loss_unlikelihood(-1e6).value == 0);
    assert_true(loss_kto(5, 0, false, 1, 1).by_rejected > 0);
}

static void smoothing_by_half_asks_for_nothing(void **state)
{
    (void)state;
    assert_true(loss_dpo(0, 0, 0.1, 0.5).by_chosen == 0);
    assert_true(loss_dpo(5, 0, 0.1, 0.5).by_chosen > 0); // too sure
    close_to(loss_softplus(0), 0.6931471805599453);
    close_to(loss_softplus(-40), 4.248354255291589e-18);
    close_to(loss_sigmoid(-700), exp(-700));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(losses_are_the_published_ones),
        cmocka_unit_test(derivatives_are_those_of_the_values),
        cmocka_unit_test(extremes_stay_finite_and_signs_are_right),
        cmocka_unit_test(smoothing_by_half_asks_for_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
