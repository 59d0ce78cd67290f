#include "lab.h"

#include <time.h>

// Each body tries to keep the process busy, to take its memory or to crash it.
struct attack {
    const char *name, *body;
    const char *fails; // what the error says; NULL: it ends well
};

static const struct attack loops[] = {
    { "a loop", "while true do end", "scripts/household.lua:3: stopped: used up its" },
    { "a loop with goto", "::a:: goto a", "stopped: used up" },
    { "a counted loop", "for i = 1, math.maxinteger do end", "stopped: used up" },
    { "a tail call", "local function f() return f() end f()", "stopped: used up" },
    { "a loop in pcall", "pcall(function() while true do end end) return 'caught'",
      "stopped: used up" },
    { "a loop of pcalls", "while true do pcall(error) end", "stopped: used up" },
    { "a loop of pcalls of loops", "while true do pcall(function() while true do end end) end",
      "stopped: used up" },
    { "xpcall with a loop as its handler",
      "xpcall(function() error() end, function() while true do end end)", "stopped: used up" },
    { "xpcall whose handler catches",
      "while true do xpcall(function() while true do end end,"
      " function() pcall(function() while true do end end) end) end",
      "stopped: used up" },
    { "a handler that fails", "return tostring(xpcall(error, function() error() end))", NULL },
    { "a loop in a coroutine", "coroutine.wrap(function() while true do end end)()",
      "stopped: used up" },
    { "a loop in a coroutine in pcall in a coroutine",
      "while true do coroutine.wrap(function() pcall(coroutine.wrap(function()"
      " while true do end end)) end)() end",
      "stopped: used up" },
    { "a loop of new coroutines", "while true do coroutine.wrap(function() end)() end",
      "stopped: used up" },
    { "resume in a loop",
      "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
      "stopped: used up" },
    { "a loop in a callback of gsub", "return (('x'):gsub('x', function() while true do end end))",
      "stopped: used up" },
    { "pcall around a loop in a callback of gsub",
      "while true do pcall(string.gsub, 'x', 'x', function() while true do end end) end",
      "stopped: used up" },
    { "pcall inside a callback of gsub",
      "return (('x'):gsub('x', function() while true do pcall(function() while true do end end) "
      "end end))",
      "stopped: used up" },
    { "a coroutine inside a callback of sort",
      "table.sort({ 1, 2 }, function() coroutine.wrap(function() while true do end end)() end)",
      "stopped: used up" },
    { "a coroutine that catches, inside a callback of sort",
      "table.sort({ 1, 2 }, function() while true do coroutine.resume(coroutine.create(function()"
      " while true do pcall(function() while true do end end) end end)) end end)",
      "stopped: used up" },
    { "a loop in __index",
      "local t = setmetatable({}, { __index = function() while true do end end })"
      " return t.x",
      "stopped: used up" },
    { "a loop in __tostring",
      "tostring(setmetatable({}, { __tostring = function() while true do end end }))",
      "stopped: used up" },
    { "a loop in __close",
      "do local t <close> = setmetatable({}, { __close = function()"
      " while true do end end }) end",
      "stopped: used up" },
    { "a loop, and another one when it is stopped",
      "local t <close> = setmetatable({}, { __close = function() while true do"
      " pcall(function() while true do end end) end end }) while true do end",
      "stopped: used up" },
    { "a loop in __close of a closed coroutine",
      "local co = coroutine.create(function() local t <close> = setmetatable({}, { __close ="
      " function() while true do pcall(function() while true do end end) end end })"
      " coroutine.yield() end) coroutine.resume(co)"
      " while true do coroutine.close(co) end",
      "stopped: used up" },
    { "a loop in the iterator of a for", "for _ in function() while true do end end do end",
      "stopped: used up" },
    { "a loop in __concat",
      "local t = setmetatable({}, { __concat = function() while true do end end })"
      " return t .. 'x'",
      "stopped: used up" },
    { "a loop in the error value of a coroutine",
      "local ok, e = coroutine.resume(coroutine.create(function() error(setmetatable({},"
      " { __tostring = function() while true do end end })) end)) return tostring(e)",
      "stopped: used up" },
    { "a loop that logs", "while true do print('x') end", "stopped: used up" },
};

static const struct attack bombs[] = {
    { "doubling a string", "local s = 'x' while true do s = s .. s end",
      "stopped: would make a string longer than the limit" },
    { "pcall around doubling a string",
      "while true do pcall(function() local s = 'x' while true do s = s .. s end end) end",
      "stopped: would make a string longer" },
    { "growing a table", "local t = {} for i = 1, math.huge do t[i] = i end",
      "stopped: would need more memory than the limit of 67108864 bytes" },
    { "growing a table of strings",
      "local t = {} for i = 1, math.huge do t[i] = ('x'):rep(1000) .. i end",
      "stopped: would need more memory" },
    { "pcall around a refused table",
      "local t = {} while true do pcall(function() for i = #t + 1, math.huge do t[i] = i end end) "
      "end",
      "stopped: would need more memory" },
    { "pcall around refused strings that are kept",
      "local t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(1000000) .. #t end) end",
      "stopped: would need more memory" },
    { "coroutines that are kept",
      "local t = {} while true do t[#t + 1] = coroutine.create(function() end) end",
      "stopped: would need more memory" },
    { "coroutines that make coroutines",
      "local t = {} local function f() t[#t + 1] = coroutine.wrap(f) t[#t]() end f()",
      "C stack overflow" },
    { "closures", "local f while true do local g = f f = function() return g end end",
      "stopped: would need more memory" },
    { "a deep stack", "local function f() return 1 + f() end f()", "stopped: would need more" },
    { "a deep stack in pcall", "local function f() return pcall(f) end f() return 'ok'", NULL },
    { "a deep stack in a coroutine's pcall",
      "local function f() pcall(f) f() end coroutine.wrap(f)()", "stopped: would need more" },
    { "a deep stack of gsub", "local function f() return (('x'):gsub('x', f)) end return f()",
      "stack overflow" },
    { "a deep stack of sort", "local function f() table.sort({ 1, 2 }, f) end f()",
      "stack overflow" },
    { "a deep stack of __index",
      "local t = {} setmetatable(t, { __index = function(t, k) return t[k .. 'x'] end })"
      " return t.x",
      "stack overflow" },
    { "a loop of __index", "local t = {} setmetatable(t, { __index = t }) return t.x", "loop" },
    { "a deep stack of tostring",
      "local t = {} setmetatable(t, { __tostring = function(t) return tostring(t) end })"
      " return tostring(t)",
      "stack overflow" },
    { "a deep stack of coroutines", "local function f() return coroutine.wrap(f)() end f()",
      "stack overflow" },
    { "coroutines that close one another",
      "local last for i = 1, 100000 do local inner = last"
      " local co = coroutine.create(function() local t <close> = setmetatable({}, { __close ="
      " function() if inner then coroutine.close(inner) end end }) coroutine.yield() end)"
      " coroutine.resume(co) last = co if i > 20000 then break end end"
      " return tostring(coroutine.close(last))",
      NULL },
    { "coroutines whose ends close one another",
      "local last for i = 1, 20000 do local inner = last"
      " local f = coroutine.wrap(function() local t <close> = setmetatable({}, { __close ="
      " function() if inner then inner() end end }) coroutine.yield() error('x') end)"
      " f() last = f end return tostring(pcall(last))",
      NULL },
    { "many results", "return table.unpack({}, 1, 900000)", NULL },
    { "many arguments", "print(table.unpack({}, 1, 240))", NULL },
    { "many captures", "return (('x'):rep(100)):match(('(x)'):rep(33))", "too many captures" },
    { "nested tables to be stored",
      "local t = {} for i = 1, 1e5 do t = { t } end return require('json').encode(t)",
      "nested too deep" },
    { "a table that holds itself", "local t = {} t.t = t return require('json').encode(t)",
      "nested too deep" },
    { "a small table that is large when stored",
      "local t = 'xxxxxxxxxxxxxxxx' for i = 1, 60 do t = { t, t } end"
      " return require('json').encode(t)",
      "larger than 64 MiB" },
    { "deep JSON", "return tostring(require('json').decode(('['):rep(100000)))", NULL },
    { "a long source of patterns",
      "local re = require 're' for i = 1, 2000 do re.match('a{1,' .. i .. '}' , 'aaa') end"
      " return 'ok'",
      NULL },
};

// Work that Lua's own libraries do in C, where no hook fires.
static const struct attack in_c[] = {
    { "three lazy quantifiers", "return tostring((('a'):rep(400)):find('.-.-.-b'))",
      "this pattern takes too long" },
    { "many greedy quantifiers", "return tostring((('a'):rep(5000)):find(('a*'):rep(20) .. 'b'))",
      "this pattern takes too long" },
    { "pcall around patterns", "while true do pcall(string.find, ('a'):rep(400), '.-.-.-b') end",
      "stopped: used up" },
    { "a pattern of gsub", "return (('a'):rep(3000)):gsub('(.-)(.-)(.-)b', '')",
      "this pattern takes too long" },
    { "a pattern of gmatch", "for _ in (('a'):rep(3000)):gmatch('.-.-.-b') do end",
      "this pattern takes too long" },
    { "a long subject", "return (('a'):rep(2000000)):find('b*c')", "too long for a pattern" },
    { "balance over and over", "return (('('):rep(200000)):gsub('%b()', '')",
      "this pattern takes too long" },
    { "a pattern that nests", "return ('x'):rep(400):match(('x?'):rep(300) .. 'y')",
      "pattern too complex" },
    { "plain find in a loop", "local s = ('a'):rep(1e6) while true do s:find('b', 1, true) end",
      "stopped" },
    { "PCRE2 that backtracks",
      "return tostring(require('re').match('^(a+)+$', ('a'):rep(50) .. 'b'))", "too much work" },
    { "PCRE2 that backtracks a lot",
      "require('re').match('^(a|aa|a*)*(b|c)*\\\\1$', ('a'):rep(5000) .. 'd')", "re.match:" },
    { "repeating nothing for ever", "return (''):rep(math.maxinteger)", NULL },
    { "repeating nothing with nothing between", "return (''):rep(math.maxinteger, '')", NULL },
    { "repeating too much", "return ('x'):rep(1e12)", "resulting string too large" },
    { "repeating too much with a separator", "return (''):rep(1e12, 'ab')",
      "resulting string too large" },
    { "moving nothing for ever", "table.move({}, 1, math.maxinteger - 1, 2)", "too many elements" },
    { "moving far", "table.move({}, math.mininteger, math.maxinteger, 1)", "too many elements" },
    { "inserting into a long nothing",
      "table.insert(setmetatable({}, { __len = function() return 1e15 // 1 | 0 end }), 1, 0)",
      "too many elements" },
    { "removing from a long nothing",
      "table.remove(setmetatable({}, { __len = function() return 1e15 // 1 | 0 end }), 1)",
      "too many elements" },
    { "sorting a long nothing",
      "table.sort(setmetatable({}, { __len = function() return 1e15 // 1 | 0 end }), rawequal)",
      "too many elements" },
    { "joining what is made up",
      "return table.concat(setmetatable({}, { __index = type }), '', 1, 1e15 // 1 | 0)",
      "too many elements" },
    { "joining as much as may be",
      "return table.concat(setmetatable({}, { __index = type }), '', 1, 9999999)", "stopped" },
    { "unpacking a lot in a loop", "while true do select('#', table.unpack({}, 1, 200000)) end",
      "stopped: used up" },
    { "sorting a lot in a loop",
      "local t = {} for i = 1, 100000 do t[i] = i end while true do table.sort(t) end",
      "stopped: used up" },
    { "pairs over a lot in a loop",
      "local t = {} for i = 1, 100000 do t['k' .. i] = i end while true do pairs(t) end",
      "stopped" },
    { "next over a lot in a loop",
      "local t = {} for i = 1, 100000 do t['k' .. i] = i end while true do next(t) end",
      "stopped: used up" },
    { "encoding in a loop",
      "local t = {} for i = 1, 10000 do t[i] = i end while true do require('json').encode(t) end",
      "stopped" },
    { "decoding in a loop",
      "local s = '[' .. ('1,'):rep(10000) .. '1]' while true do require('json').decode(s) end",
      "stopped" },
    { "statistics in a loop",
      "local t = {} for i = 1, 100000 do t[i] = i end while true do require('stats').mean(t) end",
      "stopped" },
    { "a long list of weights",
      "require('rng').stream('x'):weighted(setmetatable({}, { __len = function() return 1 << 50 "
      "end,"
      " __index = rawlen }))",
      "too long" },
    { "a wide number", "return ('%999d'):format(1)", "invalid conversion" },
    { "upper case in a loop", "local s = ('x'):rep(1e6) while true do s:upper() end",
      "stopped: used up" },
    { "joining long strings in a loop",
      "local s = ('x'):rep(5e6) while true do local t = s .. 'y' end", "stopped: used up" },
};

static double cpu_seconds(void)
{
    struct timespec t = { 0 };

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void withstand(const struct attack *attacks, size_t count, int64_t instructions)
{
    const struct script_limits limits = { .memory_bytes = 64 << 20,
                                          .string_bytes = 8 << 20,
                                          .slice_instructions = instructions };
    struct lab lab;

    lab_open(&lab, &limits);
    for (size_t i = 0; i < count; i++) {
        const struct attack *a = &attacks[i];
        struct lab_result r = { "" };
        double from = cpu_seconds(), took = 0;
        bool ok = lab_eval(&lab, a->body, &r);

        took = cpu_seconds() - from;
        if (getenv("SHOW_TIMES") != NULL)
            printf("%8.3f s %s: %s\n", took, a->name, ok ? "ok" : lab.err.text);
        if (a->fails == NULL && !ok && strstr(lab.err.text, "result 1 must be text") == NULL)
            fail_msg("%s: %s", a->name, lab.err.text);
        if (a->fails != NULL && (ok || strstr(lab.err.text, a->fails) == NULL))
            fail_msg("%s: gave '%s' %s\ninstead of '%s'", a->name, r.text, lab.err.text, a->fails);
        if (took > 20)
            fail_msg("%s took %.1f s", a->name, took);
        // The script lives on.
        if (!lab_eval(&lab, "return 'alive'", &r) || strcmp(r.text, "alive") != 0)
            fail_msg("after %s: %s", a->name, lab.err.text);
        buf_clear(&lab.log);
    }
    lab_close(&lab);
}
#define WITHSTAND(attacks, budget) withstand(attacks, sizeof(attacks) / sizeof(*(attacks)), budget)

static void no_loop_outlives_its_budget(void **state)
{
    (void)state;
    WITHSTAND(loops, 5000000);
}

static void no_bomb_takes_more_than_its_memory(void **state)
{
    (void)state;
    WITHSTAND(bombs, 80000000);
}

static void no_function_of_c_can_be_made_to_run_for_ever(void **state)
{
    (void)state;
    WITHSTAND(in_c, 5000000);
}

static void processor_time_is_the_last_resort(void **state)
{
    // A chain of 2,000 __index tables: 2,000 look-ups for one instruction.
    static const char body[] =
        "local t = {} for i = 1, 1990 do t = setmetatable({}, { __index = t })"
        " end while true do local x = t.x end";
    static const struct script_limits limits = { .slice_cpu_ms = 300 };
    struct lab lab;
    struct lab_result r = { "" };
    double from = 0;

    (void)state;
    lab_open(&lab, &limits);
    from = cpu_seconds();
    assert_false(lab_eval(&lab, body, &r));
    assert_non_null(strstr(lab.err.text, "stopped: took more than 300 ms of processor time"));
    assert_true(cpu_seconds() - from < 10);
    lab_close(&lab);
}

static void a_deep_stack_is_an_error_that_shows_both_ends(void **state)
{
    struct lab lab;
    struct lab_result r = { "" };

    (void)state;
    lab_open(&lab, NULL);
    assert_false(lab_eval(&lab, "local function f() return 1 + f() end f()", &r));
    assert_non_null(strstr(lab.err.text, "scripts/household.lua:3: stack overflow"));
    assert_non_null(strstr(lab.err.text, "(skipping "));
    assert_true(lab_eval(&lab,
                         "local function f() return 1 + f() end"
                         " return select(2, pcall(f)):match('stack overflow')",
                         &r));
    assert_string_equal(r.text, "stack overflow");
    lab_close(&lab);
}

static void memory_is_counted_and_given_back(void **state)
{
    struct lab lab;
    struct lab_result r = { "" };
    size_t before = 0;

    (void)state;
    lab_open(&lab, NULL);
    assert_true(lab_eval(&lab, "return ''", &r));
    script_collect(lab.s);
    before = script_memory(lab.s);
    assert_true(lab_eval(&lab, "local t = {} for i = 1, 1e5 do t[i] = {} end return ''", &r));
    assert_true(lab_eval(&lab, "return ''", &r));
    script_collect(lab.s);
    assert_true(script_memory(lab.s) < before + 4096);
    lab_close(&lab);
}

static void garbage_that_fills_the_memory_is_no_failure(void **state)
{
    static const char body[] = "local t for i = 1, 200 do t = ('x'):rep(100000) .. i end return ''";
    struct script_limits limits = { .memory_bytes = 1 << 20 };
    struct lab lab;
    struct lab_result r = { "" };

    (void)state;
    lab_open(&lab, &limits);
    for (int i = 0; i < 30; i++)
        if (!lab_eval(&lab, body, &r))
            fail_msg("%s", lab.err.text);
    lab_close(&lab);
}

static void a_state_that_does_not_fit_is_an_error(void **state)
{
    struct err err = { { 0 } };

    (void)state;
    for (size_t bytes = 1000; bytes < 40000; bytes += 3000) {
        struct script_limits limits = { .memory_bytes = bytes };
        struct script *s = script_new(&limits, &err);

        if (s == NULL)
            assert_true(err.text[0] != '\0');
        script_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_loop_outlives_its_budget),
        cmocka_unit_test(no_bomb_takes_more_than_its_memory),
        cmocka_unit_test(no_function_of_c_can_be_made_to_run_for_ever),
        cmocka_unit_test(processor_time_is_the_last_resort),
        cmocka_unit_test(a_deep_stack_is_an_error_that_shows_both_ends),
        cmocka_unit_test(memory_is_counted_and_given_back),
        cmocka_unit_test(garbage_that_fills_the_memory_is_no_failure),
        cmocka_unit_test(a_state_that_does_not_fit_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
