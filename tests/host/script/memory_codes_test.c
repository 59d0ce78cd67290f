// Codes of embeddings: the same everywhere, and alike for vectors that are alike.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "memory/embed.h"
#include "script/memory_codes.h"

static int shared_codes(const float *a, const float *b, size_t dim)
{
    unsigned x[MEMORY_CODES], y[MEMORY_CODES];
    int shared = 0;

    memory_codes(a, dim, x);
    memory_codes(b, dim, y);
    for (int i = 0; i < MEMORY_CODES; i++) {
        assert_true(x[i] < 1u << MEMORY_CODE_BITS);
        shared += x[i] == y[i];
    }
    return shared;
}

static void test_a_vector_and_its_multiples_have_the_same_codes(void **state)
{
    float a[EMBED_DIM], b[EMBED_DIM];

    (void)state;
    embed_text(view_of("water the basil before the sun gets strong"), a);
    for (int i = 0; i < EMBED_DIM; i++)
        b[i] = 8 * a[i];
    assert_int_equal(shared_codes(a, b, EMBED_DIM), MEMORY_CODES);
}

// Over many pairs: the nearer two vectors are, the more codes they share.
static void test_near_vectors_share_more_codes_than_far_ones(void **state)
{
    enum { PAIRS = 200, DIM = 100 };
    struct rng r = rng_start(1, "", "codes", 0);
    int near = 0, far = 0;

    (void)state;
    for (int p = 0; p < PAIRS; p++) {
        float a[DIM], close[DIM], other[DIM];
        for (int i = 0; i < DIM; i++) {
            a[i] = (float)rng_normal(&r);
            close[i] = a[i] + 0.2f * (float)rng_normal(&r);
            other[i] = (float)rng_normal(&r);
        }
        near += shared_codes(a, close, DIM);
        far += shared_codes(a, other, DIM);
    }
    assert_true(near > PAIRS * MEMORY_CODES * 6 / 10);
    assert_true(far < PAIRS * MEMORY_CODES * 15 / 100); // 1 in 16 by chance
}

static void test_nothing_has_the_code_of_nothing(void **state)
{
    float zeros[10] = { 0 };
    unsigned codes[MEMORY_CODES];

    (void)state;
    memory_codes(zeros, 10, codes);
    for (int i = 0; i < MEMORY_CODES; i++)
        assert_int_equal(codes[i], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_vector_and_its_multiples_have_the_same_codes),
        cmocka_unit_test(test_near_vectors_share_more_codes_than_far_ones),
        cmocka_unit_test(test_nothing_has_the_code_of_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
