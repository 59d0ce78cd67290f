#include "lab.h"

#include <time.h>

static const char *const needs_step[] = { "household.step", NULL };

static const char good[] = "local M = {}\nfunction M.step() return 'old' end\nreturn M\n";

static void expect_step(struct lab *lab, const char *wanted)
{
    struct lab_result r = { "" };
    struct err err = { { 0 } };

    if (!script_call(lab->s, "household", "step", NULL, lab_read, &r, &err))
        fail_msg("%s", err.text);
    assert_string_equal(r.text, wanted);
}

// Each row replaces the good household.lua (and adds helper.lua if there is one).
static void what_goes_wrong_while_loading_leaves_the_old_generation_in_force(void **state)
{
    static const struct {
        const char *name, *household, *helper, *says, *says_too;
    } rows[] = {
        { "a syntax error", "local M = {}\nfunction M.step( return 1 end\nreturn M", NULL,
          "scripts/household.lua:2: <name> or '...' expected near 'return'", NULL },
        { "an unfinished file", "local M = {}\nfunction M.step()\n", NULL,
          "scripts/household.lua:3: 'end' expected", NULL },
        { "an error in the main chunk", "local M = {}\nM.step = nothing.at.all\nreturn M", NULL,
          "scripts/household.lua:2: 'nothing' is not defined", "stack traceback:\n" },
        { "an error raised in the main chunk", "\n\n\nerror('no')", NULL,
          "scripts/household.lua:4: no", "scripts/household.lua:4: in main chunk" },
        { "an error in what it requires", "local h = require 'helper'\nreturn { step = h.step }",
          "local M = {}\nM.x.y = 1\nreturn M", "scripts/helper.lua:2: attempt to index a nil value",
          "scripts/household.lua:1: in main chunk" },
        { "a syntax error in what it requires", "return require 'helper'", "return }",
          "scripts/helper.lua:1: unexpected symbol near '}'", NULL },
        { "a syntax error in what nothing requires", "return { step = function() end }", "return }",
          "scripts/helper.lua:1: unexpected symbol near '}'", NULL },
        { "a missing function", "return { stop = function() end }", NULL,
          "scripts/household.lua: the module must have a function 'step'", NULL },
        { "a function that is a table", "return { step = {} }", NULL, "must have a function 'step'",
          NULL },
        { "no return", "local M = { step = print }", NULL, "module 'household' returns nothing",
          NULL },
        { "a number", "return 1", NULL, "module 'household' returns a number", NULL },
        { "an empty file", "", NULL, "module 'household' returns nothing", NULL },
        { "an endless loop", "local i = 0\nwhile true do\n i = i + 1 end", NULL,
          "scripts/household.lua:3: stopped: used up its 20000000 instructions",
          "scripts/household.lua:3: in main chunk" },
        { "an endless loop that catches",
          "while true do pcall(function() while true do end end) end", NULL, "stopped: used up",
          NULL },
        { "an endless loop in what it requires", "return require 'helper'", "repeat until false",
          "scripts/helper.lua:1: stopped: used up", "scripts/household.lua:1: in main chunk" },
        { "a loop in a coroutine", "coroutine.wrap(function()\nwhile true do end end)()", NULL,
          "scripts/household.lua:2: stopped: used up", "scripts/household.lua:1: in main chunk" },
        { "a memory bomb", "local t = {}\nfor i = 1, 1e9 do\nt[i] = i end", NULL,
          "scripts/household.lua:3: stopped: would need more memory than the limit",
          "scripts/household.lua:3: in main chunk" },
        { "a memory bomb that catches",
          "local t = {}\nwhile true do pcall(function() for i = #t, 1e9 do\nt[i] = {} end end) end",
          NULL, "scripts/household.lua:3: stopped: would need more memory", NULL },
        { "a circle", "return require 'helper'", "return require 'household'",
          "modules require one another in a circle: household -> helper -> household", NULL },
        { "a module that is not there", "return require 'helpr'", "return {}",
          "scripts/household.lua:1: module 'helpr' not found: there is no scripts/helpr.lua"
          " (did you mean 'helper'?)",
          NULL },
        { "waiting", "coroutine.yield()", NULL, "coroutine.yield outside of a coroutine", NULL },
        { "a random number", "return { step = print, x = math.random() }", NULL,
          "math.random: not while loading", NULL },
        { "a stream", "return { step = print, s = require('rng').stream('x') }", NULL,
          "rng.stream: not while loading", NULL },
        { "the time", "return { step = print, t = require('clock').now() }", NULL,
          "clock.now: not while loading", NULL },
        { "tables without end",
          "local M = { step = print }\nlocal t = M\n"
          "for i = 1, 200 do t.t = {} t = t.t end\nreturn M",
          NULL, "the module 'household': tables are nested more than 100 deep", NULL },
        { "bytecode", "\033Lua", NULL, NULL, NULL }, // cannot even be in a set: texts_test.c
    };
    static const struct script_limits limits = { .memory_bytes = 32 << 20,
                                                 .load_instructions = 20000000 };
    struct lab lab;
    struct lab_file files[2] = { { "scripts/household.lua", good }, { "scripts/helper.lua", "" } };
    size_t before = 0;

    (void)state;
    lab_open(&lab, &limits);
    assert_true(lab_load(&lab, files, 1, needs_step));
    expect_step(&lab, "old");
    for (size_t i = 0; rows[i].says != NULL; i++) {
        if (lab_gc_stress && strstr(rows[i].name, "bomb") != NULL)
            continue; // would take minutes
        files[0].text = rows[i].household;
        files[1].text = rows[i].helper;
        memset(&lab.err, 0, sizeof(lab.err));
        if (lab_load(&lab, files, rows[i].helper == NULL ? 1 : 2, needs_step))
            fail_msg("%s was loaded", rows[i].name);
        if (strstr(lab.err.text, rows[i].says) == NULL ||
            (rows[i].says_too != NULL && strstr(lab.err.text, rows[i].says_too) == NULL))
            fail_msg("%s: %s\ninstead of %s", rows[i].name, lab.err.text, rows[i].says);
        assert_int_equal(script_generation(lab.s), 1);
        expect_step(&lab, "old");
        script_collect(lab.s);
        if (i == 0)
            before = script_memory(lab.s);
        else
            assert_true(script_memory(lab.s) < before + 20000); // nothing of it stays
    }
    files[0].text = "return { step = function() return 'new' end }";
    assert_true(lab_load(&lab, files, 1, needs_step));
    assert_int_equal(script_generation(lab.s), 2);
    expect_step(&lab, "new");
    lab_close(&lab);
}

static void a_generation_knows_only_itself(void **state)
{
    static const struct lab_file old[] = {
        { "scripts/household.lua", "local M = {} function M.step() return require('extra').v end"
                                   " return M" },
        { "scripts/extra.lua", "return { v = 'old' }" },
    };
    static const struct lab_file now[] = {
        { "scripts/household.lua", "local M = {} function M.step() return require('extra').v end"
                                   " return M" },
        { "scripts/extra.lua", "return { v = 'new' }" },
    };
    struct lab lab;
    struct hash hash;

    (void)state;
    lab_open(&lab, NULL);
    assert_true(lab_load(&lab, old, 2, needs_step));
    expect_step(&lab, "old"); // extra was loaded at run time
    assert_true(lab_load(&lab, now, 2, needs_step));
    expect_step(&lab, "new");
    hash = texts_hash(script_texts(lab.s));
    assert_false(lab_load(&lab, old, 1, (const char *const[]){ "household.other", NULL }));
    assert_true(hash_equal(&hash, &(struct hash){ 0 }) == false);
    assert_non_null(texts_find(script_texts(lab.s), "scripts/extra.lua"));
    expect_step(&lab, "new");
    assert_true(script_has(lab.s, "household", "step"));
    assert_false(script_has(lab.s, "household", "stop"));
    assert_false(script_has(lab.s, "nothing", "step"));
    lab_close(&lab);
}

static void a_module_runs_once_and_is_the_same_for_all(void **state)
{
    static const struct lab_file files[] = {
        { "scripts/household.lua", "local a, b = require 'a', require 'b'\n"
                                   "return { step = function() return a.list[1] .. b() end }" },
        { "scripts/a.lua", "print('a runs')\nreturn { list = { 'x' } }" },
        { "scripts/b.lua", "local a = require 'a'\n"
                           "return function() return tostring(a == require 'a') .. #a.list end" },
    };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    assert_true(lab_load(&lab, files, 3, needs_step));
    expect_step(&lab, "xtrue1");
    assert_string_equal(buf_str(&lab.log), "1 scripts/a.lua:1 a runs\n");
    lab_close(&lab);
}

// The text of an error, when `body` is what step of the module does.
static void expect_error(struct lab *lab, const char *head, const char *body, const char *says)
{
    struct buf text = { 0 };
    struct lab_file file = { "scripts/household.lua", NULL };

    buf_addf(&text,
             "%s\nlocal M = { list = { 1, 2, inner = { a = 1 } }, n = 1 }\n"
             "function M.step()\n%s\nend\nreturn M\n",
             head, body);
    file.text = buf_str(&text);
    if (!lab_load(lab, &file, 1, needs_step))
        fail_msg("%s", lab->err.text);
    if (says == NULL) {
        expect_step(lab, "fine");
    } else {
        assert_false(script_call(lab->s, "household", "step", NULL, NULL, NULL, &lab->err));
        if (strstr(lab->err.text, says) == NULL)
            fail_msg("%s\ninstead of %s", lab->err.text, says);
    }
    buf_fini(&text);
}

static void tables_of_modules_are_read_only_all_through(void **state)
{
    static const struct {
        const char *body, *says;
    } rows[] = {
        { "M.n = 2", "cannot set 'n': this table belongs to the module 'household'" },
        { "M.new = 2", "cannot set 'new'" },
        { "M.list[3] = 1", "cannot write: this table belongs to the module 'household'" },
        { "M.list.inner.a = 2", "cannot set 'a'" },
        { "table.insert(M.list, 3)", "read-only" },
        { "table.remove(M.list)", "read-only" },
        { "table.sort(M.list, function(a, b) return a > b end)", "read-only" },
        { "setmetatable(M.list, nil)", "protected" },
        { "for k in pairs(M.list) do M.list[k] = nil end", "read-only" },
        { "local _, t = pairs(M.list) t[1] = 5 ", "read-only" },
        { "local s = 0 for _, v in ipairs(M.list) do s = s + v end"
          " return s == 3 and #M.list == 2 and rawlen(M.list) == 2 and rawget(M.list, 1) == 1"
          " and next(M.list) == 1 and select('#', table.unpack(M.list)) == 2 and 'fine'",
          NULL },
        { "local n = 0 for k in pairs(M.list) do n = n + 1 end"
          " return n == 3 and require('json').encode(M.list.inner) == '{\"a\":1}' and 'fine'",
          NULL },
    };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        expect_error(&lab, "", rows[i].body, rows[i].says);
    lab_close(&lab);
}

static void a_module_may_be_callable(void **state)
{
    static const struct lab_file files[] = {
        { "scripts/household.lua", "local f = require 'f'\nreturn { step = function()"
                                   " return f('x') .. f.name .. tostring(f) end }" },
        { "scripts/f.lua",
          "return setmetatable({ name = 'f' }, { __call = function(self, x)"
          " return x .. self.name end, __tostring = function() return '!' end })" },
    };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    assert_true(lab_load(&lab, files, 2, needs_step));
    expect_step(&lab, "xff!");
    lab_close(&lab);
}

static void an_error_that_is_caught_leaves_the_loader_as_it_was(void **state)
{
    static const struct lab_file files[] = {
        { "scripts/household.lua",
          "return { step = function()\n"
          " local ok, e = pcall(require, 'broken')\n"
          " local ok2, e2 = coroutine.resume(coroutine.create(function() require 'broken' end))\n"
          " local ok3, e3 = xpcall(require, function(e) return e end, 'broken')\n"
          " local r = require('rng').stream('works outside of loading')\n"
          " return tostring(ok or ok2 or ok3) .. e .. (e == e2 and e == e3 and '' or 'differs')\n"
          "end }" },
        { "scripts/broken.lua", "error 'broken'" },
    };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    assert_true(lab_load(&lab, files, 2, needs_step));
    expect_step(&lab, "falsescripts/broken.lua:1: broken");
    expect_step(&lab, "falsescripts/broken.lua:1: broken");
    lab_close(&lab);
}

static bool check_ok(struct script *s, void *user, struct err *err)
{
    struct lab_result *r = user;

    return script_call(s, "household", "step", NULL, lab_read, r, err);
}

static bool check_not(struct script *s, void *user, struct err *err)
{
    (void)s;
    (void)user;
    return err_set(err, "prompts/x.lua: field 'name' is bound to nothing");
}

static bool check_loops(struct script *s, void *user, struct err *err)
{
    (void)user;
    return script_call(s, "household", "loop", NULL, NULL, NULL, err);
}

static void the_owner_has_the_last_word_before_the_swap(void **state)
{
    static const struct lab_file files[] = {
        { "scripts/household.lua", "local M = {}\nfunction M.step() return 'checked' end\n"
                                   "function M.loop() while true do end end\nreturn M" },
        { "prompts/rater/timing.lua", "print('prompt runs') return {}" },
        { "scripts/offline/wake.lua", "print('answerer runs') return {}" },
        { "scripts/other.lua", "print('must not run') return {}" },
    };
    static const char *const folders[] = { "prompts/", "scripts/offline/", NULL };
    struct lab_result r = { "" };
    struct script_needs needs = { .exports = needs_step, .folders = folders, .user = &r };
    struct script_limits limits = { .load_instructions = 1000000 };
    struct lab lab;
    struct texts *t = NULL;

    (void)state;
    lab_open(&lab, &limits);
    t = lab_texts(files, 4, &lab.err);
    needs.check = check_not;
    assert_false(script_load(lab.s, t, &needs, &lab.err));
    assert_string_equal(lab.err.text, "prompts/x.lua: field 'name' is bound to nothing");
    assert_null(script_texts(lab.s));
    needs.check = check_loops;
    assert_false(script_load(lab.s, t, &needs, &lab.err));
    assert_non_null(strstr(lab.err.text, "stopped: used up its 1000000 instructions"));
    buf_clear(&lab.log);
    needs.check = check_ok;
    assert_true(script_load(lab.s, t, &needs, &lab.err));
    assert_string_equal(r.text, "checked");
    assert_string_equal(buf_str(&lab.log), "1 prompts/rater/timing.lua:1 prompt runs\n"
                                           "1 scripts/offline/wake.lua:1 answerer runs\n");
    texts_unref(t);
    lab_close(&lab);
}

static void a_script_cannot_hide_a_module_of_the_host(void **state)
{
    static const struct lab_file files[] = { { "scripts/household.lua", good },
                                             { "scripts/json.lua", "return {}" } };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    assert_false(lab_load(&lab, files, 2, needs_step));
    assert_non_null(strstr(lab.err.text, "scripts/json.lua: require \"json\" gives the module of"));
    lab_close(&lab);
}

static void two_scripts_in_one_process_know_nothing_of_each_other(void **state)
{
    struct lab a, b;
    struct lab_result r = { "" };

    (void)state;
    lab_open(&a, NULL);
    lab_open(&b, NULL);
    script_context(b.s)->who = "p02";
    assert_true(lab_eval(&a, "return tostring(math.random(1000000))", &r));
    for (int i = 0; i < 3; i++) {
        struct lab_result other = { "" };

        assert_true(lab_eval(&b, "return tostring(math.random(1000000))", &other));
        assert_string_not_equal(r.text, other.text);
    }
    assert_false(lab_eval(&a, "local t = {} while true do t[#t + 1] = t end", &r));
    assert_true(lab_eval(&b, "return 'lives'", &r));
    lab_close(&a);
    assert_true(lab_eval(&b, "return 'lives'", &r));
    lab_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_wrong_while_loading_leaves_the_old_generation_in_force),
        cmocka_unit_test(a_generation_knows_only_itself),
        cmocka_unit_test(a_module_runs_once_and_is_the_same_for_all),
        cmocka_unit_test(tables_of_modules_are_read_only_all_through),
        cmocka_unit_test(a_module_may_be_callable),
        cmocka_unit_test(an_error_that_is_caught_leaves_the_loader_as_it_was),
        cmocka_unit_test(the_owner_has_the_last_word_before_the_swap),
        cmocka_unit_test(a_script_cannot_hide_a_module_of_the_host),
        cmocka_unit_test(two_scripts_in_one_process_know_nothing_of_each_other),
    };

    return LAB_RUN_TWICE(tests);
}
