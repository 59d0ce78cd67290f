#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "text/regex.h"

static struct regex *must_compile(const char *pattern, unsigned flags)
{
    struct err err = { { 0 } };
    struct regex *re = regex_compile(view_of(pattern), flags, &err);

    if (re == NULL)
        fail_msg("%s", err.text);
    return re;
}

static void assert_view(struct view v, const char *text)
{
    assert_int_equal(v.len, strlen(text));
    assert_memory_equal(v.data, text, v.len);
}

static void patterns_find_what_they_say(void **state)
{
    static const struct {
        const char *pattern;
        unsigned flags;
        const char *subject;
        const char *match; // NULL: none
    } rows[] = {
        { "b+", 0, "abbbc", "bbb" },
        { "b+", 0, "xyz", NULL },
        { "^$", 0, "", "" },
        { "KITCHEN", REGEX_CASELESS, "the kitchen", "kitchen" },
        { "\xC3\x89T\xC3\x89", REGEX_CASELESS, "en \xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9" },
        { "\\w+", 0,
          "\xC2\xA1"
          "caf\xC3\xA9!",
          "caf\xC3\xA9" },                            // letters of all of Unicode
        { "caf.$", 0, "caf\xC3\xA9", "caf\xC3\xA9" }, // . is a character, not a byte
        { "^b", 0, "a\nb", NULL },
        { "^b", REGEX_MULTILINE, "a\nb", "b" },
        { "a.b", 0, "a\nb", NULL },
        { "a.b", REGEX_DOTALL, "a\nb", "a\nb" },
        { "a b # the end", REGEX_EXTENDED, "ab", "ab" },
        { "(?<=at )\\d+", 0, "at 17", "17" },
        { "(\\w)\\1", 0, "letter", "tt" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct regex *re = must_compile(rows[i].pattern, rows[i].flags);
        struct view whole = { 0 };
        enum regex_result got = regex_match(re, view_of(rows[i].subject), &whole, 1, &err);
        assert_int_equal(got, rows[i].match == NULL ? REGEX_NO_MATCH : REGEX_MATCH);
        if (got == REGEX_MATCH)
            assert_view(whole, rows[i].match);
        regex_free(re);
    }
}

static void captures_are_numbered_and_named(void **state)
{
    struct err err = { { 0 } };
    struct regex *re = must_compile("(?<hour>[0-9]+):([0-9]+)(?<half> pm)?(!)?", 0);
    struct view g[7] = { { 0 } };

    (void)state;
    assert_int_equal(regex_group_count(re), 4);
    assert_string_equal(regex_group_name(re, 1), "hour");
    assert_null(regex_group_name(re, 2));
    assert_string_equal(regex_group_name(re, 3), "half");
    assert_int_equal(regex_match(re, view_of("at 7:30!"), g, 7, &err), REGEX_MATCH);
    assert_view(g[0], "7:30!");
    assert_view(g[1], "7");
    assert_view(g[2], "30");
    assert_null(g[3].data); // took no part, in the middle
    assert_view(g[4], "!");
    assert_null(g[5].data); // no such group
    assert_int_equal(regex_match(re, view_of("at 7:30"), g, 5, &err), REGEX_MATCH);
    assert_null(g[4].data); // took no part, at the end
    assert_int_equal(regex_match(re, (struct view){ 0 }, g, 5, &err), REGEX_NO_MATCH);
    assert_int_equal(regex_match(re, view_of("1:2"), NULL, 0, &err), REGEX_MATCH);
    regex_free(re);
    regex_free(NULL);
}

static void bad_patterns_say_where(void **state)
{
    static const struct {
        const char *pattern, *says;
    } rows[] = {
        { "a(b", "pattern `a(b`, character 4: missing closing parenthesis" },
        { "\xC3\xA9[", "pattern `\xC3\xA9[`, character 3: missing terminating ]" },
        { "*a", "pattern `*a`, character 1: quantifier does not follow" },
        { "a\xFF", "UTF-8 error" },
        { "a\\Cb", "character 4: using \\C is disabled" },
        { "(a)\\2", "reference to non-existent subpattern" },
        { "(?:(?:(?:a{1,200}){1,200}){1,200}){1,200}", "too large" },
    };
    struct err err = { { 0 } };
    char *big = mem_calloc(REGEX_PATTERN_MAX_BYTES + 2, 1);

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_null(regex_compile(view_of(rows[i].pattern), 0, &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("\"%s\" should say \"%s\"", err.text, rows[i].says);
    }
    memset(big, 'a', REGEX_PATTERN_MAX_BYTES + 1);
    assert_null(regex_compile(view_of(big), 0, &err));
    assert_non_null(strstr(err.text, "longer than 64 KiB"));
    free(big);
}

// Each of these took seconds to hours, or said "no match", before the work was counted.
static void too_much_work_is_an_error_and_not_a_hang(void **state)
{
    static const struct {
        const char *pattern;
        char fill, last;
    } rows[] = {
        { "(a+)+[xy]", 'a', 'a' }, // exponential
        { "(?:a?){25}a{25}[xy]", 'a', 'a' },
        { "[a-z]+[0-9]", 'a', 'a' }, // quadratic from every
                                     // start
        { "(a*)\\1[bc]", 'a', 'a' }, // in the comparisons
        { "(?=(a*))b?\\1\\1c", 'a', 'a' },
        { "a.*?[bc]", 'a', 'a' },
        { "\\s+$", ' ', 'x' },
        { "(a|b)+[0-9]", 'a', 'a' }, // deep
    };
    char *text = mem_calloc(REGEX_SUBJECT_MAX_BYTES, 1);
    struct view subject = { .data = text, .len = REGEX_SUBJECT_MAX_BYTES };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct regex *re = must_compile(rows[i].pattern, 0);
        struct view whole = { 0 };
        memset(text, rows[i].fill, subject.len);
        text[subject.len - 1] = rows[i].last;
        if (regex_match(re, subject, &whole, 1, &err) != REGEX_ERROR)
            fail_msg("%s ended", rows[i].pattern);
        assert_non_null(strstr(err.text, "needs too much work on a text of 1048576 bytes"));
        // and it is as good as new
        assert_int_equal(regex_match(re, view_of("?"), &whole, 1, &err), REGEX_NO_MATCH);
        regex_free(re);
    }
    free(text);
}

static void honest_work_on_a_long_text_is_done(void **state)
{
    static const char *const patterns[] = { "\\b\\w+ing\\b", "[^.]*\\bneedle\\b[^.]*\\.",
                                            "(?m)^.*needle.*$", "\\s+$", "(\\w+) \\1 \\1" };
    static const char line[] = "the quick brown fox, singing, jumps over 12 lazy dogs again.\n";
    struct buf b = { 0 };

    (void)state;
    while (b.len + 100 < REGEX_SUBJECT_MAX_BYTES)
        buf_add_str(&b, line);
    buf_add_str(&b, "a needle needle needle.\n");
    for (size_t i = 0; i < sizeof(patterns) / sizeof(*patterns); i++) {
        struct err err = { { 0 } };
        struct regex *re = must_compile(patterns[i], 0);
        struct view whole = { 0 };
        if (regex_match(re, buf_view(&b), &whole, 1, &err) != REGEX_MATCH)
            fail_msg("%s: %s", patterns[i], err.text);
        regex_free(re);
    }
    buf_fini(&b);
}

static void a_search_goes_on_behind_each_match(void **state)
{
    static const struct {
        const char *pattern, *subject, *all;
    } rows[] = {
        { "[0-9]+", "7:30, 8:15", "7|30|8|15|" },
        { "a*", "baac", "|aa|||" },
        { "", "\xC3\xA9z", "|||" }, // steps over whole characters
        { "x", "", "" },
        { "^a", "aaa", "a|" },
        { "(?<=a)b", "abab", "b|b|" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct regex *re = must_compile(rows[i].pattern, 0);
        struct regex_search search;
        struct view whole = { 0 };
        struct buf all = { 0 };
        assert_true(regex_search_start(&search, view_of(rows[i].subject), &err));
        while (regex_search_next(&search, re, &whole, 1, &err) == REGEX_MATCH) {
            buf_add_view(&all, whole);
            buf_add_char(&all, '|');
        }
        assert_string_equal(buf_str(&all), rows[i].all);
        assert_int_equal(regex_search_next(&search, re, &whole, 1, &err), REGEX_NO_MATCH);
        buf_fini(&all);
        regex_free(re);
    }
}

static void all_matches_together_are_bounded(void **state)
{
    struct err err = { { 0 } };
    struct regex *re = must_compile("a.*?[bc]|a", 0); // each match reads to the end first
    char *text = mem_calloc(REGEX_SUBJECT_MAX_BYTES, 1);
    struct regex_search search;
    struct view whole = { 0 };
    enum regex_result got = REGEX_MATCH;
    size_t count = 0;

    (void)state;
    memset(text, 'a', REGEX_SUBJECT_MAX_BYTES);
    assert_true(regex_search_start(
        &search, (struct view){ .data = text, .len = REGEX_SUBJECT_MAX_BYTES }, &err));
    for (; got == REGEX_MATCH; count++)
        got = regex_search_next(&search, re, &whole, 1, &err);
    assert_int_equal(got, REGEX_ERROR);
    assert_true(count > 1 && count < 1000);
    regex_free(re);
    free(text);
}

static void subjects_are_checked(void **state)
{
    struct err err = { { 0 } };
    struct regex *re = must_compile("a", 0);
    char *text = mem_calloc(REGEX_SUBJECT_MAX_BYTES + 1, 1);
    struct view g = { 0 };

    (void)state;
    assert_int_equal(regex_match(re, view_of("ab\xC3"), &g, 1, &err), REGEX_ERROR);
    assert_string_equal(err.text, "the text is not valid UTF-8 at byte 2");
    memset(text, 'a', REGEX_SUBJECT_MAX_BYTES + 1);
    assert_int_equal(
        regex_match(re, (struct view){ text, REGEX_SUBJECT_MAX_BYTES + 1 }, &g, 1, &err),
        REGEX_ERROR);
    assert_non_null(strstr(err.text, "1048577 bytes long; patterns search at most 1048576"));
    free(text);
    regex_free(re);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_find_what_they_say),
        cmocka_unit_test(captures_are_numbered_and_named),
        cmocka_unit_test(bad_patterns_say_where),
        cmocka_unit_test(too_much_work_is_an_error_and_not_a_hang),
        cmocka_unit_test(honest_work_on_a_long_text_is_done),
        cmocka_unit_test(a_search_goes_on_behind_each_match),
        cmocka_unit_test(all_matches_together_are_bounded),
        cmocka_unit_test(subjects_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
