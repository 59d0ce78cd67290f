#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"
#include "memory/embed.h"

static double similarity(const char *a, const char *b)
{
    float x[EMBED_DIM], y[EMBED_DIM];
    double sum = 0;

    embed_text(view_of(a), x);
    embed_text(view_of(b), y);
    for (size_t i = 0; i < EMBED_DIM; i++)
        sum += (double)x[i] * (double)y[i];
    return sum;
}

static void near_texts_are_nearer(void **state)
{
    static const struct {
        const char *focus, *near, *far;
    } rows[] = {
        { "cooking dinner", "cook a quick dinner", "reading a novel" },
        { "watering the garden", "the garden needs water", "watching a film" },
        { "practising the violin", "violin practice", "practical shoes" },
        { "doing the laundry", "the laundry is done", "the lawn is long" },
        { "Wäsche waschen", "die Wäsche", "die Küche" },
        { "料理を作る", "料理", "読書" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        double near = similarity(rows[i].focus, rows[i].near);
        double far = similarity(rows[i].focus, rows[i].far);
        if (near < far + 0.05)
            fail_msg("%s: %.3f and %.3f", rows[i].focus, near, far);
    }
}

static void case_and_punctuation_do_not_count(void **state)
{
    (void)state;
    assert_true(similarity("Cooking, dinner!", "cooking dinner") > 0.999999);
    assert_true(similarity("cooking dinner", "dinner cooking") < 0.999); // word order does
    assert_true(similarity("cooking dinner", "dinner cooking") > 0.7);
}

static void a_vector_has_length_one_or_no_words(void **state)
{
    static const char *const empty[] = { "", "   ", "?!... --" };
    struct buf big = { 0 };
    float out[EMBED_DIM];

    (void)state;
    for (size_t i = 0; i < sizeof(empty) / sizeof(*empty); i++) {
        embed_text(view_of(empty[i]), out);
        for (size_t j = 0; j < EMBED_DIM; j++)
            assert_true(out[j] == 0);
    }
    assert_true(similarity("x", "x") > 0.999999 && similarity("x", "x") < 1.000001);
    // a word beyond any length, and bytes that are no UTF-8
    for (size_t i = 0; i < 100000; i++)
        buf_add_char(&big, (char)(i % 7 == 0 ? 0xff : 'a' + (char)(i % 26)));
    assert_true(similarity(buf_str(&big), buf_str(&big)) > 0.999);
    embed_text((struct view){ "a\0b", 3 }, out); // a zero byte separates words like any other
    buf_fini(&big);
}

static void vectors_do_not_depend_on_the_machine(void **state)
{
    static const char *const texts[] = { "cooking dinner", "Mara Ellison is reading a novel",
                                         "the kitchen sink is idle", "Grüße aus der Küche", "a" };
    uint64_t digest = HASH64_START;
    float out[EMBED_DIM];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        embed_text(view_of(texts[i]), out);
        for (size_t j = 0; j < EMBED_DIM; j++) {
            uint32_t bits = 0;
            memcpy(&bits, &out[j], sizeof(bits));
            digest = hash64_u64(digest, bits);
        }
    }
    // Changing this number means changing EMBED_VERSION.
    if (digest != UINT64_C(0xfb1b763bde8e5572))
        fail_msg("the digest is 0x%016" PRIx64, digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_texts_are_nearer),
        cmocka_unit_test(case_and_punctuation_do_not_count),
        cmocka_unit_test(a_vector_has_length_one_or_no_words),
        cmocka_unit_test(vectors_do_not_depend_on_the_machine),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
