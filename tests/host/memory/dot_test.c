#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/rng.h"
#include "memory/dot.h"

enum { N_MAX = 600, ROWS = 13, ROW_LEN = 256 };

static uint32_t bits(float x)
{
    uint32_t u = 0;

    memcpy(&u, &x, sizeof(u));
    return u;
}

static void fill(struct rng *r, float *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = (float)(2 * rng_unit(r) - 1);
        x[i] *= rng_below(r, 9) == 0 ? 1e6F : 1;
    }
}

// The order that dot.h promises, written out as it is written there.
static float by_the_book(const float *a, const float *b, size_t n)
{
    float lane[32] = { 0 }, w[8], x[4];

    for (size_t i = 0; i < n; i++)
        lane[i % 32] += a[i] * b[i];
    for (size_t j = 0; j < 8; j++)
        w[j] = (lane[j] + lane[j + 8]) + (lane[j + 16] + lane[j + 24]);
    for (size_t j = 0; j < 4; j++)
        x[j] = w[j] + w[j + 4];
    return (x[0] + x[1]) + (x[2] + x[3]);
}

static void every_kernel_sums_in_the_promised_order(void **state)
{
    const struct dot_kernel *kernels[] = { dot_portable(), dot_avx2(), dot_best() };
    struct rng r = rng_start(1, "test", "dot", 0);
    static float a[N_MAX + 8], b[N_MAX + 8];

    (void)state;
    for (size_t n = 0; n <= N_MAX; n++) {
        size_t shift_a = rng_below(&r, 8), shift_b = rng_below(&r, 8);
        fill(&r, a, N_MAX + 8);
        fill(&r, b, N_MAX + 8);
        for (size_t k = 0; k < 3; k++)
            if (kernels[k] != NULL)
                assert_int_equal(bits(kernels[k]->one(a + shift_a, b + shift_b, n)),
                                 bits(by_the_book(a + shift_a, b + shift_b, n)));
    }
    if (dot_avx2() == NULL)
        print_message("no AVX2 here: only the portable kernel was tested\n");
}

static void rows_are_the_same_as_one_by_one(void **state)
{
    const struct dot_kernel *kernels[] = { dot_portable(), dot_avx2() };
    struct rng r = rng_start(1, "test", "rows", 0);
    static float query[ROW_LEN + 1], rows[ROWS * ROW_LEN + 1];

    (void)state;
    fill(&r, query, ROW_LEN + 1);
    fill(&r, rows, ROWS * ROW_LEN + 1);
    for (size_t count = 0; count <= ROWS; count++) {
        for (size_t k = 0; k < 2; k++) {
            float out[ROWS + 1];
            out[count] = 42;
            if (kernels[k] == NULL)
                continue;
            kernels[k]->rows(query + 1, rows + 1, count, ROW_LEN, out);
            for (size_t i = 0; i < count; i++)
                assert_int_equal(bits(out[i]),
                                 bits(by_the_book(query + 1, rows + 1 + i * ROW_LEN, ROW_LEN)));
            assert_true(out[count] == 42);
        }
    }
}

// One number for thousands of results: another compiler or processor must find the same.
static void results_do_not_depend_on_the_machine(void **state)
{
    struct rng r = rng_start(7, "test", "dot digest", 0);
    uint64_t digest = HASH64_START;
    static float a[N_MAX], b[N_MAX];

    (void)state;
    for (size_t n = 0; n < N_MAX; n++) {
        fill(&r, a, n);
        fill(&r, b, n);
        digest = hash64_u64(digest, bits(dot_best()->one(a, b, n)));
    }
    if (digest != UINT64_C(0x77bdaaeccfc45d91))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_sums_in_the_promised_order),
        cmocka_unit_test(rows_are_the_same_as_one_by_one),
        cmocka_unit_test(results_do_not_depend_on_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
