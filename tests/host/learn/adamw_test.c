#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "learn/adamw.h"

enum { BITS = 6, SIZE = 1 << BITS };

static const struct adamw_options plain = { 0.9, 0.999, 1e-8, 0 };

// Gradients 2, -1, 0.5; rate 0.1; decay 0.01; w = 1. By hand:
//   1: w = 1 - 0.001 = 0.999;  m = 0.2, v = 0.004; m^ = 2, v^ = 4
//      w = 0.999 - 0.1 * 2 / 2 = 0.899
//   2: w = 0.899 * 0.999 = 0.898101;  m = 0.18 - 0.1 = 0.08, v = 0.003996 + 0.001 = 0.004996
//      m^ = 0.08 / 0.19 = 0.42105263, v^ = 0.004996 / 0.001999 = 2.49924962, root 1.58090152
//      w = 0.898101 - 0.1 * 0.42105263 / 1.58090152 = 0.871467291
//   3: w = 0.871467291 * 0.999 = 0.870595824;  m = 0.072 + 0.05 = 0.122,
//      v = 0.004991004 + 0.00025 = 0.005241004
//      m^ = 0.122 / 0.271 = 0.45018450, v^ = 0.005241004 / 0.002997001 = 1.74874950,
//      root 1.32240293 w = 0.870595824 - 0.1 * 0.45018450 / 1.32240293 = 0.836552898
static void three_steps_are_as_worked_by_hand(void **state)
{
    static const double gradients[] = { 2, -1, 0.5 };
    static const double expected[] = { 0.899, 0.871467291, 0.836552898 };
    const struct adamw_options options = { 0.9, 0.999, 1e-8, 0.01 };
    float weights[SIZE] = { [5] = 1 };
    struct adamw *a = adamw_new(&options, weights, BITS);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        adamw_add(a, 5, gradients[i] * 3);
        adamw_add(a, 5, gradients[i]);
        assert_true(adamw_gradient(a, 5) == gradients[i] * 4 && adamw_gradient(a, 4) == 0);
        assert_true(adamw_step(a, weights, 0.1, 0.25, 0) == fabs(gradients[i]));
        if (!(fabs((double)weights[5] - expected[i]) < 2e-7))
            fail_msg("step %zu: %.9g, not %.9g", i + 1, (double)weights[5], expected[i]);
    }
    adamw_free(a);
}

// Every weight every step, the way the paper writes it.
struct dense {
    double m[SIZE], v[SIZE], powers[2];
};

static void dense_step(struct dense *d, float *w, const double *g, double rate, double decay)
{
    d->powers[0] *= 0.9;
    d->powers[1] *= 0.999;
    for (size_t i = 0; i < SIZE; i++) {
        double x = w[i];
        d->m[i] = 0.9 * d->m[i] + (1 - 0.9) * g[i];
        d->v[i] = 0.999 * d->v[i] + (1 - 0.999) * (g[i] * g[i]);
        x -= rate * decay * x;
        x -= rate * (d->m[i] / (1 - d->powers[0])) / (sqrt(d->v[i] / (1 - d->powers[1])) + 1e-8);
        w[i] = (float)x;
    }
}

static void visiting_few_weights_equals_visiting_all(void **state)
{
    static const double decays[] = { 0, 0.3 };

    (void)state;
    for (size_t k = 0; k < 2; k++) {
        const struct adamw_options options = { 0.9, 0.999, 1e-8, decays[k] };
        struct rng r = rng_start(1, "test", "adamw", k);
        struct dense dense = { .powers = { 1, 1 } };
        float sparse_w[SIZE], dense_w[SIZE];
        struct adamw *a = NULL;
        for (size_t i = 0; i < SIZE; i++)
            sparse_w[i] = dense_w[i] = i % 3 == 0 ? 0 : (float)(rng_unit(&r) - 0.5);
        a = adamw_new(&options, sparse_w, BITS);
        for (int step = 0; step < 50; step++) {
            double g[SIZE] = { 0 };
            for (int i = 0; i < 3; i++) {
                uint32_t at = (uint32_t)rng_below(&r, SIZE / 2);
                double x = rng_unit(&r) - 0.5;
                g[at] += x;
                adamw_add(a, at, x);
            }
            adamw_step(a, sparse_w, 0.01, 1, 0);
            dense_step(&dense, dense_w, g, 0.01, decays[k]);
            assert_memory_equal(sparse_w, dense_w, sizeof(dense_w));
        }
        assert_true(decays[k] > 0 ? adamw_touched(a) > SIZE / 2 : adamw_touched(a) <= SIZE / 2);
        adamw_free(a);
    }
}

static void long_gradients_are_shrunk(void **state)
{
    float weights[SIZE] = { 0 }, same[SIZE] = { 0 };
    struct adamw *a = adamw_new(&plain, weights, BITS), *b = adamw_new(&plain, same, BITS);

    (void)state;
    adamw_add(a, 1, 30);
    adamw_add(a, 2, 40);
    assert_true(adamw_step(a, weights, 0.5, 1, 1) == 50);
    adamw_add(a, 1, 0.01);
    adamw_step(a, weights, 0.5, 1, 1);
    adamw_add(b, 1, 0.6);
    adamw_add(b, 2, 0.8);
    adamw_step(b, same, 0.5, 1, 1);
    adamw_add(b, 1, 0.01);
    adamw_step(b, same, 0.5, 1, 0);
    for (size_t i = 0; i < SIZE; i++)
        assert_true(fabs((double)weights[i] - (double)same[i]) < 1e-7);
    assert_true(weights[1] < -0.5);
    adamw_free(a);
    adamw_free(b);
}

static void a_gradient_that_is_not_finite_changes_nothing(void **state)
{
    static const double bad[] = { NAN, INFINITY, 1e200 };
    float weights[SIZE] = { 0 }, zero[SIZE] = { 0 };
    struct adamw *a = adamw_new(&plain, weights, BITS);

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        adamw_add(a, 3, bad[i]);
        assert_false(isfinite(adamw_step(a, weights, 0.1, 1, 1)));
        assert_memory_equal(weights, zero, sizeof(zero));
    }
    adamw_add(a, 3, 1);
    adamw_step(a, weights, 0.1, 1, 0);
    assert_true(fabs((double)weights[3] + 0.1) < 1e-6); // as if it were the first step
    adamw_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_steps_are_as_worked_by_hand),
        cmocka_unit_test(visiting_few_weights_equals_visiting_all),
        cmocka_unit_test(long_gradients_are_shrunk),
        cmocka_unit_test(a_gradient_that_is_not_finite_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
