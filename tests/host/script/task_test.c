#include "lab.h"

#include "script/ready.h"

#include <lauxlib.h>
#include <lua.h>

#define TEXT(text) ((char[]){ text }) // writable, as a void *

// --- a host module that waits, as the one for models will
// -----------------------------------------

struct operation {
    struct fake *fake; // NULL: nobody waits for it any more
    struct task *task;
    lua_Integer ticks;
    char text[32];
};

struct fake {
    struct operation *operations[64];
    size_t count;
    int open, closed; // operations
    struct ready ready;
};

static struct fake *fake_of(lua_State *L)
{
    return script_context(script_of(L))->user;
}

static void drop(struct operation *o)
{
    struct fake *f = o->fake;

    if (f == NULL)
        return;
    for (size_t i = 0; i < f->count; i++)
        if (f->operations[i] == o)
            f->operations[i--] = f->operations[--f->count];
    o->fake = NULL;
    f->closed++;
}

static int l_close_operation(lua_State *L)
{
    drop(lua_touserdata(L, 1));
    return 0;
}

static void push_close_metatable(lua_State *L, lua_CFunction close)
{
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__close");
}

static int l_slept(lua_State *L, int status, lua_KContext context)
{
    (void)status;
    (void)context;
    if (lua_gettop(L) > 3 && lua_isnil(L, -1))
        return luaL_error(L, "the answer was lost");
    return lua_gettop(L) - 3; // what came with the answer
}

// fake.sleep(ticks, text) -> text
static int l_sleep(lua_State *L)
{
    lua_Integer ticks = luaL_checkinteger(L, 1);
    const char *text = luaL_optstring(L, 2, "slept");
    struct task *t = task_current(L);
    struct operation *o = NULL;

    lua_settop(L, 2);
    o = lua_newuserdatauv(L, sizeof(*o), 0); // ticks text operation
    memset(o, 0, sizeof(*o));
    push_close_metatable(L, l_close_operation);
    lua_setmetatable(L, 3);
    lua_toclose(L, 3);
    o->fake = fake_of(L);
    o->task = t;
    o->ticks = ticks;
    snprintf(o->text, sizeof(o->text), "%s", text);
    assert_true(o->fake->count < 64);
    o->fake->operations[o->fake->count++] = o;
    o->fake->open++;
    return task_wait(L, l_slept, 0);
}

struct join {
    struct task *parent, *children[16];
    size_t count;
};

static int l_close_join(lua_State *L)
{
    struct join *j = lua_touserdata(L, 1);

    for (size_t i = 0; i < j->count; i++)
        task_free(j->children[i]);
    j->count = 0;
    return 0;
}

static int l_joined(lua_State *L, int status, lua_KContext context)
{
    struct join *j = lua_touserdata(L, 2);

    (void)status;
    (void)context;
    lua_newtable(L);
    for (size_t i = 0; i < j->count; i++)
        if (task_state(j->children[i]) == TASK_FAILED)
            return luaL_error(L, "child %d: %s", (int)i + 1, task_error(j->children[i]));
    for (size_t i = 0; i < j->count; i++) {
        lua_settop(L, 3);
        if (task_take_results(L, j->children[i]) > 0)
            lua_pushvalue(L, 4);
        else
            lua_pushnil(L);
        lua_rawseti(L, 3, (lua_Integer)i + 1);
    }
    lua_settop(L, 3);
    return 1;
}

// fake.all{ f, g, ... } -> { result of f, result of g, ... }
static int l_all(lua_State *L)
{
    struct fake *f = fake_of(L);
    struct join *j = NULL;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    task_check_wait(L);
    j = lua_newuserdatauv(L, sizeof(*j), 0); // list join
    memset(j, 0, sizeof(*j));
    push_close_metatable(L, l_close_join);
    lua_setmetatable(L, 2);
    lua_toclose(L, 2);
    j->parent = task_current(L);
    for (lua_Integer i = 1; i <= luaL_len(L, 1); i++) {
        lua_geti(L, 1, i);
        j->children[j->count] = task_spawn(L, 0);
        ready_add(&f->ready, j->children[j->count++], NULL, NULL);
    }
    return task_wait(L, l_joined, 0);
}

static int l_now(lua_State *L)
{
    lua_pushliteral(L, "now");
    return 1;
}

static const struct script_function functions[] = {
    { "sleep", l_sleep, SCRIPT_EFFECT },
    { "all", l_all, SCRIPT_EFFECT },
    { "now", l_now, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct script_module fake_module = { .name = "fake", .functions = functions };

// --- the loop
// --------------------------------------------------------------------------------------

static int push_text(struct lua_State *L, void *user)
{
    value_push_text(L, view_of(user));
    return 1;
}

static int push_nil(struct lua_State *L, void *user)
{
    (void)user;
    value_push_nil(L);
    return 1;
}

static int push_error(struct lua_State *L, void *user)
{
    return luaL_error(L, "cannot push: %s", (const char *)user);
}

// A tick of time: what is due becomes ready.
static void tick(struct fake *f)
{
    for (size_t i = 0; i < f->count; i++) {
        struct operation *o = f->operations[i];

        if (--o->ticks == 0)
            ready_add(&f->ready, o->task, push_text, o->text);
    }
}

static void drive(struct fake *f, struct task *t)
{
    for (int i = 0; i < 1000 && task_state(t) == TASK_WAITING; i++) {
        ready_run(&f->ready, NULL, NULL);
        tick(f);
    }
}

struct setting {
    struct lab lab;
    struct fake fake;
};

static void open_setting(struct setting *s, const struct script_limits *limits, const char *text)
{
    struct lab_file file = { "scripts/household.lua", text };

    memset(&s->fake, 0, sizeof(s->fake));
    lab_open(&s->lab, limits);
    script_context(s->lab.s)->user = &s->fake;
    assert_true(script_add_module(s->lab.s, &fake_module, &s->lab.err));
    if (!lab_load(&s->lab, &file, 1, NULL))
        fail_msg("%s", s->lab.err.text);
}

static void close_setting(struct setting *s)
{
    script_free(s->lab.s);
    s->lab.s = NULL;
    assert_int_equal(s->fake.open, s->fake.closed);
    ready_fini(&s->fake.ready);
    lab_close(&s->lab);
}

static struct task *start(struct setting *s, const char *function)
{
    struct task *t = task_start(s->lab.s, "household", function, NULL, NULL, &s->lab.err);

    if (t == NULL)
        fail_msg("%s", s->lab.err.text);
    return t;
}

static void expect_done(struct setting *s, struct task *t, const char *text)
{
    struct lab_result r = { "" };

    if (task_state(t) != TASK_DONE)
        fail_msg("state %d: %s", (int)task_state(t), task_error(t));
    assert_true(task_read(t, lab_read, &r, &s->lab.err));
    assert_string_equal(r.text, text);
    task_free(t);
}

// --- tests
// -----------------------------------------------------------------------------------------

static void a_task_waits_and_goes_on(void **state)
{
    struct setting s;
    struct task *t = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "function M.run(a, b) return fake.sleep(2, a) .. fake.sleep(1, 'y') end\n"
                 "return M");
    t = task_start(s.lab.s, "household", "run", push_text, TEXT("x"), &s.lab.err);
    assert_int_equal(task_state(t), TASK_READY);
    assert_ptr_equal(task_script(t), s.lab.s);
    assert_int_equal(task_resume(t, NULL, NULL), TASK_WAITING);
    assert_int_equal(s.fake.open, 1);
    drive(&s.fake, t);
    expect_done(&s, t, "xy");
    assert_int_equal(s.fake.open, 2);
    assert_int_equal(s.fake.closed, 2);
    close_setting(&s);
}

static void waiting_works_wherever_lua_can_yield(void **state)
{
    static const struct {
        const char *body;
    } rows[] = {
        { "return fake.sleep(1, 'ok')" },
        { "return (select(2, pcall(fake.sleep, 1, 'ok')))" },
        { "return (select(2, xpcall(fake.sleep, print, 1, 'ok')))" },
        { "return select(2, pcall(function() return select(2, pcall(fake.sleep, 1, 'ok')) end))" },
        { "return coroutine.wrap(function() return fake.sleep(1, 'ok') end)()" },
        { "return select(2, coroutine.resume(coroutine.create(function() return fake.sleep(1, 'ok')"
          " end)))" },
        { "local r = coroutine.wrap(function() return coroutine.wrap(function()"
          " local a = fake.sleep(1, 'o') coroutine.yield(a) return fake.sleep(2, 'k') end) end)()"
          " return r() .. r()" },
        { "local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(fake.sleep(i, 'x'"
          " .. i)) end end) local s = '' for x in gen do s = s .. x end"
          " return s == 'x1x2x3' and 'ok' or s" },
        { "return setmetatable({}, { __index = function(_, k) return fake.sleep(1, k) end }).ok" },
        { "for x in function(_, last) return not last and fake.sleep(1, 'ok') or nil end do return "
          "x"
          " end" },
        { "local r do local t <close> = setmetatable({}, { __close = function()"
          " r = fake.sleep(1, 'ok') end }) end return r" },
        { "local r for k in pairs(setmetatable({}, { __pairs = function() fake.sleep(1)"
          " return next, { ok = 1 } end })) do r = k end return r" },
        { "return (select(2, pcall(function() fake.sleep(1) error('ok', 0) end)))" },
        { "local ok = coroutine.isyieldable() and 'yieldable' or 'ok' return ok" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct setting s;
        struct buf text = { 0 };
        struct task *t = NULL;

        buf_addf(&text, "local fake = require 'fake'\nreturn { run = function() %s end }",
                 rows[i].body);
        open_setting(&s, NULL, buf_str(&text));
        t = start(&s, "run");
        task_resume(t, NULL, NULL);
        drive(&s.fake, t);
        if (task_state(t) != TASK_DONE)
            fail_msg("%s: %s", rows[i].body, task_error(t));
        expect_done(&s, t, "ok");
        close_setting(&s);
        buf_fini(&text);
    }
}

static void waiting_where_lua_cannot_is_refused_before_anything_is_begun(void **state)
{
    static const struct {
        const char *body;
    } rows[] = {
        { "return (('x'):gsub('x', function() fake.sleep(1) end))" },
        { "table.sort({ 1, 2 }, function() fake.sleep(1) end)" },
        { "return tostring(setmetatable({}, { __tostring = function() fake.sleep(1) end }))" },
        { "return (('x'):gsub('x', function() coroutine.wrap(function() fake.sleep(1) end)() "
          "end))" },
        { "table.sort({ 1, 2 }, function() coroutine.wrap(function() "
          "pcall(coroutine.wrap(function()"
          " fake.sleep(1) end)) error('cannot wait here') end)() end)" },
        { "return (('x'):gsub('x', function() fake.all{} end))" },
        { "return require 'waits'" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct setting s;
        struct buf text = { 0 };
        struct lab_file files[2] = { { "scripts/household.lua", NULL },
                                     { "scripts/waits.lua", "require('fake').sleep(1)" } };
        struct task *t = NULL;

        buf_addf(&text, "local fake = require 'fake'\nreturn { run = function() %s end }",
                 rows[i].body);
        open_setting(&s, NULL, buf_str(&text));
        files[0].text = buf_str(&text);
        assert_true(lab_load(&s.lab, files, 2, NULL) || i == 6);
        t = start(&s, "run");
        if (task_resume(t, NULL, NULL) != TASK_FAILED ||
            (strstr(task_error(t), "cannot wait here") == NULL &&
             strstr(task_error(t), "fake.sleep: not while loading") == NULL))
            fail_msg("%s: %s", rows[i].body, task_error(t));
        assert_int_equal(s.fake.open, 0);
        task_free(t);
        assert_false(script_call(s.lab.s, "household", "run", NULL, NULL, NULL, &s.lab.err));
        close_setting(&s);
        buf_fini(&text);
    }
}

static void a_call_for_an_answer_at_once_must_not_wait(void **state)
{
    struct setting s;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nreturn { run = function()\n"
                 " return fake.sleep(1) end }");
    assert_false(script_call(s.lab.s, "household", "run", NULL, NULL, NULL, &s.lab.err));
    assert_non_null(strstr(s.lab.err.text, "scripts/household.lua:3: cannot wait here"));
    assert_int_equal(s.fake.open, 0);
    close_setting(&s);
}

static void errors_and_stops_end_a_task_with_a_traceback(void **state)
{
    struct setting s;
    struct task *t = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "function M.fail()\n fake.sleep(1)\n error('late') end\n"
                 "function M.loop()\n fake.sleep(1)\n coroutine.wrap(function()\n while true do end"
                 "\n end)() end\n"
                 "function M.lost() local x = fake.sleep(1) return x end\nreturn M");
    t = start(&s, "fail");
    task_resume(t, NULL, NULL);
    drive(&s.fake, t);
    assert_int_equal(task_state(t), TASK_FAILED);
    assert_string_equal(task_error(t), "scripts/household.lua:5: late\nstack traceback:\n"
                                       "\t[C]: in global 'error'\n"
                                       "\tscripts/household.lua:5: in function"
                                       " <scripts/household.lua:3>");
    task_free(t);
    t = start(&s, "loop");
    task_resume(t, NULL, NULL);
    drive(&s.fake, t);
    assert_int_equal(task_state(t), TASK_KILLED);
    assert_non_null(strstr(task_error(t), "scripts/household.lua:9: stopped: used up"));
    assert_non_null(strstr(task_error(t), "\tscripts/household.lua:8: in function"));
    task_free(t);
    t = start(&s, "lost");
    task_resume(t, NULL, NULL);
    drop(s.fake.operations[0]);
    assert_int_equal(task_resume(t, push_nil, NULL), TASK_FAILED);
    assert_non_null(strstr(task_error(t), "household.lua:11: the answer was lost"));
    task_free(t);
    t = start(&s, "lost");
    task_resume(t, NULL, NULL);
    assert_int_equal(task_resume(t, push_error, TEXT("x")), TASK_FAILED);
    assert_non_null(strstr(task_error(t), "could not be given to the script: cannot push: x"));
    task_free(t);
    assert_null(task_start(s.lab.s, "household", "run", push_error, TEXT("y"), &s.lab.err));
    assert_non_null(strstr(s.lab.err.text, "household.run is not a function"));
    assert_null(task_start(s.lab.s, "household", "fail", push_error, TEXT("y"), &s.lab.err));
    assert_non_null(strstr(s.lab.err.text, "cannot push: y"));
    assert_null(task_start(s.lab.s, "nothing", "fail", NULL, NULL, &s.lab.err));
    assert_non_null(strstr(s.lab.err.text, "module 'nothing' not found"));
    close_setting(&s);
}

static void cancelling_closes_everything_innermost_first(void **state)
{
    struct setting s;
    struct task *t = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "local function closer(name) return setmetatable({}, { __close = function(_, e)"
                 " print(name, e) end }) end\n"
                 "function M.run()\n local a <close> = closer('outer')\n"
                 " coroutine.wrap(function() local b <close> = closer('inner')\n"
                 " pcall(function() local c <close> = closer('innermost') fake.sleep(5) end) end)()"
                 " end\n"
                 "function M.bad()\n local a <close> = setmetatable({}, { __close = function()"
                 " error('cannot close') end }) fake.sleep(1) end\n"
                 "function M.endless()\n local a <close> = setmetatable({}, { __close = function()"
                 " while true do pcall(fake.sleep, 1) end end }) fake.sleep(1) end\n"
                 "return M");
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    assert_int_equal(s.fake.count, 1);
    task_cancel(t);
    assert_int_equal(task_state(t), TASK_KILLED);
    assert_string_equal(task_error(t), "cancelled");
    assert_int_equal(s.fake.count, 0);
    assert_string_equal(buf_str(&s.lab.log), "1 scripts/household.lua:3 innermost\tnil\n"
                                             "1 scripts/household.lua:3 inner\tnil\n"
                                             "1 scripts/household.lua:3 outer\tnil\n");
    task_cancel(t); // has ended: nothing happens
    task_free(t);
    t = start(&s, "run"); // READY
    task_cancel(t);
    assert_int_equal(task_state(t), TASK_KILLED);
    task_free(t);
    t = start(&s, "bad");
    task_resume(t, NULL, NULL);
    task_cancel(t);
    assert_non_null(strstr(task_error(t), "cancelled\nand while closing: scripts/household.lua:"));
    assert_non_null(strstr(task_error(t), "cannot close"));
    task_free(t);
    t = start(&s, "endless");
    task_resume(t, NULL, NULL);
    task_cancel(t);
    assert_non_null(strstr(task_error(t), "and while closing: stopped"));
    task_free(t);
    t = start(&s, "run"); // left to script_free
    task_resume(t, NULL, NULL);
    close_setting(&s);
}

static void a_parent_waits_for_its_children(void **state)
{
    struct setting s;
    struct task *t = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "function M.run()\n"
                 " local r = fake.all{ function() return fake.sleep(3, 'a') end,\n"
                 "  function() return fake.now() end,\n"
                 "  function() return fake.sleep(1, 'b') .. fake.sleep(1, 'c') end }\n"
                 " return table.concat(r, ' ') end\n"
                 "function M.fails()\n"
                 " fake.all{ function() fake.sleep(9) end, function() error('child') end } end\n"
                 "return M");
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    for (int i = 0; i < 4; i++) {
        ready_run(&s.fake.ready, NULL, NULL);
        tick(&s.fake);
    }
    assert_true(ready_is_empty(&s.fake.ready));
    assert_int_equal(task_resume(t, NULL, NULL), TASK_DONE);
    expect_done(&s, t, "a now bc");
    t = start(&s, "fails");
    task_resume(t, NULL, NULL);
    ready_run(&s.fake.ready, NULL, NULL);
    assert_int_equal(s.fake.count, 1);
    assert_int_equal(task_resume(t, NULL, NULL), TASK_FAILED);
    assert_non_null(strstr(task_error(t), "child 2: scripts/household.lua:9: child"));
    assert_int_equal(s.fake.count, 0); // the other child was cancelled
    task_free(t);
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    assert_false(ready_is_empty(&s.fake.ready));
    task_free(t); // with its children, which are in the queue
    assert_int_equal(ready_run(&s.fake.ready, NULL, NULL), 0);
    assert_true(ready_is_empty(&s.fake.ready));
    close_setting(&s);
}

static void the_queue_is_first_in_first_out(void **state)
{
    struct setting s;
    struct task *t[100];

    (void)state;
    open_setting(&s, NULL, "local M = {}\nfunction M.run(n) print(n) end\nreturn M");
    for (int i = 0; i < 100; i++) {
        char name[8];

        snprintf(name, sizeof(name), "%d", i);
        t[i] = task_start(s.lab.s, "household", "run", push_text, name, &s.lab.err);
        ready_add(&s.fake.ready, t[i], NULL, NULL);
        if (i == 50) // so that the ring wraps around
            assert_int_equal(ready_run(&s.fake.ready, NULL, NULL), 51);
    }
    task_free(t[60]);
    assert_int_equal(ready_run(&s.fake.ready, NULL, NULL), 48);
    for (int i = 0, line = 0; i < 100; i++) {
        char wanted[64];
        const char *found = NULL;

        if (i == 60)
            continue;
        snprintf(wanted, sizeof(wanted), "scripts/household.lua:2 %d\n", i);
        found = strstr(buf_str(&s.lab.log), wanted);
        assert_non_null(found);
        assert_true(found - buf_str(&s.lab.log) >= line);
        line = (int)(found - buf_str(&s.lab.log));
        task_free(t[i]);
    }
    close_setting(&s);
}

static void nobody_can_resume_what_the_host_holds(void **state)
{
    struct setting s;
    struct task *a = NULL, *b = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\nlocal kept = {}\n"
                 "function M.first()\n kept[1] = coroutine.running()\n"
                 " kept[2] = coroutine.create(function() return fake.sleep(3, 'x') end)\n"
                 " return select(2, coroutine.resume(kept[2])) end\n"
                 "function M.second()\n local r = {}\n"
                 " for i = 1, 2 do\n"
                 "  r[#r + 1] = tostring(select(2, coroutine.resume(kept[i])))\n"
                 "  r[#r + 1] = tostring(select(2, pcall(coroutine.close, kept[i])))\n"
                 " end\n"
                 " r[#r + 1] = tostring(select(2, coroutine.resume(coroutine.running())))\n"
                 " return table.concat(r, '|') end\nreturn M");
    a = start(&s, "first");
    task_resume(a, NULL, NULL);
    b = start(&s, "second");
    task_resume(b, NULL, NULL);
    expect_done(&s, b,
                "cannot resume a coroutine that waits for the host|cannot close a coroutine that "
                "waits for the host|cannot resume a coroutine that waits for the host|cannot close "
                "a coroutine that waits for the host|cannot resume a coroutine that waits for the "
                "host");
    drive(&s.fake, a);
    expect_done(&s, a, "x");
    close_setting(&s);
}

static void scripts_are_not_swapped_under_a_task(void **state)
{
    static const struct lab_file file = { "scripts/household.lua",
                                          "return { run = function() return 'new' end }" };
    struct setting s;
    struct task *t = NULL;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\n"
                 "return { run = function() return fake.sleep(1, 'old') end }");
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    assert_false(lab_load(&s.lab, &file, 1, NULL));
    assert_non_null(strstr(s.lab.err.text, "cannot be swapped while 1 tasks are alive"));
    drive(&s.fake, t);
    expect_done(&s, t, "old");
    assert_true(lab_load(&s.lab, &file, 1, NULL));
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    expect_done(&s, t, "new");
    close_setting(&s);
}

static void the_number_of_tasks_is_limited(void **state)
{
    static const struct script_limits limits = { .tasks = 3 };
    struct setting s;
    struct task *t[3];

    (void)state;
    open_setting(&s, &limits,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "function M.run() fake.sleep(1) end\n"
                 "function M.all() local f = {} for i = 1, 3 do f[i] = M.run end"
                 " fake.all(f) end\nreturn M");
    for (int i = 0; i < 3; i++)
        t[i] = start(&s, "run");
    assert_null(task_start(s.lab.s, "household", "run", NULL, NULL, &s.lab.err));
    assert_string_equal(s.lab.err.text, "more than 3 tasks at the same time");
    for (int i = 0; i < 3; i++)
        task_free(t[i]);
    t[0] = start(&s, "all");
    assert_int_equal(task_resume(t[0], NULL, NULL), TASK_FAILED);
    assert_non_null(strstr(task_error(t[0]), "more than 3 tasks"));
    task_free(t[0]);
    close_setting(&s);
}

static void tasks_leave_nothing_behind(void **state)
{
    struct setting s;
    size_t before = 0;

    (void)state;
    open_setting(&s, NULL,
                 "local fake = require 'fake'\nlocal M = {}\n"
                 "function M.run(n) if n then error('x') end return n end\nreturn M");
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 2000; i++) {
            struct task *t = task_start(s.lab.s, "household", "run", i % 5 == 0 ? push_text : NULL,
                                        TEXT("x"), &s.lab.err);

            task_resume(t, NULL, NULL);
            task_free(t);
        }
        script_collect(s.lab.s);
        if (round == 0)
            before = script_memory(s.lab.s);
        else
            assert_in_range(script_memory(s.lab.s), before - 5000, before + 5000);
    }
    close_setting(&s);
}

static void results_are_read_with_their_types(void **state)
{
    struct setting s;
    struct task *t = NULL;
    struct lab_result r = { "" };

    (void)state;
    open_setting(&s, NULL, "return { run = function() return 1 end }");
    t = start(&s, "run");
    task_resume(t, NULL, NULL);
    assert_false(task_read(t, lab_read, &r, &s.lab.err));
    assert_string_equal(s.lab.err.text, "result 1 must be text, not number");
    task_free(t);
    close_setting(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_waits_and_goes_on),
        cmocka_unit_test(waiting_works_wherever_lua_can_yield),
        cmocka_unit_test(waiting_where_lua_cannot_is_refused_before_anything_is_begun),
        cmocka_unit_test(a_call_for_an_answer_at_once_must_not_wait),
        cmocka_unit_test(errors_and_stops_end_a_task_with_a_traceback),
        cmocka_unit_test(cancelling_closes_everything_innermost_first),
        cmocka_unit_test(a_parent_waits_for_its_children),
        cmocka_unit_test(the_queue_is_first_in_first_out),
        cmocka_unit_test(nobody_can_resume_what_the_host_holds),
        cmocka_unit_test(scripts_are_not_swapped_under_a_task),
        cmocka_unit_test(the_number_of_tasks_is_limited),
        cmocka_unit_test(tasks_leave_nothing_behind),
        cmocka_unit_test(results_are_read_with_their_types),
    };

    return LAB_RUN_TWICE(tests);
}
