#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "text/answer.h"

#define OPEN "\xE2\x80\x9C" // typographic quotes
#define CLOSE "\xE2\x80\x9D"

static void sloppy_answers_are_read(void **state)
{
    static const struct {
        const char *reply, *json; // canonical
    } rows[] = {
        { "{\"a\":1}", "{\"a\":1}" },
        { "  [1, 2]\n", "[1,2]" },
        { "\xEF\xBB\xBF{\"a\":1}", "{\"a\":1}" },
        { "```json\n{\"a\":1}\n```", "{\"a\":1}" },
        { "```\n[]\n```\n", "[]" },
        { "Sure! Here it is:\n\n```json\n{\"a\": [1]}\n```\nTell me if you need more.",
          "{\"a\":[1]}" },
        { "Here: {\"a\":1}. I hope that helps {or not}.", "{\"a\":1}" },
        { "I'd say \"yes\" [as you asked] {really}: {\"a\":\"}\"}", "{\"a\":\"}\"}" },
        { "{\"a\":\"\\\"}]\"}", "{\"a\":\"\\\"}]\"}" },
        { "{\"a\":1}{\"a\":2}", "{\"a\":1}" },
        { "[{\"a\":1,},{\"b\":[1,2 , ],},]", "[{\"a\":1},{\"b\":[1,2]}]" },
        { "{\"a\":\"1,]\",}", "{\"a\":\"1,]\"}" }, // a comma in a text stays
        { "{" OPEN "a" CLOSE ": 1, " OPEN "b" CLOSE ": " OPEN "say \"x\"" CLOSE "}",
          "{\"a\":1,\"b\":\"say \\\"x\\\"\"}" },
        { "{" OPEN "a" OPEN ": " OPEN "}" CLOSE ",}", "{\"a\":\"}\"}" },
        { "{\"a\": \"he said " OPEN "hi" CLOSE "\"}", "{\"a\":\"he said " OPEN "hi" CLOSE "\"}" },
        { "<think>Maybe {\"a\":1}?</think>\n{\"a\":2}", "{\"a\":2}" },
        // the fence wins over what stands in the prose
        { "As {\"a\": \"...\"} [1]:\n```json\n{\"a\":3}\n```", "{\"a\":3}" },
        { "  ```JSON {\"a\":4}```", "{\"a\":4}" },
        { "```python\nprint(1)\n```\nso {\"a\":5}", "{\"a\":5}" },
        { "{\"a\":\"```\"}", "{\"a\":\"```\"}" },
        { "As [0]:\n\n\n  \n```json\n{\"a\":6}\n```", "{\"a\":6}" },
        { "{\"a\\\"\":\"\\\\\",}", "{\"a\\\"\":\"\\\\\"}" },
        { "[ ]", "[]" },
        { "{ }", "{}" },
        { "the list [true] it is", "[true]" },
        { "of [2 people] and [-x] and [truely] [nullify]: [-1.5e3 , 2]", "[-1500,2]" },
        { "[[[]]]", "[[[]]]" },
        { "Item 1: [{\"x\":null}]", "[{\"x\":null}]" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct buf out = { 0 };
        struct json *root = answer_parse(view_of(rows[i].reply), &err);
        if (root == NULL)
            fail_msg("%s: %s", rows[i].reply, err.text);
        json_add_canonical(&out, root);
        assert_string_equal(buf_str(&out), rows[i].json);
        json_free(root);
        buf_fini(&out);
    }
}

static void what_is_no_answer_is_refused(void **state)
{
    static const struct {
        const char *reply, *says;
    } rows[] = {
        { "", "holds no JSON object or list" },
        { "I am sorry, I cannot do that.", "holds no JSON object or list" },
        { "5", "holds no JSON object or list" },
        { "\"text\"", "holds no JSON object or list" },
        { "{name} and [as said]", "holds no JSON object or list" },
        { "```json\n```", "holds no JSON object or list" },
        { "{\"items\":[{\"a\":1},{\"b\":2}", "cut off: the last `}` is missing" },
        { "[{\"a\":1},", "cut off: the last `]` is missing" },
        { "{\"a\":\"x", "cut off inside a text" },
        { "{\"a\":\"x\\", "cut off inside a text" },
        { "{" OPEN "a", "cut off inside a text" },
        { "Here: {", "cut off" },
        { "```json\n{\"a\": [1, 2\n```", "cut off" },
        { "[12", "cut off" },
        { "{\"a\":[1}]", "closes a `[` with a `}`" },
        { "<think>{\"a\":1}", "ends inside its <think> part" },
        { "<think>{\"a\":1}</think> no", "holds no JSON object or list" },
        { "{\"a\":1 \"b\":2}", "the JSON in the answer: line 1, column 8: `,` or `}`" },
        { "Well:\n{\"a\":\n yes}", "line 2, column 2: a value should be here, not `y`" },
        { "{\"a\":1,\"a\":2}", "the key `a` is there twice" },
        { "[1,,2]", "a value should be here, not `,`" },
        { "{\"a\":1,\n \"b\":yes,}", "line 2, column 6: a value should be here, not `y`" },
        { "{" OPEN "a" CLOSE ": " OPEN "b" OPEN "c" CLOSE "}", "the JSON in the answer" },
        { "{\"a\":\"\xC3(\"}", "not valid UTF-8" },
        { "{\"a\":1e999}", "too large" },
        { "{\"a\":\"x\ny\"}", "control character" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        assert_null(answer_parse(view_of(rows[i].reply), &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s: \"%s\" should say \"%s\"", rows[i].reply, err.text, rows[i].says);
    }
}

// Every prefix of an answer is an error or, once the value is complete, the whole value.
static void no_prefix_is_taken_for_the_whole(void **state)
{
    static const char reply[] = "Sure: {\"items\": [{\"a\": 1, \"t\": \"x]}\"}, {\"b\": [2, 3]},], "
                                "\"n\": null} end";
    size_t complete = sizeof(reply) - 1 - strlen(" end");
    size_t taken = 0;

    (void)state;
    for (size_t len = 0; len < sizeof(reply); len++) {
        struct err err = { { 0 } };
        struct json *root = answer_parse((struct view){ .data = reply, .len = len }, &err);
        assert_int_equal(root != NULL, len >= complete);
        taken += root != NULL;
        json_free(root);
    }
    assert_int_equal(taken, 5);
}

static void hostile_replies_take_linear_time(void **state)
{
    static const char *const pieces[] = { "{",       "[",        "{\"a\":",     "[1",    "{ ",
                                          "\"",      "```\n",    "```json\n{ ", "```",   "[1,",
                                          "[\"",     "{}",       "[1111111111", "\\",    "{\"",
                                          OPEN,      ("{" OPEN), "<think>",     "[true", "[\n\n\n",
                                          "{ } { x", "]}",       " ",           "[ [ x" };
    struct buf b = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct err err = { { 0 } };
        struct json *root = NULL;
        clock_t start = 0;
        double seconds = 0;
        buf_clear(&b);
        while (b.len + strlen(pieces[i]) <= ANSWER_MAX_BYTES)
            buf_add_str(&b, pieces[i]);
        start = clock();
        root = answer_parse(buf_view(&b), &err);
        seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        json_free(root);
        // 50 ms is the promise; a build with sanitizers is allowed ten times that, and quadratic
        // time would be minutes
        if (seconds > 0.5)
            fail_msg("1 MiB of %s took %.3f s", pieces[i], seconds);
    }
    buf_add_str(&b, "        ");
    struct err err = { { 0 } };
    assert_null(answer_parse(buf_view(&b), &err));
    assert_non_null(strstr(err.text, "at most 1048576 are read"));
    buf_fini(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sloppy_answers_are_read),
        cmocka_unit_test(what_is_no_answer_is_refused),
        cmocka_unit_test(no_prefix_is_taken_for_the_whole),
        cmocka_unit_test(hostile_replies_take_linear_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
