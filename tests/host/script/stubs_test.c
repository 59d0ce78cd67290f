#include "lab.h"

#include "base/file.h"
#include "script/lib_llm.h"
#include "script/lib_log.h"
#include "script/lib_map.h"
#include "script/lib_memory.h"
#include "script/lib_policy.h"
#include "script/lib_intervention.h"
#include "script/lib_mmlu.h"
#include "script/lib_record.h"
#include "script/lib_rng.h"
#include "script/lib_text.h"
#include "script/object.h"
#include "script/standard.h"

#include <lauxlib.h>
#include <lua.h>

static const struct script_module *const modules[] = {
    &lib_clock,  &lib_json, &lib_llm, &lib_log,   &lib_map,  &lib_memory,       &lib_policy,
    &lib_record, &lib_re,   &lib_rng, &lib_stats, &lib_text, &lib_intervention, &lib_mmlu,
};
enum { MODULES = sizeof(modules) / sizeof(*modules) };

static const char folder[] = PROPERSIM_SOURCE_DIR "/scripts/stubs";

// Adds "name\n" of each function of a module: "json.encode", "RandomStream:unit"; sorted later.
static void add_registered(struct buf *out, const struct script_module *m)
{
    for (const struct script_function *f = m->functions; f->name != NULL; f++)
        buf_addf(out, "%s.%s\n", m->name, f->name);
    for (const struct object_type *const *t = m->types; t != NULL && *t != NULL; t++)
        for (const struct script_function *f = (*t)->methods; f->name != NULL; f++)
            buf_addf(out, "%s:%s\n", (*t)->class_name, f->name);
}

// Adds the same for what a stub declares: lines "function NAME(...) end".
static void add_declared(struct buf *out, const char *text)
{
    static const char start[] = "function ";

    for (const char *line = text; line != NULL && *line != '\0';) {
        const char *end = strchr(line, '\n'), *open = strchr(line, '(');

        if (strncmp(line, start, sizeof(start) - 1) == 0) {
            line += sizeof(start) - 1;
            assert_true(open != NULL && (end == NULL || open < end));
            buf_addf(out, "%.*s\n", (int)(open - line), line);
        }
        line = end == NULL ? NULL : end + 1;
    }
}

// The first line of `a` that is no line of `b`, or NULL.
static const char *missing_line(const char *a, const char *b, char line[200])
{
    while (*a != '\0') {
        size_t len = (size_t)(strchr(a, '\n') - a);
        bool found = false;

        for (const char *at = b; *at != '\0';) {
            const char *end = strchr(at, '\n');

            found = found || ((size_t)(end - at) == len && strncmp(at, a, len) == 0);
            at = end + 1;
        }
        if (!found) {
            snprintf(line, 200, "%.*s", (int)len, a);
            return line;
        }
        a += len + 1;
    }
    return NULL;
}

static void read_stub(struct buf *text, const char *module)
{
    struct err err = { { 0 } };
    char path[400];

    snprintf(path, sizeof(path), "%s/%s.lua", folder, module);
    buf_clear(text);
    if (!file_read(text, path, 1 << 20, &err))
        fail_msg("the module '%s' has no stub: %s", module, err.text);
}

static void every_function_has_a_stub_and_every_stub_a_function(void **state)
{
    struct buf text = { 0 }, registered = { 0 }, declared = { 0 };
    char line[200];

    (void)state;
    for (size_t i = 0; i < MODULES; i++) {
        buf_clear(&registered);
        buf_clear(&declared);
        read_stub(&text, modules[i]->name);
        add_registered(&registered, modules[i]);
        add_declared(&declared, buf_str(&text));
        if (missing_line(buf_str(&registered), buf_str(&declared), line) != NULL)
            fail_msg("scripts/stubs/%s.lua lacks %s", modules[i]->name, line);
        if (missing_line(buf_str(&declared), buf_str(&registered), line) != NULL)
            fail_msg("scripts/stubs/%s.lua declares %s, which does not exist", modules[i]->name,
                     line);
    }
    buf_fini(&text);
    buf_fini(&registered);
    buf_fini(&declared);
}

static void the_comparison_itself_can_fail(void **state)
{
    struct buf declared = { 0 };
    char line[200];

    (void)state;
    add_declared(&declared, "local x = {}\nfunction x.a(b) end\n  function no.y() end\n"
                            "function X:c() end\n");
    assert_string_equal(buf_str(&declared), "x.a\nX:c\n");
    assert_null(missing_line("X:c\n", buf_str(&declared), line));
    assert_string_equal(missing_line("x.a\nx.b\n", buf_str(&declared), line), "x.b");
    assert_string_equal(missing_line("x.\n", buf_str(&declared), line), "x.");
    assert_null(missing_line("", buf_str(&declared), line));
    assert_string_equal(missing_line("x.a\n", "", line), "x.a");
    buf_fini(&declared);
}

static void every_stub_is_of_a_module_and_is_lua(void **state)
{
    struct file_list list = { 0 };
    struct err err = { { 0 } };
    struct buf text = { 0 };
    lua_State *L = luaL_newstate();

    (void)state;
    assert_true(file_list_folder(&list, folder, &err));
    for (size_t i = 0; i < list.count; i++) {
        bool known = false;
        char name[100];

        snprintf(name, sizeof(name), "%s", list.names[i]);
        assert_non_null(strstr(name, ".lua"));
        *strstr(name, ".lua") = '\0';
        for (size_t m = 0; m < MODULES; m++)
            known = known || strcmp(modules[m]->name, name) == 0;
        if (!known)
            fail_msg("scripts/stubs/%s: there is no such module", list.names[i]);
        read_stub(&text, name);
        if (strncmp(buf_str(&text), "---@meta ", 9) != 0)
            fail_msg("scripts/stubs/%s must begin with ---@meta %s", list.names[i], name);
        if (luaL_loadstring(L, buf_str(&text)) != LUA_OK)
            fail_msg("%s", lua_tostring(L, -1));
    }
    lua_close(L);
    file_list_free(&list);
    buf_fini(&text);
}

static void classes_have_one_name_each(void **state)
{
    const char *names[64];
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < MODULES; i++) {
        for (const struct object_type *const *t = modules[i]->types; t != NULL && *t != NULL; t++) {
            for (size_t n = 0; n < count; n++)
                assert_string_not_equal(names[n], (*t)->class_name);
            names[count++] = (*t)->class_name;
        }
    }
    assert_true(count >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_has_a_stub_and_every_stub_a_function),
        cmocka_unit_test(the_comparison_itself_can_fail),
        cmocka_unit_test(every_stub_is_of_a_module_and_is_lua),
        cmocka_unit_test(classes_have_one_name_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
