#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "store/intern.h"
#include "store/siphash.h"

static void siphash_matches_another_implementation(void **state)
{
    // Key 00 01 ... 0f; computed by OpenSSL 3.0 (`openssl mac -macopt size:16 ... SIPHASH`), the
    // first is also the first of the authors' vectors
    static const struct {
        size_t len;
        uint64_t a, b; // the output's bytes as little-endian words
    } rows[] = {
        { 0, UINT64_C(0xe6a825ba047f81a3), UINT64_C(0x930255c71472f66d) },
        { 1, UINT64_C(0x44af996bd8c187da), UINT64_C(0x45fc229b11597634) },
        { 8, UINT64_C(0x61f55862baa9623b), UINT64_C(0xb49714f364e2830f) },
        { 63, UINT64_C(0x4a83502f77d15051), UINT64_C(0x7cbd3f979a063e50) },
    };
    char bytes[63];

    (void)state;
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)i;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct siphash h = siphash_of((struct view){ bytes, rows[i].len },
                                      UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908));
        assert_true(h.a == rows[i].a);
        assert_true(h.b == rows[i].b);
    }
}

static void texts_are_numbered_in_order_of_first_use(void **state)
{
    struct intern in = { 0 };
    char text[32];
    bool added = false;

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof(text), "text %d", i);
            assert_int_equal(intern_text(&in, view_of(text), &added), i + 1);
            assert_int_equal(added, round == 0);
        }
    }
    assert_int_equal(intern_text(&in, view_of(""), &added), 5001);
    assert_int_equal(intern_text(&in, (struct view){ "\0", 1 }, &added), 5002);
    intern_fini(&in);
}

static void loaded_texts_keep_their_ids(void **state)
{
    struct intern in = { 0 };
    bool added = true;

    (void)state;
    intern_load(&in, view_of("b"), 7);
    intern_load(&in, view_of("a"), 3);
    assert_int_equal(intern_text(&in, view_of("a"), &added), 3);
    assert_false(added);
    assert_int_equal(intern_text(&in, view_of("c"), &added), 8);
    assert_true(added);
    intern_fini(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(siphash_matches_another_implementation),
        cmocka_unit_test(texts_are_numbered_in_order_of_first_use),
        cmocka_unit_test(loaded_texts_keep_their_ids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
