#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/schema.h"

static struct json *must_parse(const char *text)
{
    struct err err = { { 0 } };
    struct json *root = json_parse(view_of(text), &err);

    if (root == NULL)
        fail_msg("%s: %s", text, err.text);
    return root;
}

static const char plan_schema[] =
    "{\"type\":\"object\",\"required\":[\"items\",\"mood\"],\"additionalProperties\":false,"
    "\"description\":\"a plan\",\"properties\":{"
    " \"mood\":{\"enum\":[\"good\",\"bad\",3,null]},"
    " \"note\":{\"type\":[\"string\",\"null\"],\"minLength\":1,\"maxLength\":5},"
    " \"sure\":{\"type\":\"boolean\"},"
    " \"free\":{\"maximum\":3,\"maxItems\":1},"
    " \"odd key\":{\"type\":\"null\"},"
    " \"items\":{\"type\":\"array\",\"minItems\":1,\"maxItems\":3,\"items\":{"
    "   \"type\":\"object\",\"required\":[\"what\"],\"properties\":{"
    "     \"what\":{\"type\":\"string\",\"minLength\":1},"
    "     \"minutes\":{\"type\":\"number\",\"minimum\":5,\"maximum\":60},"
    "     \"count\":{\"type\":\"integer\",\"minimum\":0}}}}}}";

static void values_are_checked_and_faults_explained(void **state)
{
    static const struct {
        const char *value, *says; // NULL: fine
    } rows[] = {
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":\"good\"}", NULL },
        { "{\"items\":[{\"what\":\"x\",\"minutes\":5,\"count\":2.0,\"extra\":1}],\"mood\":3.0,"
          "\"note\":\"caf\xC3\xA9s\",\"sure\":false,\"odd key\":null,\"free\":\"any\"}",
          NULL },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":null,\"note\":null,\"free\":{}}", NULL },
        { "[]", "answer: must be an object, not a list" },
        { "\"x\"", "answer: must be an object, not \"x\"" },
        { "{\"mood\":\"good\"}", "answer: `items` is missing" },
        { "{\"items\":[{\"what\":\"x\"}],\"moot\":\"good\"}",
          "answer: `moot` must not be there; did you mean `mood`?" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":1,\"zzzzzz\":1}",
          "answer: `zzzzzz` must not be there" },
        { "{\"items\":[],\"mood\":3}", "answer.items: must be a list of 1 to 3 entries, not 0" },
        { "{\"items\":[1],\"mood\":3}", "answer.items[0]: must be an object, not 1" },
        { "{\"items\":[{\"what\":\"x\"},{\"what\":\"y\"},{\"what\":\"z\",\"minutes\":500}],"
          "\"mood\":3}",
          "answer.items[2].minutes: must be a number between 5 and 60, not 500" },
        { "{\"items\":[{\"what\":\"x\",\"minutes\":\"ten\"}],\"mood\":3}",
          "answer.items[0].minutes: must be a number between 5 and 60, not \"ten\"" },
        { "{\"items\":[{\"what\":\"x\",\"count\":2.5}],\"mood\":3}",
          "answer.items[0].count: must be a whole number of at least 0, not 2.5" },
        { "{\"items\":[{\"what\":\"x\",\"count\":-1}],\"mood\":3}",
          "answer.items[0].count: must be a whole number of at least 0, not -1" },
        { "{\"items\":[{\"what\":\"\"}],\"mood\":3}",
          "answer.items[0].what: must be text of at least 1 character, not 0" },
        { "{\"items\":[{\"what\":\"x\"},{}],\"mood\":3}", "answer.items[1]: `what` is missing" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":\"Good\"}",
          "answer.mood: must be one of \"good\", \"bad\", 3, null, not \"Good\"" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"note\":\"caf\xC3\xA9s!\"}",
          "answer.note: must be null or text of 1 to 5 characters, not 6" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"note\":7}",
          "answer.note: must be null or text of 1 to 5 characters, not 7" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"sure\":null}",
          "answer.sure: must be true or false, not null" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"odd key\":{}}",
          "answer[\"odd key\"]: must be null, not an object" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"free\":4}",
          "answer.free: must be a number of at most 3, not 4" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"free\":[1,2]}",
          "answer.free: must be a list of at most 1 entry, not 2" },
        { "{\"items\":[{\"what\":\"x\"}],\"mood\":3,\"sure\":"
          "\"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
          "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
          "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\"}",
          "\xC3\xA9..." }, // cut between characters
    };
    struct err err = { { 0 } };
    struct json *text = must_parse(plan_schema);
    struct schema *s = schema_compile(text, &err);

    (void)state;
    json_free(text); // the schema keeps nothing of it
    if (s == NULL)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct json *value = must_parse(rows[i].value);
        bool fine = schema_check(s, value, &err);
        if (fine != (rows[i].says == NULL) || (!fine && strstr(err.text, rows[i].says) == NULL))
            fail_msg("%s: \"%s\" should say \"%s\"", rows[i].value, fine ? "fine" : err.text,
                     rows[i].says == NULL ? "fine" : rows[i].says);
        json_free(value);
    }
    schema_free(s);
    schema_free(NULL);
}

static void bounds_are_inclusive_and_types_exact(void **state)
{
    static const struct {
        const char *schema, *value;
        bool fine;
    } rows[] = {
        { "{}", "[1,{}]", true },
        { "{\"type\":\"number\",\"minimum\":1,\"maximum\":2}", "1", true },
        { "{\"type\":\"number\",\"minimum\":1,\"maximum\":2}", "2", true },
        { "{\"type\":\"number\",\"minimum\":1,\"maximum\":2}", "2.0000001", false },
        { "{\"type\":\"integer\"}", "3.0", true },
        { "{\"type\":\"integer\"}", "1e300", true },
        { "{\"type\":\"integer\"}", "0.5", false },
        { "{\"type\":\"integer\"}", "true", false },
        { "{\"type\":\"number\"}", "3", true },
        { "{\"type\":\"boolean\"}", "0", false },
        { "{\"type\":\"null\"}", "null", true },
        { "{\"type\":[\"integer\",\"array\"]}", "[]", true },
        { "{\"type\":[\"integer\",\"array\"]}", "{}", false },
        { "{\"type\":\"string\",\"minLength\":2,\"maxLength\":2}", "\"\xC3\xA9z\"", true },
        { "{\"type\":\"string\",\"minLength\":2,\"maxLength\":2}", "\"\xC3\xA9\"", false },
        { "{\"minLength\":2}", "1", true }, // bounds only concern their own type
        { "{\"required\":[\"a\"]}", "{\"a\":null}", true },
        { "{\"required\":[\"a\"]}", "{\"A\":null}", false },
        { "{\"required\":[\"a\"]}", "[]", true },
        { "{\"properties\":{},\"additionalProperties\":false}", "{}", true },
        { "{\"properties\":{},\"additionalProperties\":false}", "{\"a\":1}", false },
        { "{\"additionalProperties\":true}", "{\"a\":1}", true },
        { "{\"enum\":[{\"a\":[1,2],\"b\":1}]}", "{\"b\":1.0,\"a\":[1,2]}", true },
        { "{\"enum\":[[1,2]]}", "[2,1]", false },
        { "{\"enum\":[\"1\"]}", "1", false },
        { "{\"items\":{\"items\":{\"type\":\"null\"}}}", "[[null],[],5]", true },
        { "{\"items\":{\"items\":{\"type\":\"null\"}}}", "[[null],[0]]", false },
        { "{\"maxItems\":0}", "[]", true },
        { "{\"maxItems\":0}", "[1]", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct json *text = must_parse(rows[i].schema), *value = must_parse(rows[i].value);
        struct schema *s = schema_compile(text, &err);
        assert_non_null(s);
        if (schema_check(s, value, &err) != rows[i].fine)
            fail_msg("%s against %s: %s", rows[i].value, rows[i].schema, err.text);
        schema_free(s);
        json_free(text);
        json_free(value);
    }
}

static void bad_schemas_are_refused(void **state)
{
    static const struct {
        const char *schema, *says;
    } rows[] = {
        { "[]", "a schema must be an object, not a list" },
        { "true", "a schema must be an object, not a boolean" },
        { "{\"pattern\":\"x\"}", "the keyword `pattern` is not supported" },
        { "{\"minLenght\":1}", "`minLenght` is not supported; did you mean `minLength`?" },
        { "{\"type\":\"text\"}", "`type` must be object, array, string, number" },
        { "{\"type\":[]}", "`type` must be the name of a type or a list of names" },
        { "{\"type\":3}", "`type` must be the name of a type" },
        { "{\"type\":[3]}", "`type` must list names of types, not a number" },
        { "{\"type\":[\"string\",\"strin\"]}", "not `strin`" },
        { "{\"properties\":[]}", "`properties` must be an object, not a list" },
        { "{\"properties\":{\"a\":{\"items\":{\"foo\":1}}}}",
          "property `a`: items: the keyword `foo` is not supported" },
        { "{\"items\":[{}]}", "items: a schema must be an object, not a list" },
        { "{\"required\":\"a\"}", "`required` must be a list, not text" },
        { "{\"required\":[1]}", "`required` must list names of properties, not a number" },
        { "{\"required\":[\"a\"],\"additionalProperties\":false}", "`a` is required, but" },
        { "{\"additionalProperties\":{}}", "`additionalProperties` must be true or false" },
        { "{\"enum\":[]}", "`enum` must not be empty" },
        { "{\"enum\":{}}", "`enum` must be a list, not an object" },
        { "{\"minimum\":\"1\"}", "`minimum` must be a number, not text" },
        { "{\"minimum\":2,\"maximum\":1}", "`minimum` is larger than `maximum`" },
        { "{\"minLength\":2,\"maxLength\":1}", "`minLength` is larger than `maxLength`" },
        { "{\"minItems\":2,\"maxItems\":1}", "`minItems` is larger than `maxItems`" },
        { "{\"minLength\":-1}", "`minLength` must be a whole number from 0" },
        { "{\"maxItems\":1.5}", "`maxItems` must be a whole number from 0" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct json *text = must_parse(rows[i].schema);
        assert_null(schema_compile(text, &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s: \"%s\" should say \"%s\"", rows[i].schema, err.text, rows[i].says);
        json_free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_checked_and_faults_explained),
        cmocka_unit_test(bounds_are_inclusive_and_types_exact),
        cmocka_unit_test(bad_schemas_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
