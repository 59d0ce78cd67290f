#include "text/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

// RFC 4648 section 10.
static const char *const vectors[][2] = {
    { "", "" },
    { "f", "Zg==" },
    { "fo", "Zm8=" },
    { "foo", "Zm9v" },
    { "foob", "Zm9vYg==" },
    { "fooba", "Zm9vYmE=" },
    { "foobar", "Zm9vYmFy" },
};

static void the_rfcs_vectors_hold_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        struct buf text = { 0 }, back = { 0 };

        base64_encode(view_of(vectors[i][0]), &text);
        assert_string_equal(buf_str(&text), vectors[i][1]);
        assert_int_equal(base64_decode(buf_view(&text), &back, NULL), BASE64_OK);
        assert_string_equal(buf_str(&back), vectors[i][0]);
        buf_fini(&text);
        buf_fini(&back);
    }
}

static void every_byte_survives(void **state)
{
    char bytes[256];
    struct buf text = { 0 }, back = { 0 };

    (void)state;
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    base64_encode((struct view){ bytes, sizeof(bytes) }, &text);
    assert_int_equal(base64_decode(buf_view(&text), &back, NULL), BASE64_OK);
    assert_int_equal(buf_view(&back).len, sizeof(bytes));
    assert_memory_equal(buf_view(&back).data, bytes, sizeof(bytes));
    buf_fini(&text);
    buf_fini(&back);
}

static enum base64_result decode(const char *text, size_t *at)
{
    struct buf out = { 0 };
    enum base64_result result = base64_decode(view_of(text), &out, at);

    buf_fini(&out);
    return result;
}

static void spaces_are_skipped_and_padding_may_be_left_out(void **state)
{
    (void)state;
    assert_int_equal(decode(" Zm9v\r\n\tYg = =\n", NULL), BASE64_OK);
    assert_int_equal(decode("Zm9vYg", NULL), BASE64_OK);
}

static void what_is_wrong_is_found(void **state)
{
    size_t at = 0;

    (void)state;
    assert_int_equal(decode("Zm9v!mFy", &at), BASE64_BAD_CHARACTER);
    assert_int_equal(at, 4);
    assert_int_equal(decode("Zg==Zg==", &at), BASE64_BAD_CHARACTER);
    assert_int_equal(at, 4);
    assert_int_equal(decode("Z===", &at), BASE64_BAD_CHARACTER);
    assert_int_equal(at, 1);
    assert_int_equal(decode("Zm9v====", &at), BASE64_BAD_CHARACTER);
    assert_int_equal(decode("Zm9vY", NULL), BASE64_CUT_SHORT);
    assert_int_equal(decode("Zg=", NULL), BASE64_CUT_SHORT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rfcs_vectors_hold_both_ways),
        cmocka_unit_test(every_byte_survives),
        cmocka_unit_test(spaces_are_skipped_and_padding_may_be_left_out),
        cmocka_unit_test(what_is_wrong_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
