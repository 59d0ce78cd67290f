#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/utf8.h"

static void validity_follows_rfc_3629(void **state)
{
    static const struct {
        const char *text;
        bool valid;
        size_t bad;
    } rows[] = {
        { "", true, 0 },
        { "plain", true, 0 },
        { "\x7f\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", true, 0 },
        { "\xED\x9F\xBF\xEE\x80\x80", true, 0 }, // both sides of the surrogates
        { "a\x80", false, 1 },                   // a continuation alone
        { "ab\xC0\x80", false, 2 },              // overlong
        { "\xC1\xBF", false, 0 },
        { "\xE0\x9F\xBF", false, 0 },
        { "\xF0\x8F\xBF\xBF", false, 0 },
        { "\xED\xA0\x80", false, 0 }, // surrogates
        { "\xED\xBF\xBF", false, 0 },
        { "\xF4\x90\x80\x80", false, 0 }, // above U+10FFFF
        { "\xF5\x80\x80\x80", false, 0 },
        { "\xFF", false, 0 },
        { "abc\xE2\x82", false, 3 }, // cut
        { "\xC3(", false, 0 },
        { "\xE2\x28\xA1", false, 0 },
        { "\xF0\x9F\x98", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        size_t bad = 0;
        if (utf8_valid(view_of(rows[i].text), &bad) != rows[i].valid || bad != rows[i].bad)
            fail_msg("row %zu: bad offset %zu", i, bad);
        assert_int_equal(utf8_valid(view_of(rows[i].text), NULL), rows[i].valid);
    }
    assert_true(utf8_valid((struct view){ .data = NULL, .len = 0 }, NULL));
}

static void every_code_point_decodes_to_itself(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char b[4] = { 0 };
        uint32_t code = 0;
        size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        static const unsigned lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
        for (size_t i = 0; i < len; i++) {
            unsigned bits = c >> (6 * (len - 1 - i));
            b[i] = (char)(i == 0 ? lead[len] | bits : 0x80 | (bits & 0x3F));
        }
        if (c >= 0xD800 && c <= 0xDFFF) {
            assert_int_equal(utf8_decode((struct view){ .data = b, .len = len }, 0, &code), 0);
            continue;
        }
        assert_int_equal(utf8_decode((struct view){ .data = b, .len = len }, 0, &code), len);
        assert_int_equal(code, c);
        if (len > 1)
            assert_int_equal(utf8_decode((struct view){ .data = b, .len = len - 1 }, 0, &code), 0);
    }
}

static void a_cut_never_splits_a_character(void **state)
{
    static const struct {
        const char *text;
        size_t max, len, count;
    } rows[] = {
        { "abc", 10, 3, 3 },
        { "abc", 3, 3, 3 },
        { "abc", 2, 2, 2 },
        { "abc", 0, 0, 0 },
        { "a\xC3\xA9z", 2, 1, 1 },
        { "a\xC3\xA9z", 3, 3, 2 },
        { "\xE2\x82\xAC\xE2\x82\xAC", 5, 3, 1 },
        { "\xE2\x82\xAC\xE2\x82\xAC", 4, 3, 1 },
        { "\xE2\x82\xAC", 2, 0, 0 },
        { "x\xF0\x9F\x98\x80y", 4, 1, 1 },
        { "x\xF0\x9F\x98\x80y", 5, 5, 2 },
        { "\x80\x80\x80\x80\x80\x80", 4, 4, 4 }, // not text: cut anywhere
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct view cut = utf8_cut(view_of(rows[i].text), rows[i].max);
        assert_int_equal(cut.len, rows[i].len);
        assert_int_equal(utf8_count(cut), rows[i].count);
    }
}

static void bad_bytes_are_replaced_and_the_rest_stays(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        { "", "" },
        { "fine \xC3\xA9", "fine \xC3\xA9" },
        { "\xFF", UTF8_REPLACEMENT },
        { "a\xE2\x82z\xC3\xA9\x80",
          "a" UTF8_REPLACEMENT UTF8_REPLACEMENT "z\xC3\xA9" UTF8_REPLACEMENT },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf b = { 0 };
        buf_add_str(&b, rows[i].in);
        utf8_sanitize(&b);
        assert_string_equal(buf_str(&b), rows[i].out);
        assert_true(utf8_valid(buf_view(&b), NULL));
        buf_fini(&b);
    }
}

static void positions_count_lines_and_characters(void **state)
{
    static const struct {
        size_t offset, line, column;
    } rows[] = { { 0, 1, 1 }, { 2, 1, 3 }, { 3, 2, 1 }, { 5, 2, 2 }, { 6, 2, 3 }, { 7, 3, 1 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        size_t line = 0, column = 0;
        utf8_position(view_of("ab\n\xC3\xA9x\n"), rows[i].offset, &line, &column);
        assert_int_equal(line, rows[i].line);
        assert_int_equal(column, rows[i].column);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validity_follows_rfc_3629),
        cmocka_unit_test(every_code_point_decodes_to_itself),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(bad_bytes_are_replaced_and_the_rest_stays),
        cmocka_unit_test(positions_count_lines_and_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
