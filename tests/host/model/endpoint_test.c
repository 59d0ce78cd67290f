// Names and tables of endpoints: what they mean, and what is said of those that are wrong.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/endpoint.h"

static struct endpoint *from_text(const char *text, struct err *err)
{
    struct json *j = json_parse(view_of(text), err);
    struct endpoint *e = NULL;

    if (j == NULL)
        fail_msg("%s: %s", text, err->text);
    e = endpoint_from_json(j, err);
    json_free(j);
    return e;
}

static int set_keys(void **state)
{
    (void)state;
    setenv("OPENAI_API_KEY", "sk-openai-0001", 1);
    setenv("GEMINI_API_KEY", "gm-gemini-0002", 1);
    setenv("PROPERSIM_TEST_KEY", "test-0003", 1);
    unsetenv("PROPERSIM_NO_KEY");
    return 0;
}

static void test_names_say_api_url_model_and_key(void **state)
{
    static const struct {
        const char *name, *url, *model, *key, *shown;
        enum endpoint_kind kind;
    } cases[] = {
        { "offline", NULL, "offline", NULL, "offline", ENDPOINT_OFFLINE },
        { "openai:gpt-4o-mini", "https://api.openai.com/v1", "gpt-4o-mini", "sk-openai-0001",
          "openai:gpt-4o-mini", ENDPOINT_OPENAI },
        { "gemini:gemini-2.0-flash", "https://generativelanguage.googleapis.com/v1beta",
          "gemini-2.0-flash", "gm-gemini-0002", "gemini:gemini-2.0-flash", ENDPOINT_GEMINI },
        { "http://127.0.0.1:8000/v1#llama-3.3-70b", "http://127.0.0.1:8000/v1", "llama-3.3-70b",
          NULL, "http://127.0.0.1:8000/v1#llama-3.3-70b", ENDPOINT_OPENAI },
        { "https://example.org/v1/#a/b:c", "https://example.org/v1", "a/b:c", NULL,
          "https://example.org/v1#a/b:c", ENDPOINT_OPENAI },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = { { 0 } };
        struct endpoint *e = endpoint_from_name(cases[i].name, &err);
        if (e == NULL)
            fail_msg("%s: %s", cases[i].name, err.text);
        assert_int_equal(e->kind, cases[i].kind);
        assert_string_equal(e->model, cases[i].model);
        assert_string_equal(e->name, cases[i].shown);
        assert_int_equal(e->url_count, cases[i].url != NULL);
        if (cases[i].url != NULL)
            assert_string_equal(e->urls[0], cases[i].url);
        assert_true((e->key == NULL) == (cases[i].key == NULL));
        if (cases[i].key != NULL)
            assert_string_equal(e->key, cases[i].key);
        endpoint_free(e);
    }
}

static void test_a_table_sets_everything(void **state)
{
    struct err err = { { 0 } };
    struct endpoint *e = from_text(
        "{\"model\":\"m\",\"urls\":[\"http://a:1/v1\",\"http://b:2/v1/\"],\"api_key_env\":"
        "\"PROPERSIM_TEST_KEY\",\"headers\":{\"X-Plain\":\"p\",\"X-Token\":"
        "\"env:PROPERSIM_TEST_KEY\"},\"extra\":{\"top_p\":0.5},\"temperature\":0.7,"
        "\"max_tokens\":100,\"seed\":5,\"reasoning\":true,\"reasoning_effort\":\"low\","
        "\"structured\":\"json_object\",\"concurrency\":7,\"requests_per_minute\":60,"
        "\"tokens_per_minute\":1000,\"retries\":2,\"timeout\":{\"connect\":1.5,\"first_byte\":2,"
        "\"total\":3},\"price\":{\"input\":1,\"output\":2},\"dimensions\":256,\"batch\":8,"
        "\"encoding\":\"base64\",\"mock\":true,\"proxy\":true}",
        &err);

    (void)state;
    if (e == NULL)
        fail_msg("%s", err.text);
    assert_int_equal(e->url_count, 2);
    assert_string_equal(e->urls[1], "http://b:2/v1");
    assert_string_equal(e->key, "test-0003");
    assert_int_equal(e->header_count, 2);
    assert_false(e->headers[0].secret);
    assert_true(e->headers[1].secret);
    assert_string_equal(e->headers[1].value, "test-0003");
    assert_true(json_number(json_get(e->extra, "top_p")) == 0.5);
    assert_true(e->has_temperature && e->temperature == 0.7 && e->has_seed && e->seed == 5);
    assert_int_equal(e->max_tokens, 100);
    assert_true(endpoint_is_reasoning(e));
    assert_string_equal(e->reasoning_effort, "low");
    assert_int_equal(e->structured, STRUCTURED_OBJECT);
    assert_int_equal(e->concurrency, 7);
    assert_true(e->requests_per_minute == 60 && e->tokens_per_minute == 1000 && e->retries == 2);
    assert_true(e->connect_ms == 1500 && e->first_byte_ms == 2000 && e->total_ms == 3000);
    assert_true(e->has_price && e->price_in == 1 && e->price_out == 2 && e->price_cached == 1);
    assert_true(e->dimensions == 256 && e->batch == 8 && e->base64 && e->mock && e->env_proxy);
    endpoint_free(e);
}

static void test_reasoning_models_are_known_by_their_names(void **state)
{
    static const struct {
        const char *name;
        bool reasoning;
    } cases[] = {
        { "openai:o3-mini", true },      { "openai:o4-mini", true },
        { "openai:gpt-5-nano", true },   { "http://a/v1#openai/o1", true },
        { "openai:gpt-4o-mini", false }, { "http://a/v1#olmo", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = { { 0 } };
        struct endpoint *e = endpoint_from_name(cases[i].name, &err);
        assert_non_null(e);
        assert_int_equal(endpoint_is_reasoning(e), cases[i].reasoning);
        endpoint_free(e);
    }
}

static void test_wrong_endpoints_get_errors_that_name_the_key_and_what_to_do(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "\"gpt-4o\"", "openai:MODEL" },
        { "\"openai:\"", "gpt-4o-mini" },
        { "\"http://127.0.0.1:8000/v1\"", "after a #" },
        { "\"http://me:secret@host/v1#m\"", "api_key_env" },
        { "\"http:///v1#m\"", "names no host" },
        { "\"http://host/v1?key=1#m\"", "query" },
        { "\"ftp://host#m\"", "is no endpoint" },
        { "3", "a name or a table" },
        { "{}", "`model` is missing" },
        { "{\"model\":\"offlin\"}", "is no endpoint" },
        { "{\"model\":\"m\",\"url\":\"host\"}", "http:// or https://" },
        { "{\"model\":\"m\",\"url\":\"http://a\",\"urls\":[\"http://b\"]}", "not both" },
        { "{\"model\":\"openai:m\",\"temprature\":1}", "did you mean `temperature`?" },
        { "{\"model\":\"openai:m\",\"temperature\":3}", "`temperature` must be between 0 and 2" },
        { "{\"model\":\"openai:m\",\"temperature\":\"hot\"}", "`temperature` must be a number" },
        { "{\"model\":\"openai:m\",\"concurrency\":0}", "`concurrency`" },
        { "{\"model\":\"openai:m\",\"structured\":\"xml\"}", "`structured` must be" },
        { "{\"model\":\"openai:m\",\"timeout\":{\"read\":1}}", "`timeout.read` is unknown" },
        { "{\"model\":\"openai:m\",\"price\":{\"in\":1}}", "there are input, output and cached" },
        { "{\"model\":\"openai:m\",\"price\":{\"output\":1}}", "price: `input` is missing" },
        { "{\"model\":\"openai:m\",\"api_key_env\":\"sk-abc-def\"}", "not a key itself" },
        { "{\"model\":\"openai:m\",\"api_key_env\":\"PROPERSIM_NO_KEY\"}",
          "PROPERSIM_NO_KEY, which is not set" },
        { "{\"model\":\"openai:m\",\"headers\":{\"Authorization\":\"Bearer abc\"}}", "env:NAME" },
        { "{\"model\":\"openai:m\",\"headers\":{\"X:\":\"a\"}}", "no name of a header" },
        { "{\"model\":\"openai:m\",\"extra\":{\"messages\":[]}}", "`extra.messages`" },
        { "{\"model\":\"openai:m\",\"api\":\"gemini\"}", "`api` is for endpoints with a `url`" },
        { "{\"model\":\"openai:m\",\"mock\":1}", "`mock` must be true or false" },
        { "{\"model\":\"openai:m\",\"encoding\":\"hex\"}", "`encoding` must be" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err err = { { 0 } };
        struct endpoint *e = from_text(cases[i].text, &err);
        if (e != NULL || strstr(err.text, cases[i].message) == NULL)
            fail_msg("%s: %s", cases[i].text, err.text);
        assert_null(strstr(err.text, "secret"));
        assert_null(strstr(err.text, "abc"));
    }
}

static void test_a_key_that_is_missing_is_named(void **state)
{
    struct err err = { { 0 } };

    (void)state;
    unsetenv("OPENAI_API_KEY");
    assert_null(endpoint_from_name("openai:gpt-4o-mini", &err));
    assert_non_null(strstr(err.text, "export OPENAI_API_KEY="));
    setenv("OPENAI_API_KEY", "sk-with\nbreak", 1);
    assert_null(endpoint_from_name("openai:gpt-4o-mini", &err));
    assert_non_null(strstr(err.text, "line break"));
    assert_null(strstr(err.text, "sk-with"));
}

static void test_keys_are_taken_out_of_texts(void **state)
{
    struct err err = { { 0 } };
    struct endpoint *e = endpoint_from_name("gemini:m", &err);
    struct buf text = { 0 };

    (void)state;
    buf_add_str(&text, "gm-gemini-0002gm-gemini-0002 and gm-gemini-000, gm-gemini-0002");
    endpoint_scrub(e, &text);
    assert_string_equal(buf_str(&text), "[key][key] and gm-gemini-000, [key]");
    buf_fini(&text);
    endpoint_scrub(e, &text);
    assert_int_equal(text.len, 0);
    endpoint_free(e);
}

#define TEST(name) cmocka_unit_test_setup(name, set_keys)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names_say_api_url_model_and_key),
        TEST(test_a_table_sets_everything),
        TEST(test_reasoning_models_are_known_by_their_names),
        TEST(test_wrong_endpoints_get_errors_that_name_the_key_and_what_to_do),
        TEST(test_a_key_that_is_missing_is_named),
        TEST(test_keys_are_taken_out_of_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
