#include "lab.h"

// Each row is a body of a function. `says`: the text that it returns. `fails`: what its error says.
struct row {
    const char *body, *says, *fails;
};

static void check(const struct row *rows, size_t count)
{
    struct lab lab;

    lab_open(&lab, NULL);
    for (size_t i = 0; i < count; i++) {
        struct lab_result r = { "" };
        bool ok = lab_eval(&lab, rows[i].body, &r);

        if (rows[i].says != NULL && (!ok || strcmp(r.text, rows[i].says) != 0))
            fail_msg("%s\ngave '%s' %s\ninstead of '%s'", rows[i].body, r.text, lab.err.text,
                     rows[i].says);
        if (rows[i].fails != NULL && (ok || strstr(lab.err.text, rows[i].fails) == NULL))
            fail_msg("%s\ngave '%s' %s\ninstead of the error '%s'", rows[i].body, r.text,
                     lab.err.text, rows[i].fails);
    }
    lab_close(&lab);
}
#define CHECK(rows) check(rows, sizeof(rows) / sizeof(*(rows)))

static void what_is_not_offered_is_not_there(void **state)
{
    static const char *const names[] = {
        "load",    "loadstring", "dofile",   "loadfile", "rawset", "collectgarbage",
        "io",      "os",         "debug",    "package",  "_G",     "warn",
        "getfenv", "setfenv",    "newproxy", "module",   "unpack", "_VERSION",
        "arg",     "jit",
    };
    static const struct row rows[] = {
        { "return string.dump(function() end)", NULL, "field 'dump'" },
        { "return string.pack('z', 'x')", NULL, "field 'pack'" },
        { "return math.randomseed(1)", NULL, "field 'randomseed'" },
        { "return ('x').dump", NULL, NULL },
        { "return tostring(('x').dump)", "nil", NULL },
        { "return require 'io'", NULL, "module 'io' not found: there is no scripts/io.lua" },
        { "return require 'os'", NULL, "not found" },
        { "return require 'debug'", NULL, "not found" },
        { "return require 'package'", NULL, "not found" },
        { "return require '_G'", NULL, "not found" },
        { "return require 'string'", NULL, "not found" },
        { "return require '../../etc/passwd'", NULL, "not the name of a module" },
        { "return require '/etc/passwd'", NULL, "not the name of a module" },
        { "return require '..'", NULL, "not the name of a module" },
        { "return require ''", NULL, "not the name of a module" },
        { "return require 'household.'", NULL, "not the name of a module" },
        { "return require 'a\\0b'", NULL, NULL },
        { "return require 'houshold'", NULL, "did you mean 'household'?" },
    };
    struct lab lab;

    (void)state;
    lab_open(&lab, NULL);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct lab_result r = { "" };
        char body[100], wanted[100];

        snprintf(body, sizeof(body), "return %s", names[i]);
        snprintf(wanted, sizeof(wanted), "'%s' is not defined", names[i]);
        assert_false(lab_eval(&lab, body, &r));
        if (strstr(lab.err.text, wanted) == NULL)
            fail_msg("%s: %s", names[i], lab.err.text);
    }
    lab_close(&lab);
    CHECK(rows);
}

static void nothing_shared_can_be_written_to(void **state)
{
    static const struct row rows[] = {
        { "x = 1", NULL, "scripts/household.lua:3: cannot set 'x': there are no globals" },
        { "function step() end", NULL, "cannot set 'step'" },
        { "_ENV.x = 1", NULL, "cannot set 'x'" },
        { "_ENV.string = {}", NULL, "cannot set 'string'" },
        { "string.upper = nil", NULL, "cannot set 'upper': this table belongs to the library" },
        { "table.insert(string, 1)", NULL, "cannot write" },
        { "table.sort(math, function() return false end)", "", NULL },
        { "table.move({1}, 1, 1, 1, string)", NULL, "cannot write" },
        { "setmetatable(string, {})", NULL, "protected metatable" },
        { "setmetatable(_ENV, {})", NULL, "protected metatable" },
        { "setmetatable(_ENV, nil)", NULL, "protected metatable" },
        { "return tostring(getmetatable(_ENV))", "false", NULL },
        { "return tostring(getmetatable(string))", "false", NULL },
        { "return tostring(getmetatable(''))", "false", NULL },
        { "return getmetatable('').__index", NULL, "attempt to index a boolean" },
        { "getmetatable('').__index = {}", NULL, "attempt to index a boolean" },
        { "setmetatable('', {})", NULL, "table expected" },
        { "('x').upper = 1", NULL, "attempt to index a string value" },
        { "return tostring(next(string))", "byte", NULL }, // goes over it, cannot write to it
        { "local _, t = pairs(string); t.upper = 1", NULL, "read-only" },
        { "local n = 0 for k, v in pairs(string) do n = n + 1 end return tostring(n)", "13", NULL },
        { "local j = require 'json' j.encode = nil", NULL, "belongs to the module 'json'" },
        { "local j = require 'json' rawget(j, 'encode') j.x = 1", NULL, "read-only" },
        { "local M = require 'household' M.run = nil", NULL,
          "cannot set 'run': this table belongs to the module 'household'" },
        { "local _ENV = { error = error } error('mine')", NULL, "mine" }, // its own affair
        { "local s = string local _ENV = {} s.x = 1", NULL, "read-only" },
        { "return tostring(rawlen(string)) .. tostring(rawget(string, 'upper') ~= nil)", "0true",
          NULL },
        { "return tostring(rawequal(string, string))", "true", NULL },
        { "local s = require('rng').stream('x') s.unit = 1", NULL, "no fields that can be set" },
        { "local s = require('rng').stream('x') return tostring(getmetatable(s))", "false", NULL },
        { "local s = require('rng').stream('x') setmetatable(s, {})", NULL, "table expected" },
        { "local j = require 'json' return tostring(getmetatable(j.null))", "false", NULL },
        { "local j = require 'json' local a = j.array{} setmetatable(a, nil)", NULL, "protected" },
        { "require('json').array(string)", NULL, "read-only" },
    };

    (void)state;
    CHECK(rows);
}

static void metatables_have_no_way_around_the_limits(void **state)
{
    static const struct row rows[] = {
        { "setmetatable({}, { __gc = function() end })", NULL, "__gc is not allowed" },
        { "setmetatable({}, { __gc = true })", NULL, "__gc is not allowed" },
        { "setmetatable({}, setmetatable({ __gc = 1 }, {}))", NULL, "__gc is not allowed" },
        { "setmetatable({}, { __mode = 'k' })", NULL, "__mode is not allowed" },
        // A __gc that comes later is never called: the mark is set by setmetatable alone.
        { "local mt = {} for i = 1, 100 do setmetatable({}, mt) end"
          " mt.__gc = function() error('finaliser') end"
          " local t = {} for i = 1, 1e5 do t = { t = i } end return 'quiet'",
          "quiet", NULL },
        { "local t <close> = setmetatable({}, { __close = function() end }) return 'closed'",
          "closed", NULL },
        { "error(setmetatable({}, { __tostring = function() while true do end end }))", NULL,
          "(the error value is a table)" },
        { "error({ message = 'a table with a message' })", NULL, "a table with a message" },
        { "error(nil)", NULL, "(the error value is a nil)" },
        { "error(12)", NULL, "12" },
        { "error(setmetatable({}, { __index = function() error 'x' end }))", NULL,
          "(the error value is a table)" },
        { "return tostring(setmetatable({}, { __tostring = function() return {} end }))", NULL,
          "must return a string" },
        { "return setmetatable({}, { __metatable = 1, __name = 'N' }) .. ''", NULL,
          "attempt to concatenate" },
    };

    (void)state;
    CHECK(rows);
}

static void results_show_neither_addresses_nor_the_order_of_hashes(void **state)
{
    static const struct row rows[] = {
        { "return tostring({}) .. tostring(print) .. tostring(coroutine.create(print))",
          "tablefunctionthread", NULL },
        { "return ('%s %s %d'):format({}, print, 3)", "table function 3", NULL },
        { "return ('%p'):format({})", NULL, "would show an address" },
        { "return ('%5p'):format('x')", NULL, "would show an address" },
        { "return ('%%p %q'):format('x')", "%p \"x\"", NULL },
        { "return ('%-5s|%5.1f'):format(true, 2)", "true |  2.0", NULL },
        { "local t = { z = 1, a = 2, m = 3, 10, 20, [-1] = 4, [2.5] = 5, Z = 6, [''] = 7 }"
          " local r = {} for k, v in pairs(t) do r[#r + 1] = k .. '=' .. v end"
          " return table.concat(r, ' ')",
          "-1=4 1=10 2=20 2.5=5 =7 Z=6 a=2 m=3 z=1", NULL },
        { "local t = {} for i = 1, 100 do t['k' .. i] = i end local r = {}"
          " for k in pairs(t) do r[#r + 1] = k end local sorted = true"
          " for i = 2, #r do sorted = sorted and r[i - 1] < r[i] end"
          " return #r .. tostring(sorted)",
          "100true", NULL },
        { "local r = {} for k, v in pairs({ 5, 6, 7 }) do r[#r + 1] = k * v end"
          " return table.concat(r, ' ')",
          "5 12 21", NULL },
        { "local t = { 1, 2, 3, a = 4, b = 5 } local r = {}"
          " for k in pairs(t) do t[k] = nil t.b = nil r[#r + 1] = k end"
          " return table.concat(r, ' ') .. tostring(next(t))",
          "1 2 3 anil", NULL },
        { "for k in pairs({ [true] = 1, a = 2 }) do end", NULL, "a key of type boolean" },
        { "for k in pairs({ [print] = 1 }) do end", NULL, "a key of type function" },
        { "local t = { [9007199254740993] = 'i', [9007199254740992.0] = 'f' } local r = {}"
          " for _, v in pairs(t) do r[#r + 1] = v end return table.concat(r)",
          "fi", NULL },
        { "local t = setmetatable({}, { __pairs = function(t) return next, { x = 1 } end })"
          " for k in pairs(t) do return k end",
          "x", NULL },
        { "local t, k, r = { b = 1, a = 2, [3] = 3 }, nil, ''"
          " repeat k = next(t, k) r = r .. tostring(k) .. ' ' until k == nil return r",
          "3 a b nil ", NULL },
        { "return tostring(next({}))", "nil", NULL },
        { "for k in pairs(nil) do end", NULL, "table expected, got nil" },
        { "print('a', 1, nil, {}) return 'x'", "x", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void sort_is_stable_and_never_confused(void **state)
{
    static const struct row rows[] = {
        { "local t = {} for i = 1, 300 do t[i] = { k = i % 3, i = i } end"
          " table.sort(t, function(a, b) return a.k < b.k end)"
          " for i = 2, 300 do local a, b = t[i - 1], t[i]"
          " if a.k > b.k or (a.k == b.k and a.i > b.i) then return 'wrong' end end return 'stable'",
          "stable", NULL },
        { "local t = { 5, 2, 9, 1 } table.sort(t) return table.concat(t, ' ')", "1 2 5 9", NULL },
        { "local t = { 'b', 'a' } table.sort(t) return table.concat(t)", "ab", NULL },
        { "local t = {} for i = 1, 200 do t[i] = i end"
          " table.sort(t, function() return true end) return tostring(#t)",
          "200", NULL },
        { "table.sort({ 1, 'x' })", NULL, "attempt to compare" },
        { "table.sort({ 1, 2 }, 3)", NULL, "function expected" },
        { "local co = coroutine.wrap(function()"
          " table.sort({ 1, 2 }, function() coroutine.yield() end) end) co()",
          NULL, "yield across a C-call boundary" },
    };

    (void)state;
    CHECK(rows);
}

static void the_table_library_does_what_lua_does(void **state)
{
    static const struct row rows[] = {
        { "local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, 0) return table.concat(t, ',')",
          "0,1,2,3", NULL },
        { "local t = { 1, 2, 3 } return table.remove(t) .. table.remove(t, 1) .. #t", "311", NULL },
        { "return tostring(table.remove({}))", "nil", NULL },
        { "table.remove({ 1 }, 5)", NULL, "position out of bounds" },
        { "table.insert({}, 5, 1)", NULL, "position out of bounds" },
        { "table.insert({})", NULL, "table.insert takes" },
        { "return table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), ',')", "1,1,2,3", NULL },
        { "return table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), ',')", "2,3,3", NULL },
        { "return table.concat(table.move({ 1, 2, 3 }, 1, 3, 2, { 9 }), ',')", "9,1,2,3", NULL },
        { "return table.concat({ 1, 'a', 2.5 }, '-', 2, 3)", "a-2.5", NULL },
        { "return table.concat({ 1, {} })", NULL, "entry 2 is a table" },
        { "return table.concat({ 1, 2, 3 }, ',', math.maxinteger - 1, math.maxinteger)", NULL,
          "is a nil" },
        { "local a, b, c = table.unpack({ 1, 2, 3 }, 2) return a .. b .. tostring(c)", "23nil",
          NULL },
        { "return table.unpack({}, 1, 1e7)", NULL, "too many results to unpack" },
        { "return select('#', table.unpack({}, 1, 0)) .. table.pack(1, nil).n", "02", NULL },
        { "return table.concat(string)", "", NULL },
    };

    (void)state;
    CHECK(rows);
}

static void errors_have_a_place_and_a_traceback(void **state)
{
    struct lab lab;
    struct lab_result r = { "" };

    (void)state;
    lab_open(&lab, NULL);
    assert_false(
        lab_eval(&lab, "local function inner() error('boom') end\n inner()\nreturn ''", &r));
    assert_memory_equal(lab.err.text, "scripts/household.lua:3: boom\nstack traceback:", 46);
    assert_non_null(strstr(lab.err.text, "[C]: in global 'error'"));
    assert_non_null(strstr(lab.err.text, "scripts/household.lua:4: in function"));
    lab_close(&lab);
}

static void print_goes_to_the_log_with_its_place(void **state)
{
    struct lab lab;
    struct lab_result r = { "" };

    (void)state;
    lab_open(&lab, NULL);
    assert_true(
        lab_eval(&lab, "print('a', 1)\nrequire('log').warn('hot', 2.5, {})\nreturn ''", &r));
    assert_string_equal(buf_str(&lab.log), "1 scripts/household.lua:3 a\t1\n"
                                           "2 scripts/household.lua:4 hot 2.5 table\n");
    lab_close(&lab);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_offered_is_not_there),
        cmocka_unit_test(nothing_shared_can_be_written_to),
        cmocka_unit_test(metatables_have_no_way_around_the_limits),
        cmocka_unit_test(results_show_neither_addresses_nor_the_order_of_hashes),
        cmocka_unit_test(sort_is_stable_and_never_confused),
        cmocka_unit_test(the_table_library_does_what_lua_does),
        cmocka_unit_test(errors_have_a_place_and_a_traceback),
        cmocka_unit_test(print_goes_to_the_log_with_its_place),
    };

    return LAB_RUN_TWICE(tests);
}
