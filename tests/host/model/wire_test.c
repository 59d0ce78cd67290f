// Formats: requests byte for byte, and what each kind of answer means.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/wire.h"

static const struct wire_message messages[] = { { WIRE_SYSTEM, { "Be brief.", 9 } },
                                                { WIRE_USER, { "Say \"hi\"\n", 9 } } };

static struct json *parse(const char *text)
{
    struct err err = { { 0 } };
    struct json *j = json_parse(view_of(text), &err);

    if (j == NULL)
        fail_msg("%s: %s", text, err.text);
    return j;
}

static struct endpoint *endpoint(const char *text)
{
    struct err err = { { 0 } };
    struct json *j = parse(text);
    struct endpoint *e = endpoint_from_json(j, &err);

    if (e == NULL)
        fail_msg("%s", err.text);
    json_free(j);
    return e;
}

static void expect_chat(const char *table, const struct json *schema, const char *expected)
{
    struct endpoint *e = endpoint(table);
    struct wire_question q = { .messages = messages, .message_count = 2, .schema = schema };
    struct wire_mode mode = wire_mode_start(e);
    struct buf out = { 0 };
    struct json *j = NULL;

    wire_chat(e, &q, &mode, &out);
    assert_string_equal(buf_str(&out), expected);
    j = parse(buf_str(&out));
    json_free(j);
    buf_fini(&out);
    endpoint_free(e);
}

static const char answer_schema[] =
    "{\"type\":\"object\",\"title\":\"T\",\"properties\":{\"a\":{\"type\":\"string\",\"minLength\":"
    "1,\"enum\":[\"x\",\"y\"]},\"n\":{\"type\":\"integer\",\"enum\":[1,2]},\"l\":{\"type\":"
    "\"array\",\"items\":{\"type\":\"number\"},\"maxItems\":3}},\"required\":[\"a\",\"n\",\"l\"],"
    "\"additionalProperties\":false}";

static void test_requests_are_written_as_each_api_wants_them(void **state)
{
    struct json *schema = parse(answer_schema);

    (void)state;
    expect_chat("{\"model\":\"m\",\"url\":\"http://a/v1\"}", NULL,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                "{\"role\":\"user\",\"content\":\"Say \\\"hi\\\"\\n\"}]}");
    expect_chat("{\"model\":\"o3-mini\",\"url\":\"http://a/v1\",\"temperature\":1,\"max_tokens\":9,"
                "\"reasoning_effort\":\"low\"}",
                NULL,
                "{\"model\":\"o3-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"Be "
                "brief.\"},{\"role\":\"user\",\"content\":\"Say \\\"hi\\\"\\n\"}],"
                "\"max_completion_tokens\":9,\"reasoning_effort\":\"low\"}");
    expect_chat("{\"model\":\"m\",\"url\":\"http://a/v1\"}", schema,
                "{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},"
                "{\"role\":\"user\",\"content\":\"Say \\\"hi\\\"\\n\"}],\"response_format\":{"
                "\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,"
                "\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\","
                "\"enum\":[\"x\",\"y\"]},\"n\":{\"type\":\"integer\",\"enum\":[1,2]},\"l\":{"
                "\"type\":\"array\",\"items\":{\"type\":\"number\"},\"maxItems\":3}},\"required\":"
                "[\"a\",\"n\",\"l\"],\"additionalProperties\":false}}}}");
    expect_chat("{\"model\":\"g\",\"url\":\"http://a/v1beta\",\"api\":\"gemini\",\"temperature\":1,"
                "\"max_tokens\":9}",
                schema,
                "{\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief.\"}]},\"contents\":[{"
                "\"role\":\"user\",\"parts\":[{\"text\":\"Say \\\"hi\\\"\\n\"}]}],"
                "\"generationConfig\":{\"temperature\":1,\"maxOutputTokens\":9,"
                "\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"object\","
                "\"properties\":{\"a\":{\"type\":\"string\",\"enum\":[\"x\",\"y\"]},\"n\":{"
                "\"type\":\"integer\"},\"l\":{\"type\":\"array\",\"items\":{\"type\":\"number\"},"
                "\"maxItems\":3}},\"required\":[\"a\",\"n\",\"l\"]}}}");
    json_free(schema);
}

static void test_a_schema_with_optional_parts_is_not_called_strict(void **state)
{
    struct json *schema =
        parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}");
    struct endpoint *e = endpoint("{\"model\":\"m\",\"url\":\"http://a\"}");
    struct wire_question q = { .messages = messages, .message_count = 2, .schema = schema };
    struct wire_mode mode = wire_mode_start(e);
    struct buf out = { 0 };

    (void)state;
    wire_chat(e, &q, &mode, &out);
    assert_non_null(strstr(buf_str(&out), "\"strict\":false"));
    buf_fini(&out);
    endpoint_free(e);
    json_free(schema);
}

static void canonical(const char *table, struct wire_question q, struct buf *out)
{
    struct endpoint *e = endpoint(table);

    buf_clear(out);
    wire_canonical(e, &q, out);
    json_free(parse(buf_str(out)));
    endpoint_free(e);
}

static void test_the_canonical_request_holds_what_decides_and_nothing_else(void **state)
{
    static const char *const same[] = {
        "{\"model\":\"m\",\"url\":\"http://b:9/v2\"}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"api_key_env\":\"PROPERSIM_TEST_KEY\"}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"concurrency\":3,\"headers\":{\"X\":\"y\"}}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"structured\":\"plain\",\"retries\":1}",
    };
    static const char *const different[] = {
        "{\"model\":\"n\",\"url\":\"http://a\"}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"temperature\":0}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"max_tokens\":5}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"seed\":5}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"extra\":{\"top_p\":1}}",
        "{\"model\":\"m\",\"url\":\"http://a\",\"reasoning_effort\":\"low\"}",
    };
    struct json *schema = parse("{\"type\":\"object\"}");
    struct wire_question q = { .messages = messages,
                               .message_count = 2,
                               .schema = schema,
                               .seed = UINT64_MAX,
                               .draw = 3,
                               .prompt = "p",
                               .version = "1" };
    struct buf first = { 0 }, other = { 0 };

    (void)state;
    setenv("PROPERSIM_TEST_KEY", "test-0003", 1);
    canonical("{\"model\":\"m\",\"url\":\"http://a\"}", q, &first);
    assert_string_equal(buf_str(&first),
                        "{\"kind\":\"chat\",\"messages\":[[\"system\",\"Be brief.\"],[\"user\","
                        "\"Say \\\"hi\\\"\\n\"]],\"model\":\"m\",\"schema\":{\"type\":\"object\"},"
                        "\"seed\":\"18446744073709551615\"}");
    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        canonical(same[i], q, &other);
        assert_string_equal(buf_str(&other), buf_str(&first));
    }
    for (size_t i = 0; i < sizeof(different) / sizeof(different[0]); i++) {
        canonical(different[i], q, &other);
        assert_string_not_equal(buf_str(&other), buf_str(&first));
    }
    q.seed--;
    canonical("{\"model\":\"m\",\"url\":\"http://a\"}", q, &other);
    assert_string_not_equal(buf_str(&other), buf_str(&first));
    buf_fini(&first);
    buf_fini(&other);
    json_free(schema);
}

static void test_each_answer_of_openai_kind_has_its_meaning(void **state)
{
    static const struct {
        int status;
        const char *body, *text, *message, *field;
        enum wire_outcome outcome;
    } cases[] = {
        { 200, "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}",
          "hi", "", "", WIRE_ANSWER },
        { 200,
          "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"h\"},{"
          "\"text\":\"i\"}]}}]}",
          "hi", "", "", WIRE_ANSWER },
        { 200,
          "data: {\"choices\":[{\"delta\":{\"content\":\"h\"}}]}\n\ndata: {\"choices\":[{"
          "\"delta\":{\"content\":\"i\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
          "hi", "", "", WIRE_ANSWER },
        { 200, "{\"choices\":[{\"message\":{\"refusal\":\"no way\"}}]}", "", "no way", "",
          WIRE_REFUSED },
        { 200, "{\"choices\":[{\"finish_reason\":\"error\"}]}", "", "broke", "", WIRE_BROKEN },
        { 200, "[]", "", "no choice", "", WIRE_EMPTY },
        { 200, "null", "", "no choice", "", WIRE_EMPTY },
        { 200, "{\"error\":\"quota: insufficient_quota\"}", "", "HTTP 500", "", WIRE_QUOTA },
        { 400, "{\"error\":{\"message\":\"Invalid schema for response_format 'answer'\"}}", "",
          "HTTP 400: Invalid schema", "response_format", WIRE_UNSUPPORTED },
        { 400,
          "{\"object\":\"error\",\"message\":\"This model's maximum context length is 4096 "
          "tokens; reduce max_tokens\",\"code\":400}",
          "", "context length", "", WIRE_REQUEST },
        { 400, "{\"error\":{\"message\":\"bad\",\"code\":\"invalid_api_key\"}}", "", "bad", "",
          WIRE_KEY },
        { 400, "{\"error\":{\"message\":\"'temperature' must be below 2\"}}", "", "below", "",
          WIRE_REQUEST },
        { 403, "{\"error\":{\"message\":\"Your input was flagged\"}}", "", "flagged", "",
          WIRE_REFUSED },
        { 405, "", "", "HTTP 405", "", WIRE_MODEL },
        { 425, "", "", "HTTP 425", "", WIRE_BUSY },
        { 501, "", "", "HTTP 501", "", WIRE_REQUEST },
        { 504, "<html>secret of the proxy</html>", "", "HTTP 504", "", WIRE_BUSY },
    };
    struct endpoint *e = endpoint("{\"model\":\"m\",\"url\":\"http://a\"}");

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct wire_reply r;
        wire_read_chat(e, cases[i].status, "", view_of(cases[i].body), &r);
        if (r.outcome != cases[i].outcome || strcmp(buf_str(&r.text), cases[i].text) != 0 ||
            strstr(buf_str(&r.message), cases[i].message) == NULL ||
            strcmp(buf_str(&r.field), cases[i].field) != 0)
            fail_msg("case %zu: outcome %d, text %s, message %s, field %s", i, (int)r.outcome,
                     buf_str(&r.text), buf_str(&r.message), buf_str(&r.field));
        wire_reply_fini(&r);
    }
    endpoint_free(e);
}

static void test_each_answer_of_gemini_has_its_meaning(void **state)
{
    static const struct {
        int status;
        const char *body, *text;
        enum wire_outcome outcome;
        int64_t in, out, cached, retry_ms;
    } cases[] = {
        { 200,
          "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"thinking\",\"thought\":true},"
          "{\"text\":\"h\"},{\"text\":\"i\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{"
          "\"promptTokenCount\":10,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":5,"
          "\"cachedContentTokenCount\":4}}",
          "hi", WIRE_ANSWER, 10, 7, 4, -1 },
        { 200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}", "", WIRE_REFUSED, -1, -1, -1,
          -1 },
        { 200, "{\"candidates\":[{\"finishReason\":\"RECITATION\"}]}", "", WIRE_REFUSED, -1, -1, -1,
          -1 },
        { 200,
          "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"h\"}]},\"finishReason\":"
          "\"MAX_TOKENS\"}]}",
          "h", WIRE_LENGTH, -1, -1, -1, -1 },
        { 200, "{\"candidates\":[]}", "", WIRE_EMPTY, -1, -1, -1, -1 },
        { 400,
          "{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":"
          "\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}",
          "", WIRE_KEY, -1, -1, -1, -1 },
        { 400, "[{\"error\":{\"code\":400,\"message\":\"Unknown name \\\"responseSchema\\\"\"}}]",
          "", WIRE_UNSUPPORTED, -1, -1, -1, -1 },
        { 429,
          "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":"
          "\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"13.5s\"}]}}",
          "", WIRE_BUSY, -1, -1, -1, 13500 },
        { 429,
          "{\"error\":{\"code\":429,\"details\":[{\"violations\":[{\"quotaId\":"
          "\"GenerateRequestsPerDayPerProjectPerModel-FreeTier\"}]}]}}",
          "", WIRE_QUOTA, -1, -1, -1, -1 },
    };
    struct endpoint *e = endpoint("{\"model\":\"g\",\"url\":\"http://a\",\"api\":\"gemini\"}");

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct wire_reply r;
        wire_read_chat(e, cases[i].status, "application/json", view_of(cases[i].body), &r);
        if (r.outcome != cases[i].outcome || strcmp(buf_str(&r.text), cases[i].text) != 0 ||
            r.tokens_in != cases[i].in || r.tokens_out != cases[i].out ||
            r.tokens_cached != cases[i].cached || r.retry_ms != cases[i].retry_ms)
            fail_msg("case %zu: outcome %d, text %s, message %s", i, (int)r.outcome,
                     buf_str(&r.text), buf_str(&r.message));
        wire_reply_fini(&r);
    }
    endpoint_free(e);
}

static void test_messages_are_one_line_of_valid_text_without_the_key(void **state)
{
    struct endpoint *e = NULL;
    struct wire_reply r;
    struct buf body = { 0 };

    (void)state;
    setenv("PROPERSIM_TEST_KEY", "test-0003", 1);
    e = endpoint("{\"model\":\"m\",\"url\":\"http://a\",\"api_key_env\":\"PROPERSIM_TEST_KEY\"}");
    buf_add_str(&body, "line one\nline two \x1b[31m \xff test-0003 ");
    for (int i = 0; i < 100; i++)
        buf_add_str(&body, "test-0003");
    wire_read_chat(e, 500, "text/plain", buf_view(&body), &r);
    assert_non_null(strstr(buf_str(&r.message), "HTTP 500: line one line two  [31m \xEF\xBF\xBD "
                                                "[key] [key][key]"));
    assert_null(strstr(buf_str(&r.message), "test-"));
    assert_true(r.message.len <= 500);
    wire_reply_fini(&r);
    buf_fini(&body);
    endpoint_free(e);
}

static void test_embeddings_are_read_as_numbers_or_base64_in_any_order(void **state)
{
    static const char *const bodies[] = {
        "{\"data\":[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":[1,-2.5]}],"
        "\"usage\":{\"prompt_tokens\":6}}",
        "{\"data\":[{\"index\":0,\"embedding\":\"AACAPwAAIMA=\"},{\"index\":1,\"embedding\":"
        "\"AABAQAAAgEA=\"}],\"usage\":{\"prompt_tokens\":6}}",
    };
    struct endpoint *e = endpoint("{\"model\":\"m\",\"url\":\"http://a\"}");

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct wire_reply r;
        float *v = NULL;
        size_t dim = 0;
        wire_read_embed(e, 200, "", view_of(bodies[i]), 2, &r, &v, &dim);
        if (r.outcome != WIRE_ANSWER)
            fail_msg("%s", buf_str(&r.message));
        assert_int_equal(dim, 2);
        assert_int_equal(r.tokens_in, 6);
        assert_true(v[0] == 1 && v[1] == -2.5f && v[2] == 3 && v[3] == 4);
        free(v);
        wire_reply_fini(&r);
    }
    endpoint_free(e);
}

static void test_embeddings_that_make_no_sense_are_broken(void **state)
{
    static const char *const bodies[] = {
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",           // one for two
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[1,2]}]}", // lengths
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}", // twice
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":7,\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":[0]},{\"embedding\":[1]}]}", // no direction
        "{\"data\":[{\"embedding\":[\"a\"]},{\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":\"*\"},{\"embedding\":[1]}]}",
        "{\"data\":[{\"embedding\":\"AAA=\"},{\"embedding\":[1]}]}", // two bytes are no float
        "{\"data\":[{},{}]}",
        "{\"data\":7}",
        "{",
        "<html>",
    };
    struct endpoint *e = endpoint("{\"model\":\"m\",\"url\":\"http://a\"}");

    (void)state;
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct wire_reply r;
        float *v = NULL;
        size_t dim = 0;
        wire_read_embed(e, 200, "", view_of(bodies[i]), 2, &r, &v, &dim);
        if (r.outcome != WIRE_BROKEN || v != NULL)
            fail_msg("%s: outcome %d", bodies[i], (int)r.outcome);
        wire_reply_fini(&r);
    }
    endpoint_free(e);
}

// Under the sanitizers: whatever a server sends, reading it ends, in one of the outcomes.
static void read_all(struct endpoint *const *e, int status, struct view body)
{
    for (int i = 0; i < 2; i++) {
        struct wire_reply r;
        float *v = NULL;
        size_t dim = 0;
        wire_read_chat(e[i], status, "", body, &r);
        assert_in_range(r.outcome, WIRE_ANSWER, WIRE_QUOTA);
        assert_true((r.outcome == WIRE_ANSWER) == (r.message.len == 0));
        wire_reply_fini(&r);
        wire_read_embed(e[i], status, "", body, 2, &r, &v, &dim);
        assert_true((r.outcome == WIRE_ANSWER) == (v != NULL));
        free(v);
        wire_reply_fini(&r);
    }
}

static void test_cut_and_changed_answers_are_read_without_harm(void **state)
{
    static const char *const bodies[] = {
        "{\"choices\":[{\"message\":{\"content\":[{\"text\":\"h\"}]},\"finish_reason\":\"stop\"}],"
        "\"usage\":{\"prompt_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":1}}}",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"h\"}]},\"finishReason\":\"STOP\"}]}",
        "data: {\"choices\":[{\"delta\":{\"content\":\"h\"}}]}\n\ndata: [DONE]\n\n",
        "[{\"error\":{\"code\":429,\"details\":[{\"retryDelay\":\"1s\",\"violations\":[{"
        "\"quotaId\":\"PerDay\"}]}]}}]",
        "{\"data\":[{\"index\":1,\"embedding\":[3,4]},{\"index\":0,\"embedding\":\"AACAPwAAIMA=\"}]"
        "}",
        "{\"embeddings\":[{\"values\":[1,2]},{\"values\":[3,4]}]}",
    };
    static const char others[] = "\0{}[]\",:0x\xff\n";
    struct endpoint *e[2] = { endpoint("{\"model\":\"m\",\"url\":\"http://a\"}"),
                              endpoint(
                                  "{\"model\":\"m\",\"url\":\"http://a\",\"api\":\"gemini\"}") };

    (void)state;
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        size_t len = strlen(bodies[i]);
        for (size_t at = 0; at <= len; at++) {
            char *copy = malloc(len + 1); // of its own, so that reading past it is seen
            assert_non_null(copy);
            memcpy(copy, bodies[i], len + 1);
            read_all(e, 200, (struct view){ copy, at });
            read_all(e, 429, (struct view){ copy, at });
            for (size_t j = 0; at < len && j < sizeof(others) - 1; j++) {
                copy[at] = others[j];
                read_all(e, 200, (struct view){ copy, len });
            }
            free(copy);
        }
    }
    endpoint_free(e[0]);
    endpoint_free(e[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests_are_written_as_each_api_wants_them),
        cmocka_unit_test(test_a_schema_with_optional_parts_is_not_called_strict),
        cmocka_unit_test(test_the_canonical_request_holds_what_decides_and_nothing_else),
        cmocka_unit_test(test_each_answer_of_openai_kind_has_its_meaning),
        cmocka_unit_test(test_each_answer_of_gemini_has_its_meaning),
        cmocka_unit_test(test_messages_are_one_line_of_valid_text_without_the_key),
        cmocka_unit_test(test_embeddings_are_read_as_numbers_or_base64_in_any_order),
        cmocka_unit_test(test_embeddings_that_make_no_sense_are_broken),
        cmocka_unit_test(test_cut_and_changed_answers_are_read_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
