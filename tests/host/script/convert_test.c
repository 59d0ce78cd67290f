#include "lab.h"

#include "base/rng.h"
#include "script/convert.h"
#include "text/json.h"

#include <lauxlib.h>
#include <lua.h>

// Conversion is tested from inside of a protected push, where host functions use it.
struct job {
    struct view text;
    bool decoded, encoded;
    struct buf out;
    struct err err;
};

static int push_round_trip(struct lua_State *L, void *user)
{
    struct job *j = user;
    int top = lua_gettop(L);

    j->decoded = convert_from_json(L, j->text, &j->err);
    if (j->decoded) {
        j->encoded = convert_to_json(L, -1, "value", CONVERT_CANONICAL, &j->out, &j->err);
        assert_int_equal(lua_gettop(L), top + 1);
    } else {
        assert_int_equal(lua_gettop(L), top);
    }
    lua_settop(L, top);
    return 0;
}

static int push_tree(struct lua_State *L, void *user)
{
    struct job *j = user;
    struct json *tree = json_parse(j->text, &j->err);
    int top = lua_gettop(L);

    assert_non_null(tree);
    convert_push_json(L, tree);
    json_free(tree);
    j->encoded = convert_to_json(L, -1, "value", CONVERT_CANONICAL, &j->out, &j->err);
    lua_settop(L, top);
    return 0;
}

static void run(struct lab *lab, struct job *j, script_push_fn fn)
{
    struct lab_file file = { "scripts/household.lua", "return { run = function() end }" };

    if (script_texts(lab->s) == NULL)
        assert_true(lab_load(lab, &file, 1, NULL));
    buf_clear(&j->out);
    j->decoded = j->encoded = false;
    if (!script_call(lab->s, "household", "run", fn, NULL, j, &lab->err))
        fail_msg("%s", lab->err.text);
}

static const char *const documents[] = {
    "{}",
    "[]",
    "null",
    "true",
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "1.0",
    "1e5",
    "1E-5",
    "0.1",
    "123456789012345678",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "1e308",
    "1e309",
    "5e-324",
    "1e-400",
    "\"\"",
    "\"a\"",
    "\"\\u00e4\\ud83d\\ude00\\n\\\"\\\\\\/\"",
    "\"\\ud83d\"",
    "\"\\ude00\\ud83d\"",
    "\"\\u0000\"",
    "\"\x7f\"",
    "\"\x01\"",
    "\"\xc3\xa4\"",
    "\"\xc3\"",
    "\"\xed\xa0\x80\"",
    "\"\xf4\x90\x80\x80\"",
    "\"\xc0\x80\"",
    "[1,2,3]",
    "[1,[2,[3,{\"a\":[]}]]]",
    "{\"b\":1,\"a\":{\"c\":null}}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"a\":1,}",
    "{a:1}",
    "{\"a\" 1}",
    "{\"a\":}",
    "{1:2}",
    "[1,]",
    "[,1]",
    "[1",
    "[",
    "]",
    "{",
    "01",
    "1.",
    ".5",
    "+1",
    "1e",
    "--1",
    "0x10",
    "NaN",
    "Infinity",
    "nul",
    "nulll",
    "True",
    "'a'",
    "\"a",
    "\"\\x\"",
    "\"\\u12\"",
    " 1 ",
    "\t[ 1 ,\r\n 2 ] ",
    "1 2",
    "",
    " ",
    "\xef\xbb\xbf{}",
    "// x",
    "/**/1",
    "{\"\":1}",
    "\"\t\"",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]",
    "123456789012345678901234567890",
    "0.1000000000000000055511151231257827021181583404541015625",
};

static void what_is_json_for_the_host_is_json_for_scripts(void **state)
{
    struct lab lab;
    struct job j = { .decoded = false };

    (void)state;
    lab_open(&lab, NULL);
    for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++) {
        struct err err = { { 0 } };
        struct json *tree = json_parse(view_of(documents[i]), &err);

        j.text = view_of(documents[i]);
        run(&lab, &j, push_round_trip);
        if (j.decoded != (tree != NULL))
            fail_msg("%s: host %s, scripts %s", documents[i], tree == NULL ? err.text : "ok",
                     j.decoded ? "ok" : j.err.text);
        if (j.decoded)
            assert_true(j.encoded);
        json_free(tree);
    }
    buf_fini(&j.out);
    lab_close(&lab);
}

static void what_is_written_and_read_back_is_the_same(void **state)
{
    struct lab lab;
    struct job j = { .decoded = false };
    struct buf first = { 0 };

    (void)state;
    lab_open(&lab, NULL);
    for (size_t i = 0; i < sizeof(documents) / sizeof(*documents); i++) {
        j.text = view_of(documents[i]);
        run(&lab, &j, push_round_trip);
        if (!j.encoded)
            continue;
        buf_clear(&first);
        buf_add_view(&first, buf_view(&j.out));
        j.text = buf_view(&first);
        run(&lab, &j, push_round_trip);
        assert_true(j.encoded);
        assert_string_equal(buf_str(&j.out), buf_str(&first));
    }
    buf_fini(&first);
    buf_fini(&j.out);
    lab_close(&lab);
}

// Adds a random value; `depth` levels may still be opened.
static void add_random(struct rng *r, struct buf *out, int depth)
{
    static const char *const atoms[] = { "null",  "true",         "false",  "0",     "-7",
                                         "12345", "0.5",          "-0.0",   "1e+20", "\"x\"",
                                         "\"\"",  "\"\xc3\xa4\"", "\"\\n\"" };
    uint64_t kind = rng_below(r, depth > 0 ? 4 : 2), count = rng_below(r, 4);

    if (kind < 2) {
        buf_add_str(out, atoms[rng_below(r, sizeof(atoms) / sizeof(*atoms))]);
        return;
    }
    buf_add_char(out, kind == 2 ? '[' : '{');
    for (uint64_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        if (kind == 3)
            buf_addf(out, "\"k%d\":", (int)i); // already sorted
        add_random(r, out, depth - 1);
    }
    buf_add_char(out, kind == 2 ? ']' : '}');
}

static void random_documents_survive_exactly(void **state)
{
    struct rng r = rng_start(7, "", "documents", 0);
    struct lab lab;
    struct job j = { .decoded = false };
    struct buf text = { 0 };

    (void)state;
    lab_open(&lab, NULL);
    for (int i = 0; i < 2000; i++) {
        buf_clear(&text);
        add_random(&r, &text, 5);
        j.text = buf_view(&text);
        run(&lab, &j, push_round_trip);
        assert_true(j.encoded);
        assert_string_equal(buf_str(&j.out), buf_str(&text));
    }
    buf_fini(&text);
    buf_fini(&j.out);
    lab_close(&lab);
}

static void trees_of_the_host_become_the_same_data(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "{\"b\":[1,2.5,\"x\",null,true],\"a\":{}}", "{\"a\":{},\"b\":[1,2.5,\"x\",null,true]}" },
        { "[]", "[]" },
        { "3.0", "3" }, // the tree does not tell them apart
        { "9007199254740992", "9007199254740992" },
        { "1e300", "1e+300" },
    };
    struct lab lab;
    struct job j = { .decoded = false };

    (void)state;
    lab_open(&lab, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        j.text = view_of(rows[i].text);
        run(&lab, &j, push_tree);
        assert_true(j.encoded);
        assert_string_equal(buf_str(&j.out), rows[i].wanted);
    }
    buf_fini(&j.out);
    lab_close(&lab);
}

static void depth_is_limited_on_both_ways(void **state)
{
    struct lab lab;
    struct job j = { .decoded = false };
    struct buf text = { 0 };

    (void)state;
    lab_open(&lab, NULL);
    for (int depth = JSON_MAX_DEPTH - 1; depth <= JSON_MAX_DEPTH + 1; depth++) {
        buf_clear(&text);
        for (int i = 0; i < depth; i++)
            buf_add_char(&text, '[');
        for (int i = 0; i < depth; i++)
            buf_add_char(&text, ']');
        j.text = buf_view(&text);
        run(&lab, &j, push_round_trip);
        assert_int_equal(j.decoded, depth <= JSON_MAX_DEPTH);
        assert_int_equal(j.encoded, depth <= JSON_MAX_DEPTH);
    }
    buf_fini(&text);
    buf_fini(&j.out);
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_json_for_the_host_is_json_for_scripts),
        cmocka_unit_test(what_is_written_and_read_back_is_the_same),
        cmocka_unit_test(random_documents_survive_exactly),
        cmocka_unit_test(trees_of_the_host_become_the_same_data),
        cmocka_unit_test(depth_is_limited_on_both_ways),
    };

    return LAB_RUN_TWICE(tests);
}
