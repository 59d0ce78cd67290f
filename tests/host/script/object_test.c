#include "lab.h"

#include "script/object.h"

#include <lauxlib.h>
#include <lua.h>

struct dog {
    int barks;
};

static const struct object_type dog_type, cat_type;

static int l_bark(lua_State *L)
{
    struct dog *d = object_check(L, 1, &dog_type);

    lua_pushinteger(L, ++d->barks);
    return 1;
}

static int l_walk(lua_State *L)
{
    object_check(L, 1, &dog_type);
    return 0;
}

static const struct script_function dog_methods[] = {
    { "bark", l_bark, SCRIPT_PURE },
    { "walk", l_walk, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct script_function cat_methods[] = { { NULL, NULL, SCRIPT_PURE } };

static const struct object_type dog_type = { "dog", "Dog", dog_methods };
static const struct object_type cat_type = { "cat", "Cat", cat_methods };

struct kennel {
    struct dog dogs[2];
    struct object handles[2];
};

static int l_get(lua_State *L)
{
    struct kennel *k = script_context(script_of(L))->user;

    object_push(L, k->handles[luaL_checkinteger(L, 1) - 1]);
    return 1;
}

static int l_cat(lua_State *L)
{
    object_new_value(L, &cat_type, 8);
    return 1;
}

static const struct script_function functions[] = {
    { "get", l_get, SCRIPT_PURE },
    { "cat", l_cat, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};
static const struct object_type *const types[] = { &dog_type, &cat_type, NULL };
static const struct script_module kennel_module = {
    .name = "kennel",
    .functions = functions,
    .types = types,
};

static int push_open(lua_State *L, void *user)
{
    struct kennel *k = user;

    for (int i = 0; i < 2; i++)
        k->handles[i] = object_open(L, &dog_type, &k->dogs[i]);
    return 0;
}

static const char source[] =
    "local kennel = require 'kennel'\nlocal M = {}\nlocal kept\n"
    "function M.keep() kept = kennel.get(1) return tostring(kept) end\n"
    "function M.bark() return tostring(kept:bark()) end\n"
    "function M.text() return tostring(kept) end\n"
    "function M.same() return tostring(kennel.get(1) == kennel.get(1)) .. "
    "tostring(kennel.get(1) == kennel.get(2)) end\n"
    "function M.nothing() return tostring(kennel.get(1)) end\n"
    "function M.cat() kept.bark(kennel.cat()) end\n"
    "function M.text_as_dog() kept.bark('x') end\n"
    "function M.null_as_dog() kept.bark(require('json').null) end\n"
    "function M.stream_as_dog() kept.bark(require('rng').stream('x')) end\n"
    "function M.write() kept.x = 1 end\n"
    "function M.methods() getmetatable(kept).__index.bark = nil end\n"
    "function M.fly() kept:fly() end\n"
    "function M.save() return require('json').encode{ pet = kept } end\n"
    "function M.compare() return kept < kept end\n"
    "function M.call() return kept() end\n"
    "return M\n";

struct setting {
    struct lab lab;
    struct kennel kennel;
};

static void open_setting(struct setting *s)
{
    struct lab_file file = { "scripts/household.lua", source };

    memset(&s->kennel, 0, sizeof(s->kennel));
    lab_open(&s->lab, NULL);
    script_context(s->lab.s)->user = &s->kennel;
    assert_true(script_add_module(s->lab.s, &kennel_module, &s->lab.err));
    if (!lab_load(&s->lab, &file, 1, NULL))
        fail_msg("%s", s->lab.err.text);
    if (!script_call(s->lab.s, "household", "text", push_open, NULL, &s->kennel, &s->lab.err))
        fail_msg("%s", s->lab.err.text);
}

static void says(struct setting *s, const char *function, const char *text)
{
    struct lab_result r = { "" };

    if (!script_call(s->lab.s, "household", function, NULL, lab_read, &r, &s->lab.err))
        fail_msg("%s: %s", function, s->lab.err.text);
    assert_string_equal(r.text, text);
}

static void fails(struct setting *s, const char *function, const char *text)
{
    struct lab_result r = { "" };

    if (script_call(s->lab.s, "household", function, NULL, lab_read, &r, &s->lab.err))
        fail_msg("%s gave %s", function, r.text);
    if (strstr(s->lab.err.text, text) == NULL)
        fail_msg("%s: %s\ninstead of %s", function, s->lab.err.text, text);
}

static void an_object_lives_as_long_as_its_owner_says(void **state)
{
    struct setting s;
    struct object old = { 0 };

    (void)state;
    open_setting(&s);
    says(&s, "keep", "dog");
    says(&s, "bark", "1");
    says(&s, "bark", "2");
    assert_int_equal(s.kennel.dogs[0].barks, 2);
    says(&s, "same", "truefalse");
    old = s.kennel.handles[0];
    object_close(s.lab.s, old);
    object_close(s.lab.s, old); // again: nothing happens
    object_close(s.lab.s, (struct object){ 0, 0 });
    object_close(s.lab.s, (struct object){ 99, 1 });
    fails(&s, "bark", "this dog is closed");
    says(&s, "text", "dog (closed)");
    says(&s, "nothing", "nil");
    // The slot is used again; the old userdata must not see the new dog.
    object_close(s.lab.s, s.kennel.handles[1]);
    assert_true(script_call(s.lab.s, "household", "text", push_open, NULL, &s.kennel, &s.lab.err));
    assert_true(s.kennel.handles[0].slot == old.slot || s.kennel.handles[1].slot == old.slot);
    fails(&s, "bark", "this dog is closed");
    says(&s, "keep", "dog");
    says(&s, "bark", "3");
    lab_close(&s.lab);
}

static void an_object_shows_nothing_but_its_methods(void **state)
{
    static const char *const rows[][2] = {
        { "cat", "dog expected, got cat" },
        { "text_as_dog", "dog expected, got string" },
        { "null_as_dog", "dog expected, got null" },
        { "stream_as_dog", "dog expected, got random stream" },
        { "write", "a dog has no fields that can be set" },
        { "methods", "attempt to index a boolean value" },
        { "fly", "a dog has no method 'fly'" },
        { "save", "value.pet: a value of type userdata cannot be stored" },
        { "compare", "attempt to compare two dog values" },
        { "call", "attempt to call a dog value" },
    };
    struct setting s;

    (void)state;
    open_setting(&s);
    says(&s, "keep", "dog");
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        fails(&s, rows[i][0], rows[i][1]);
    lab_close(&s.lab);
}

static void many_objects_come_and_go(void **state)
{
    struct setting s;
    size_t before = 0;

    (void)state;
    open_setting(&s);
    for (int i = 0; i < 500; i++) {
        object_close(s.lab.s, s.kennel.handles[0]);
        object_close(s.lab.s, s.kennel.handles[1]);
        assert_true(
            script_call(s.lab.s, "household", "text", push_open, NULL, &s.kennel, &s.lab.err));
        if (i == 10) {
            script_collect(s.lab.s);
            before = script_memory(s.lab.s);
        }
    }
    script_collect(s.lab.s);
    assert_true(script_memory(s.lab.s) <= before + 1000);
    lab_close(&s.lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_lives_as_long_as_its_owner_says),
        cmocka_unit_test(an_object_shows_nothing_but_its_methods),
        cmocka_unit_test(many_objects_come_and_go),
    };

    return LAB_RUN_TWICE(tests);
}
