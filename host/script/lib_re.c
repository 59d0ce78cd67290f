// Patterns of PCRE2 for scripts: what to use on text that a model wrote. A search that would take
// too long raises; it is never "no match".

#include "script/limits.h"
#include "script/sandbox.h"
#include "script/scratch.h"
#include "script/standard.h"
#include "text/regex.h"

#include <lauxlib.h>
#include <string.h>

enum {
    GROUPS_MAX = 64,      // with the whole match
    CACHE_MAX = 256,      // compiled patterns per script
    PATTERN_MAX = 4096,   // bytes: they are compiled outside of the script's memory limit
    MATCHES_MAX = 100000, // of re.all and the like
    CALL_WORK = 50,
};

struct compiled {
    struct regex *re;
};

static int l_free(lua_State *L)
{
    struct compiled *c = lua_touserdata(L, 1);

    regex_free(c->re);
    c->re = NULL;
    return 0;
}

static void push_metatable(lua_State *L)
{
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, l_free);
    lua_setfield(L, -2, "__gc");
}

static unsigned check_flags(lua_State *L, int arg)
{
    const char *letters = luaL_optstring(L, arg, "");
    unsigned flags = 0;

    for (; *letters != '\0'; letters++) {
        switch (*letters) {
        case 'i': flags |= REGEX_CASELESS; break;
        case 'm': flags |= REGEX_MULTILINE; break;
        case 's': flags |= REGEX_DOTALL; break;
        case 'x': flags |= REGEX_EXTENDED; break;
        default: luaL_argerror(L, arg, "flags are i, m, s and x");
        }
    }
    return flags;
}

// Pushes the cache of this set of flags: pattern -> compiled. Its entry 1 counts.
static void push_cache(lua_State *L, unsigned flags)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_REGEX)) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_REGEX)); // caches
    }
    if (lua_rawgeti(L, -1, (lua_Integer)flags + 1) != LUA_TTABLE) { // caches nil
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, (lua_Integer)flags + 1);
    }
    lua_remove(L, -2); // cache
}

// Pushes the compiled form of the pattern at argument 1 and returns it.
static struct regex *check_pattern(lua_State *L, unsigned flags)
{
    struct err err = { { 0 } };
    struct view pattern = { 0 };
    struct compiled *c = NULL;
    lua_Integer count = 0;

    pattern.data = luaL_checklstring(L, 1, &pattern.len);
    luaL_argcheck(L, pattern.len <= PATTERN_MAX, 1, "the pattern is longer than 4096 bytes");
    limits_charge(script_of(L), CALL_WORK);
    push_cache(L, flags); // cache
    lua_pushvalue(L, 1);
    if (lua_rawget(L, -2) == LUA_TUSERDATA) { // cache compiled
        lua_remove(L, -2);
        return ((struct compiled *)lua_touserdata(L, -1))->re;
    }
    lua_pop(L, 1);
    c = lua_newuserdatauv(L, sizeof(*c), 0); // cache compiled
    c->re = NULL;
    push_metatable(L);
    lua_setmetatable(L, -2);
    limits_charge(script_of(L), 100 * (int64_t)pattern.len);
    c->re = regex_compile(pattern, flags, &err);
    if (c->re == NULL)
        luaL_error(L, "%s", err.text);
    if (regex_group_count(c->re) >= GROUPS_MAX)
        luaL_error(L, "the pattern has more than %d groups", GROUPS_MAX - 1);
    lua_rawgeti(L, -2, 1);
    count = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (count >= CACHE_MAX) {
        lua_pushnil(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_REGEX)); // start again
    } else {
        lua_pushinteger(L, count + 1);
        lua_rawseti(L, -3, 1);
        lua_pushvalue(L, 1);
        lua_pushvalue(L, -2);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2); // compiled
    return c->re;
}

static struct view check_subject(lua_State *L)
{
    struct view v = { 0 };

    v.data = luaL_checklstring(L, 2, &v.len);
    limits_charge(script_of(L), (int64_t)v.len);
    return v;
}

static void push_group(lua_State *L, struct view group)
{
    if (group.data == NULL)
        lua_pushboolean(L, 0); // took no part: no hole in the list
    else
        lua_pushlstring(L, group.data, group.len);
}

// Pushes {[0] = whole, first, second, ..., name = ...}.
static void push_match(lua_State *L, const struct regex *re, const struct view *groups)
{
    size_t count = regex_group_count(re);

    lua_createtable(L, (int)count, 1); // match
    for (size_t i = 0; i <= count; i++) {
        const char *name = i == 0 ? NULL : regex_group_name(re, i);

        push_group(L, groups[i]);
        if (name != NULL) {
            lua_pushvalue(L, -1);
            lua_setfield(L, -3, name);
        }
        lua_rawseti(L, -2, (lua_Integer)i);
    }
}

static int l_match(lua_State *L)
{
    struct view groups[GROUPS_MAX] = { { 0 } };
    struct err err = { { 0 } };
    unsigned flags = check_flags(L, 3);
    struct view subject = check_subject(L);
    struct regex *re = check_pattern(L, flags);

    switch (regex_match(re, subject, groups, GROUPS_MAX, &err)) {
    case REGEX_ERROR: return luaL_error(L, "re.match: %s", err.text);
    case REGEX_NO_MATCH: lua_pushnil(L); return 1;
    case REGEX_MATCH: break;
    }
    push_match(L, re, groups);
    return 1;
}

static int l_find(lua_State *L)
{
    struct view groups[GROUPS_MAX] = { { 0 } };
    struct err err = { { 0 } };
    unsigned flags = check_flags(L, 3);
    struct view subject = check_subject(L);
    struct regex *re = check_pattern(L, flags);

    switch (regex_match(re, subject, groups, GROUPS_MAX, &err)) {
    case REGEX_ERROR: return luaL_error(L, "re.find: %s", err.text);
    case REGEX_NO_MATCH: lua_pushnil(L); return 1;
    case REGEX_MATCH: break;
    }
    lua_pushinteger(L, groups[0].data - subject.data + 1);
    lua_pushinteger(L, groups[0].data - subject.data + (lua_Integer)groups[0].len);
    return 2;
}

// The next match; false when there is none.
static bool next_match(lua_State *L, struct regex_search *search, struct regex *re,
                       struct view *groups, lua_Integer count)
{
    struct err err = { { 0 } };

    if (count >= MATCHES_MAX)
        luaL_error(L, "more than %d matches", MATCHES_MAX);
    limits_charge(script_of(L), CALL_WORK);
    memset(groups, 0, GROUPS_MAX * sizeof(*groups));
    switch (regex_search_next(search, re, groups, GROUPS_MAX, &err)) {
    case REGEX_ERROR: luaL_error(L, "%s", err.text); return false;
    case REGEX_NO_MATCH: return false;
    case REGEX_MATCH: break;
    }
    return true;
}

static void start_search(lua_State *L, struct regex_search *search, struct view subject)
{
    struct err err = { { 0 } };

    if (!regex_search_start(search, subject, &err))
        luaL_error(L, "%s", err.text);
}

static int l_all(lua_State *L)
{
    struct view groups[GROUPS_MAX];
    unsigned flags = check_flags(L, 3);
    struct view subject = check_subject(L);
    struct regex *re = check_pattern(L, flags);
    struct regex_search search;

    start_search(L, &search, subject);
    lua_newtable(L); // list
    for (lua_Integer i = 1; next_match(L, &search, re, groups, i); i++) {
        push_match(L, re, groups);
        lua_rawseti(L, -2, i);
    }
    return 1;
}

static int l_split(lua_State *L)
{
    struct view groups[GROUPS_MAX];
    unsigned flags = check_flags(L, 3);
    struct view subject = check_subject(L);
    struct regex *re = check_pattern(L, flags);
    struct regex_search search;
    const char *from = subject.data, *end = subject.data + subject.len;
    lua_Integer count = 0;

    start_search(L, &search, subject);
    lua_newtable(L); // list
    while (next_match(L, &search, re, groups, count)) {
        if (groups[0].len == 0)
            return luaL_error(L, "re.split: the pattern matches empty text");
        lua_pushlstring(L, from, (size_t)(groups[0].data - from));
        lua_rawseti(L, -2, ++count);
        from = groups[0].data + groups[0].len;
    }
    lua_pushlstring(L, from, (size_t)(end - from));
    lua_rawseti(L, -2, ++count);
    return 1;
}

// Adds the text at argument 3, with $0 to $9 for groups and $$ for a dollar.
static void add_template(lua_State *L, struct buf *out, const struct regex *re,
                         const struct view *groups)
{
    size_t len = 0;
    const char *at = lua_tolstring(L, 3, &len), *end = at + len;

    while (at < end) {
        const char *mark = memchr(at, '$', (size_t)(end - at));
        size_t group = 0;

        buf_add(out, at, (size_t)((mark == NULL ? end : mark) - at));
        if (mark == NULL)
            return;
        at = mark + 2;
        if (mark + 1 < end && mark[1] == '$') {
            buf_add_char(out, '$');
            continue;
        }
        group = mark + 1 < end ? (size_t)(unsigned char)mark[1] - '0' : 10;
        if (group > 9 || group > regex_group_count(re))
            luaL_error(L, "re.replace: after '$' must come the number of a group, or '$'");
        buf_add_view(out, groups[group]);
    }
}

static void add_replacement(lua_State *L, struct buf *out, const struct regex *re,
                            const struct view *groups)
{
    struct view text = { 0 };

    if (lua_type(L, 3) == LUA_TSTRING) {
        add_template(L, out, re, groups);
    } else {
        lua_pushvalue(L, 3);
        push_match(L, re, groups);
        lua_call(L, 1, 1); // text
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "re.replace: the function must return text, not a %s",
                       luaL_typename(L, -1));
        text.data = lua_tolstring(L, -1, &text.len);
        buf_add_view(out, text);
        lua_pop(L, 1);
    }
    if (out->len > script_of(L)->limits.set.string_bytes)
        luaL_error(L, "re.replace: the result is too large");
}

static int l_replace(lua_State *L)
{
    struct view groups[GROUPS_MAX];
    unsigned flags = check_flags(L, 4);
    struct view subject = check_subject(L);
    struct regex *re = NULL;
    struct regex_search search;
    const char *from = subject.data, *end = subject.data + subject.len;
    struct buf *out = NULL;
    lua_Integer count = 0;

    luaL_argexpected(L, lua_type(L, 3) == LUA_TSTRING || lua_type(L, 3) == LUA_TFUNCTION, 3,
                     "text or function");
    re = check_pattern(L, flags);
    start_search(L, &search, subject);
    out = scratch_push(L);
    for (; next_match(L, &search, re, groups, count); count++) {
        buf_add(out, from, (size_t)(groups[0].data - from));
        add_replacement(L, out, re, groups);
        from = groups[0].data + groups[0].len;
    }
    buf_add(out, from, (size_t)(end - from));
    lua_pushlstring(L, buf_str(out), out->len);
    lua_pushinteger(L, count);
    return 2;
}

static int l_escape(lua_State *L)
{
    size_t len = 0;
    const char *text = luaL_checklstring(L, 1, &len);
    luaL_Buffer b;

    luaL_buffinit(L, &b);
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '\0' && strchr("\\^$.[]|()?*+{}#-/ \t\r\n", text[i]) != NULL)
            luaL_addchar(&b, '\\');
        luaL_addchar(&b, text[i]);
    }
    luaL_pushresult(&b);
    return 1;
}

static const struct script_function functions[] = {
    { "all", l_all, SCRIPT_PURE },         { "escape", l_escape, SCRIPT_PURE },
    { "find", l_find, SCRIPT_PURE },       { "match", l_match, SCRIPT_PURE },
    { "replace", l_replace, SCRIPT_PURE }, { "split", l_split, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_re = { .name = "re", .functions = functions };
