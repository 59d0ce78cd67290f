#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "text/json.h"

static void a_document_is_read_in_order(void **state)
{
    struct err err = { { 0 } };
    const char *text =
        " {\"b\": [1, -2.5e3, true, false, null], \"a\": \"x\\u00E9\\ud83d\\ude00\\n\"}\n";
    struct json *root = json_parse(view_of(text), &err);
    static const enum json_type types[] = { JSON_NUMBER, JSON_NUMBER, JSON_BOOL, JSON_BOOL,
                                            JSON_NULL };
    const struct json *v = NULL;
    size_t i = 0;

    (void)state;
    assert_non_null(root);
    assert_int_equal(json_count(root), 2);
    assert_string_equal(json_key(json_first(root)), "b");
    assert_string_equal(json_type_name(json_type(root)), "object");
    assert_string_equal(json_type_name(json_type(json_get(root, "b"))), "list");
    assert_string_equal(json_type_phrase(json_type(json_get(root, "a"))), "text");
    for (v = json_first(json_get(root, "b")); v != NULL; v = json_next(v), i++)
        assert_int_equal(json_type(v), types[i]);
    assert_int_equal(i, 5);
    v = json_next(json_first(json_get(root, "b")));
    assert_true(json_number(v) == -2500);
    assert_true(json_bool(json_next(v)));
    assert_false(json_bool(json_next(json_next(v))));
    assert_string_equal(json_string(json_get(root, "a")).data, "x\xC3\xA9\xF0\x9F\x98\x80\n");
    assert_null(json_get(root, "A")); // case matters
    assert_null(json_get(NULL, "a"));
    assert_null(json_get(json_get(root, "b"), "a"));
    json_free(root);
    json_free(NULL);
}

static void what_is_not_strict_json_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        { "", "line 1, column 1: the text ends where a value should follow" },
        { "{} junk", "line 1, column 4: the end of the text should be here, not `j`" },
        { "[1,\n 02]", "line 2, column 2: a number must not start with a zero" },
        { "[-01]", "line 1, column 2: a number must not start with a zero" },
        { "{\"a\":1,\n\"b\":2,\n \"a\":3}", "line 3, column 2: the key `a` is there twice" },
        { "[{\"x\":1},{\"b\":{\"c\":1,\"\\u0063\":2}}]", "column 22: the key `c` is there twice" },
        { "\"\\u0000\"", "line 1, column 2: a text must not contain \\u0000" },
        { "\"\\ud800\"", "column 2: \\ud800 is half a character" },
        { "\"\\udc00\"", "column 2: \\udc00 is half a character" },
        { "\"\\ud800\\u0041\"", "column 2: \\ud800\\u0041 is no character" },
        { "\"\\u12g4\"", "column 6: a hexadecimal digit should be here, not `g`" },
        { "\"\\x41\"", "column 3: one of \" \\ / b f n r t u" },
        { "\"\\", "column 3: the text ends where one of" },
        { "1e400", "line 1, column 1: 1e400 is too large" },
        { "[1,]", "column 4: there is a comma, but no value, before this `]`" },
        { "{\"a\":1,}", "column 8: there is a comma, but no value, before this `}`" },
        { "[1 2]", "column 4: `,` or `]` should be here, not `2`" },
        { "[1", "column 3: the text ends where `,` or `]` should follow" },
        { "{\"a\" 1}", "column 6: `:` after a key should be here, not `1`" },
        { "{\"a\":1 \"b\":2}", "column 8: `,` or `}` should be here" },
        { "{'a':1}", "column 2: a text in double quotes should be here, not `'`" },
        { "{a:1}", "column 2: a text in double quotes should be here, not `a`" },
        { "\"abc", "column 1: this text in quotes has no end" },
        { "\"a\nb\"", "column 3: a control character inside a text must be written as \\u000a" },
        { "[\"\xC3\xA9\", \xC3\xA9]", "line 1, column 7: a value should be here, not `\xC3\xA9`" },
        { "\"\xC3\xA9\xC3\"", "line 1, column 3: byte 0xC3 is not valid UTF-8" },
        { "\xEF\xBB\xBF{}", "line 1, column 1: there is a byte order mark" },
        { "tru", "a value should be here, not `t`" },
        { "True", "a value should be here, not `T`" },
        { "NaN", "a value should be here, not `N`" },
        { "+1", "a value should be here, not `+`" },
        { "1.", "a digit" },
        { ".5", "a value" },
        { "1e", "a digit" },
        { "-", "a digit" },
        { "0x10", "the end of the text should be here, not `x`" },
        { "\x01", "not the control character U+0001" },
        { "0.0000000000000000000000000000000000000000000000000000000000000001",
          "this number is 66 characters long; at most 63 are read" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct json *root = json_parse(view_of(rows[i].text), &err);
        if (root != NULL || strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s: \"%s\" should say \"%s\"", rows[i].text, err.text, rows[i].says);
    }
}

static void a_zero_byte_and_an_empty_view_are_refused(void **state)
{
    struct err err = { { 0 } };

    (void)state;
    assert_null(json_parse((struct view){ .data = "1\0", .len = 2 }, &err));
    assert_non_null(strstr(err.text, "column 2"));
    assert_null(json_parse((struct view){ .data = "\"a\0\"", .len = 4 }, &err));
    assert_non_null(strstr(err.text, "column 3"));
    assert_null(json_parse((struct view){ .data = NULL, .len = 0 }, &err));
    assert_null(json_parse((struct view){ .data = "1", .len = (size_t)JSON_MAX_BYTES + 1 }, &err));
    assert_string_equal(err.text, "the text is 268435457 bytes long; at most 268435456 are read");
    // the view ends, whatever bytes follow
    assert_null(json_parse((struct view){ .data = "[1]", .len = 2 }, &err));
}

static void nesting_is_limited(void **state)
{
    struct err err = { { 0 } };
    struct buf b = { 0 };
    struct json *root = NULL;

    (void)state;
    for (int extra = 0; extra <= 1; extra++) {
        buf_clear(&b);
        for (int i = 0; i < JSON_MAX_DEPTH + extra; i++)
            buf_add_str(&b, i % 2 == 0 ? "[" : "{\"a\":");
        buf_add_str(&b, extra == 1 ? "1" : "0");
        for (int i = JSON_MAX_DEPTH + extra - 1; i >= 0; i--)
            buf_add_char(&b, i % 2 == 0 ? ']' : '}');
        root = json_parse(buf_view(&b), &err);
        assert_int_equal(root == NULL, extra == 1);
        json_free(root);
    }
    assert_non_null(strstr(err.text, "nested more than 100 levels"));
    buf_clear(&b);
    for (int i = 0; i < 1000000; i++)
        buf_add_char(&b, '[');
    assert_null(json_parse(buf_view(&b), &err));
    buf_fini(&b);
}

static void numbers_are_written_short(void **state)
{
    static const struct {
        double number;
        const char *text;
    } rows[] = {
        { 0, "0" },
        { -0.0, "-0" },
        { 1, "1" },
        { -17, "-17" },
        { 0.1, "0.1" },
        { 0.30000000000000004, "0.30000000000000004" },
        { 9007199254740991.0, "9007199254740991" },
        { 9007199254740992.0, "9007199254740992" },
        { -9007199254740992.0, "-9007199254740992" },
        { 1e15, "1000000000000000" },
        { 1e22, "1e+22" },
        { 1.7976931348623157e308, "1.7976931348623157e+308" },
        { 2.5e-7, "2.5e-07" },
        { 1739431815123.25, "1739431815123.25" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf b = { 0 };
        json_add_number(&b, rows[i].number);
        assert_string_equal(buf_str(&b), rows[i].text);
        buf_fini(&b);
    }
}

static void every_number_survives_print_and_parse(void **state)
{
    struct rng r = rng_start(7, "json", "numbers", 0);
    struct err err = { { 0 } };
    struct buf b = { 0 };
    int tried = 0;

    (void)state;
    for (int i = 0; i < 60000; i++) {
        union {
            uint64_t bits;
            double number;
        } in = { .bits = rng_u64(&r) }, out = { .bits = 0 };
        struct json *root = NULL;
        if (i % 3 == 1) // everyday sizes, not only bit patterns
            in.number = (rng_unit(&r) - 0.5) * pow(10, (double)rng_below(&r, 20));
        if (i % 3 == 2) // denormals
            in.bits &= UINT64_C(0x800FFFFFFFFFFFFF);
        if (!isfinite(in.number))
            continue;
        buf_clear(&b);
        json_add_number(&b, in.number);
        root = json_parse(buf_view(&b), &err);
        assert_non_null(root);
        out.number = json_number(root);
        assert_true(in.bits == out.bits);
        json_free(root);
        tried++;
    }
    assert_true(tried > 59000);
    buf_fini(&b);
}

static void strings_are_escaped_and_repaired(void **state)
{
    static const struct {
        struct view in;
        const char *out;
    } rows[] = {
        { { "", 0 }, "\"\"" },
        { { NULL, 0 }, "\"\"" },
        { { "a\"b\\c/\n\r\t\b\f", 11 }, "\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\"" },
        { { "\x01\x1f\x7f", 3 }, "\"\\u0001\\u001f\x7f\"" },
        { { "a\0b", 3 },
          "\"a\xEF\xBF\xBD"
          "b\"" },
        { { "\xC3\xA9\xFFz\xE2\x82", 6 }, "\"\xC3\xA9\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct buf b = { 0 };
        struct json *root = NULL;
        json_add_string(&b, rows[i].in);
        assert_string_equal(buf_str(&b), rows[i].out);
        root = json_parse(buf_view(&b), &err); // our reader takes whatever we write
        assert_non_null(root);
        json_free(root);
        buf_fini(&b);
    }
}

static void a_byte_is_written_the_same_wherever_it_stands(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        struct buf alone = { 0 };
        char one = (char)byte;
        json_add_string(&alone, (struct view){ &one, 1 });
        for (size_t at = 0; at < 20; at++) {
            char text[20];
            struct buf got = { 0 }, want = { 0 };
            memset(text, 'x', sizeof(text));
            text[at] = one;
            json_add_string(&got, (struct view){ text, sizeof(text) });
            buf_add_char(&want, '"');
            buf_add(&want, "xxxxxxxxxxxxxxxxxxx", at);
            buf_add(&want, alone.data + 1, alone.len - 2);
            buf_add(&want, "xxxxxxxxxxxxxxxxxxx", 19 - at);
            buf_add_char(&want, '"');
            assert_string_equal(buf_str(&got), buf_str(&want));
            buf_fini(&got);
            buf_fini(&want);
        }
        buf_fini(&alone);
    }
}

static void canonical_text_sorts_keys_and_is_stable(void **state)
{
    static const struct {
        const char *in, *out;
    } rows[] = {
        { " [ ] ", "[]" },
        { "{ }", "{}" },
        { "{\"b\":1,\"a\":{\"z\":[1,2, {\"y\":null,\"x\":true}],\"B\":0}}",
          "{\"a\":{\"B\":0,\"z\":[1,2,{\"x\":true,\"y\":null}]},\"b\":1}" },
        { "[1.0, 1e2, 0.10, -0, false]", "[1,100,0.1,-0,false]" },
        { " \"\\u00C9\\/\\t\" ", "\"\xC3\x89/\\t\"" },
        { "{\"\\u00e9\":1,\"z\":2,\"\":3}", "{\"\":3,\"z\":2,\"\xC3\xA9\":1}" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct buf once = { 0 }, twice = { 0 };
        struct json *root = json_parse(view_of(rows[i].in), &err);
        assert_non_null(root);
        json_add_canonical(&once, root);
        json_free(root);
        assert_string_equal(buf_str(&once), rows[i].out);
        root = json_parse(buf_view(&once), &err);
        assert_non_null(root);
        json_add_canonical(&twice, root);
        json_free(root);
        assert_string_equal(buf_str(&twice), buf_str(&once));
        buf_fini(&once);
        buf_fini(&twice);
    }
}

static void large_objects_are_found_by_key(void **state)
{
    enum { COUNT = 100000 };
    struct err err = { { 0 } };
    struct buf b = { 0 };
    struct json *root = NULL;
    char key[32];

    (void)state;
    buf_add_char(&b, '{');
    for (int i = 0; i < COUNT; i++)
        buf_addf(&b, "%s\"k%d\":%d", i == 0 ? "" : ",\n", i * 7919 % COUNT, i);
    buf_add_char(&b, '}');
    root = json_parse(buf_view(&b), &err);
    assert_non_null(root);
    assert_int_equal(json_count(root), COUNT);
    assert_string_equal(json_key(json_next(json_first(root))), "k7919"); // document order stays
    for (int i = 0; i < COUNT; i++) {
        snprintf(key, sizeof(key), "k%d", i * 7919 % COUNT);
        assert_true(json_number(json_get(root, key)) == i);
    }
    assert_null(json_get(root, "k"));
    assert_null(json_get(root, "K1"));
    json_free(root);
    b.len--;
    buf_add_str(&b, ",\n\"k\\u0035\":0}");
    assert_null(json_parse(buf_view(&b), &err));
    assert_string_equal(err.text, "line 100001, column 1: the key `k5` is there twice");
    buf_fini(&b);
}

static void wanted_members_are_checked(void **state)
{
    struct err err = { { 0 } };
    struct json *root = json_parse(view_of("{\"s\":\"x\",\"n\":1.5,\"i\":7,\"a\":[1],\"z\":null,"
                                           "\"big\":9007199254740992,\"o\":{}}"),
                                   &err);
    struct view text = { 0 };
    double number = 0;
    int64_t whole = 0;
    const struct json *list = NULL;

    (void)state;
    assert_non_null(root);
    assert_true(json_want_string(root, "s", &text, &err));
    assert_true(view_equal(text, view_of("x")));
    assert_true(json_want_number(root, "n", &number, &err));
    assert_true(number == 1.5);
    assert_true(json_want_int(root, "i", 0, 7, &whole, &err));
    assert_int_equal(whole, 7);
    assert_true(json_want_array(root, "a", &list, &err));
    assert_int_equal(json_count(list), 1);

    assert_false(json_want_string(root, "q", &text, &err));
    assert_string_equal(err.text, "`q` is missing");
    assert_false(json_want_string(root, "z", &text, &err));
    assert_string_equal(err.text, "`z` must be text, not null");
    assert_false(json_want_number(root, "a", &number, &err));
    assert_string_equal(err.text, "`a` must be a number, not a list");
    assert_false(json_want_array(root, "o", &list, &err));
    assert_string_equal(err.text, "`o` must be a list, not an object");
    assert_false(json_want_int(root, "q", 0, 7, &whole, &err));
    assert_string_equal(err.text, "`q` is missing");
    assert_false(json_want_int(root, "n", 0, 7, &whole, &err));
    assert_string_equal(err.text, "`n` must be a whole number from 0 to 7, not 1.5");
    assert_false(json_want_int(root, "i", 8, 9, &whole, &err));
    assert_string_equal(err.text, "`i` must be a whole number from 8 to 9, not 7");
    assert_false(json_want_int(root, "big", 0, INT64_MAX, &whole, &err));
    assert_non_null(strstr(err.text, "too large to be read exactly"));
    assert_false(json_want_int(root, "big", 0, 10, &whole, &err));
    assert_non_null(strstr(err.text, "from 0 to 10, not 9007199254740992"));
    json_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_read_in_order),
        cmocka_unit_test(what_is_not_strict_json_is_refused_with_its_place),
        cmocka_unit_test(a_zero_byte_and_an_empty_view_are_refused),
        cmocka_unit_test(nesting_is_limited),
        cmocka_unit_test(numbers_are_written_short),
        cmocka_unit_test(every_number_survives_print_and_parse),
        cmocka_unit_test(strings_are_escaped_and_repaired),
        cmocka_unit_test(a_byte_is_written_the_same_wherever_it_stands),
        cmocka_unit_test(canonical_text_sorts_keys_and_is_stable),
        cmocka_unit_test(large_objects_are_found_by_key),
        cmocka_unit_test(wanted_members_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
