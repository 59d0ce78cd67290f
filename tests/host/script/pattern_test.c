#include "lab.h"

#include "base/rng.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

// Runs the same call of the string library in plain Lua and in the sandbox, and compares.
struct both {
    struct lab lab;
    lua_State *plain;
};

static const char describe_source[] =
    "local function describe(...)\n"
    " local r = table.pack(...)\n"
    " for i = 1, r.n do\n"
    "  local v = r[i]\n"
    "  r[i] = type(v) == 'string' and string.format('%q', v) or tostring(v) end\n"
    " return table.concat(r, ',') end\n";

static void plain_answer(struct both *b, const char *expression, char out[512])
{
    struct buf text = { 0 };

    buf_addf(&text, "%sreturn select(2, pcall(function() return describe(%s) end))",
             describe_source, expression);
    if (luaL_loadstring(b->plain, buf_str(&text)) != LUA_OK ||
        lua_pcall(b->plain, 0, 1, 0) != LUA_OK)
        fail_msg("%s: %s", expression, lua_tostring(b->plain, -1));
    snprintf(out, 512, "%s", lua_tostring(b->plain, -1));
    lua_settop(b->plain, 0);
    buf_fini(&text);
}

static void our_answer(struct both *b, const char *expression, char out[512])
{
    struct buf text = { 0 };
    struct lab_result r = { "" };

    buf_addf(&text, "%sreturn (select(2, pcall(function() return describe(%s) end)))",
             describe_source, expression);
    if (!lab_eval(&b->lab, buf_str(&text), &r))
        fail_msg("%s: %s", expression, b->lab.err.text);
    snprintf(out, 512, "%.500s", r.text);
    buf_fini(&text);
}

// Errors have other places in front; only what is said counts.
static const char *without_place(const char *text)
{
    const char *found = strstr(text, ": ");

    return found != NULL && (text[0] == '[' || strncmp(text, "scripts/", 8) == 0) ? found + 2
                                                                                  : text;
}

static void compare(struct both *b, const char *expression)
{
    char plain[512], ours[512];

    plain_answer(b, expression, plain);
    our_answer(b, expression, ours);
    if (strcmp(without_place(plain), without_place(ours)) != 0)
        fail_msg("%s\nLua: %s\nours: %s", expression, plain, ours);
}

static void open_both(struct both *b)
{
    lab_open(&b->lab, NULL);
    b->plain = luaL_newstate();
    luaL_openlibs(b->plain);
}

static void close_both(struct both *b)
{
    lua_close(b->plain);
    lab_close(&b->lab);
}

static void patterns_mean_what_they_mean_in_lua(void **state)
{
    static const char *const expressions[] = {
        "('hello world'):find('o w')",
        "('hello world'):find('l+')",
        "('hello'):find('')",
        "('hello'):find('', 6)",
        "('hello'):find('', 7)",
        "('hello'):find('l', -2)",
        "('hello'):find('l', -100)",
        "('a.b'):find('.', 1, true)",
        "('a.b'):find('.b', 1, true)",
        "('a\\0b'):find('\\0')",
        "('a\\0b'):find('%z?b')",
        "('x'):find('^x$')",
        "('xx'):find('^x$')",
        "('a$'):find('a$')",
        "('a$b'):find('a$b')",
        "('  trim me  '):match('^%s*(.-)%s*$')",
        "('key = value'):match('^(%w+)%s*=%s*(%w+)$')",
        "('2025-02-13'):match('(%d+)-(%d+)-(%d+)')",
        "('hello'):match('()ll()')",
        "('abcabc'):match('(abc)%1')",
        "('abcabd'):match('(abc)%1')",
        "('f(a(b)c)d'):match('%b()')",
        "('f(a(b'):match('%b()')",
        "('THE (quick) fox'):find('%f[%a]%a+%f[%A]')",
        "('THE (quick) fox'):gsub('%f[%w]%w+', '<%0>')",
        "('x'):rep(10):match('x-')",
        "('xxxy'):match('x-y')",
        "('abc'):match('[a-c]+')",
        "('abc'):match('[^b]+')",
        "('a]b'):match('[]]')",
        "('a]b'):match('[^]]+')",
        "('a-b'):match('[a-]+')",
        "('a-b'):match('[%a-]+')",
        "('a%b'):match('[%%]')",
        "('é'):match('[\\xc3][\\xa9]')",
        "('A1 b'):match('%u%d%s%l')",
        "('A1 b'):match('%U%D%S%L')",
        "('.,x'):match('%p+')",
        "('\\1\\2'):match('%c+')",
        "('fF9g'):match('%x+')",
        "('abc'):gsub('', '-')",
        "('abc'):gsub('b*', '-')",
        "('hello world'):gsub('o', '0', 1)",
        "('hello world'):gsub('o', '0', 0)",
        "('hello'):gsub('(l)(l)', '%2%1%0%%')",
        "('hello'):gsub('l', { l = 'L' })",
        "('hello'):gsub('.', { l = false, h = 1 })",
        "('hello'):gsub('(h)(e)', function(a, b) return b .. a end)",
        "('hello'):gsub('l', function() end)",
        "('hello'):gsub('()', '%1')",
        "('abc'):gsub('^a', 'x')",
        "('aaa'):gsub('^a', 'x')",
        "('abc'):gsub('%w', '%%%0')",
        "('abc'):gsub('b', '%9')",
        "('abc'):gsub('b', 'x%')",
        "('abc'):gsub('b', '%x')",
        "('abc'):gsub('b', function() return {} end)",
        "('abc'):gsub('b', true)",
        "('abc'):gsub('(', 'x')",
        "('abc'):match('(')",
        "('abc'):match(')')",
        "('abc'):match('(()')",
        "('abc'):match('[a')",
        "('abc'):match('[a%')",
        "('abc'):match('[]')",
        "('abc'):match('[^]')",
        "('abc'):match('%')",
        "('abc'):match('%b')",
        "('abc'):match('%bx')",
        "('abc'):match('%f')",
        "('abc'):match('%1')",
        "('abc'):match('(a)%2')",
        "('abc'):match('(a%1)')",
        "('abc'):match('()%1')",
        "('a'):match(('()'):rep(33))",
        "('abc'):match('a*', 10)",
        "('abc'):find('b', 10)",
        "('abc'):find('b', -1)",
        "('abc'):match('.-$')",
        "('abc'):match('^.-$')",
        "('aXb'):find('%u')",
        "('a*b'):match('a%*b')",
        "('aaa'):match('a?a?a?a?')",
        "('a+b'):gsub('%+', '-')",
        "('abc'):match('[b-]', 2)",
        "('a-c'):match('[%-c]+')",
        "('x^y'):match('x^y')",
        "('[x]'):match('%[(.*)%]')",
        "('%d'):match('%%d')",
        "string.rep('ab', 3, ',')",
        "string.rep('ab', 0)",
        "string.rep('ab', -1)",
        "string.rep('', 5, 'x')",
        "string.format('%5.2f|%-5s|%05d|%x|%q|%g|%c|%i', 1.5, 'a', 42, 255, 'a\\nb', 0.1, 65, 3)",
        "string.format('%s %s %s', nil, true, 1.0)",
        "string.format('%d', 1.5)",
        "string.format('%d')",
        "string.format('%y', 1)",
        "string.format('%s')",
        "string.byte('abc', 1, -1)",
        "string.char(104, 105)",
        "('abc'):sub(-2)",
        "('abc'):upper()",
        "('abc'):reverse()",
        "#('abc')",
    };
    struct both b;

    (void)state;
    open_both(&b);
    for (size_t i = 0; i < sizeof(expressions) / sizeof(*expressions); i++)
        compare(&b, expressions[i]);
    close_both(&b);
}

static void gmatch_walks_as_in_lua(void **state)
{
    static const char *const rows[] = {
        "'one two', '%a+'", "'abc', ''",         "'abc', 'b*'",      "'k=v, a=b', '(%w+)=(%w+)'",
        "'abc', '^a'",      "'hello', 'l', 4",   "'hello', 'l', -2", "'aaa', 'a', 10",
        "'', ''",           "'x\\0y', '[^%z]*'", "'abc', '()'",      "'word word', '%f[%w]%w+'",
    };
    struct both b;

    (void)state;
    open_both(&b);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char expression[256];

        snprintf(expression, sizeof(expression),
                 "(function() local r = {} for a, b in string.gmatch(%s) do r[#r + 1] ="
                 " tostring(a) .. tostring(b) end return table.concat(r, '|') end)()",
                 rows[i]);
        compare(&b, expression);
    }
    close_both(&b);
}

// Patterns put together at random from all that patterns have.
static void random_patterns_give_the_same_in_lua(void **state)
{
    static const char *const parts[] = { "a", "b",    ".",  "%a",  "%d",    "[ab]", "[^a]",
                                         "(", ")",    "()", "%1",  "*",     "+",    "-",
                                         "?", "%b()", "^",  "$",   "%f[a]", "[a-",  "]",
                                         "%", "1",    "%%", "(a)", "(.-)",  "b*",   "%s" };
    static const char letters[] = "aab1 ()b";
    struct rng r = rng_start(1, "", "patterns", 0);
    struct both b;

    (void)state;
    open_both(&b);
    for (int round = 0; round < 1500; round++) {
        struct buf e = { 0 };
        char subject[16] = { 0 };

        for (size_t i = 0; i < rng_below(&r, 12); i++)
            subject[i] = letters[rng_below(&r, sizeof(letters) - 1)];
        buf_addf(&e, "string.%s('%s', '",
                 (const char *const[]){ "find", "match", "gsub" }[round % 3], subject);
        for (size_t i = 0, n = 1 + rng_below(&r, 6); i < n; i++)
            buf_add_str(&e, parts[rng_below(&r, sizeof(parts) / sizeof(*parts))]);
        buf_add_str(&e, round % 3 == 2 ? "', '<%0>')" : "')");
        compare(&b, buf_str(&e));
        buf_fini(&e);
    }
    close_both(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_mean_what_they_mean_in_lua),
        cmocka_unit_test(gmatch_walks_as_in_lua),
        cmocka_unit_test(random_patterns_give_the_same_in_lua),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
