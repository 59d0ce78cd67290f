// The string library of scripts: Lua's, without dump, pack, packsize and unpack; with patterns
// whose work is limited, and nothing that shows an address.

#include "script/limits.h"
#include "script/pattern.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

enum { BYTES_PER_INSTRUCTION = 64 };

// A start position as scripts give it (from 1, negative from the end) as an offset; may be beyond
// the end.
static size_t start_offset(lua_Integer position, size_t len)
{
    if (position > 0)
        return (size_t)position - 1;
    if (position == 0 || position < -(lua_Integer)len)
        return 0;
    return len + (size_t)position;
}

static int find_plain(lua_State *L, struct view text, size_t from, struct view what)
{
    const char *found = memmem(text.data + from, text.len - from, what.data, what.len);

    limits_charge(script_of(L), (int64_t)((text.len - from) / BYTES_PER_INSTRUCTION));
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text.data + 1);
    lua_pushinteger(L, found - text.data + (lua_Integer)what.len);
    return 2;
}

static bool is_plain(struct view pattern)
{
    for (size_t i = 0; i < pattern.len; i++)
        if (memchr("^$*+?.([%-", pattern.data[i], 10) != NULL)
            return false;
    return true;
}

static int search(lua_State *L, bool is_find)
{
    struct view text = { 0 }, pattern = { 0 };
    struct pattern p;
    const char *end = NULL;
    size_t from = 0;
    bool anchored = false;
    int count = 0;

    text.data = luaL_checklstring(L, 1, &text.len);
    pattern.data = luaL_checklstring(L, 2, &pattern.len);
    from = start_offset(luaL_optinteger(L, 3, 1), text.len);
    if (from > text.len) {
        lua_pushnil(L);
        return 1;
    }
    if (is_find && (lua_toboolean(L, 4) || is_plain(pattern)))
        return find_plain(L, text, from, pattern);
    anchored = pattern.len > 0 && pattern.data[0] == '^';
    pattern_init(&p, L, text.data, text.len, pattern.data + anchored, pattern.len - anchored);
    for (const char *at = text.data + from; at <= p.subject_end; at++) {
        end = pattern_match(&p, at);
        if (end != NULL) {
            if (is_find) {
                lua_pushinteger(L, at - text.data + 1);
                lua_pushinteger(L, end - text.data);
                count = 2 + pattern_push_captures(&p, NULL, NULL);
            } else {
                count = pattern_push_captures(&p, at, end);
            }
            break;
        }
        if (anchored)
            break;
    }
    if (end != NULL)
        return count;
    lua_pushnil(L);
    return 1;
}

static int l_find(lua_State *L)
{
    return search(L, true);
}

static int l_match(lua_State *L)
{
    return search(L, false);
}

// Upvalues: text, pattern, offset to go on at, offset of the end of the last match (-1: none).
static int l_gmatch_step(lua_State *L)
{
    struct pattern p;
    size_t text_len = 0, pattern_len = 0;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &text_len);
    const char *pattern = lua_tolstring(L, lua_upvalueindex(2), &pattern_len);
    lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    int count = 0;

    pattern_init(&p, L, text, text_len, pattern, pattern_len);
    for (; from <= (lua_Integer)text_len && count == 0; from++) {
        const char *end = pattern_match(&p, text + from);

        if (end != NULL && end - text != last) {
            lua_pushinteger(L, end - text);
            lua_copy(L, -1, lua_upvalueindex(3));
            lua_replace(L, lua_upvalueindex(4));
            count = pattern_push_captures(&p, text + from, end);
        }
    }
    return count;
}

static int l_gmatch(lua_State *L)
{
    size_t len = 0, from = 0;

    luaL_checklstring(L, 1, &len);
    luaL_checkstring(L, 2);
    from = start_offset(luaL_optinteger(L, 3, 1), len);
    lua_settop(L, 2);
    lua_pushinteger(L, (lua_Integer)(from > len ? len + 1 : from));
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, l_gmatch_step, 4);
    return 1;
}

static void add_template(struct pattern *p, luaL_Buffer *b, const char *from, const char *to)
{
    lua_State *L = p->L;
    size_t len = 0;
    const char *template = lua_tolstring(L, 3, &len);
    const char *end = template + len;

    while (template <end) {
        const char *mark = memchr(template, '%', (size_t)(end - template));

        luaL_addlstring(b, template, (size_t)((mark == NULL ? end : mark) - template));
        if (mark == NULL)
            return;
        template = mark + 2;
        if (mark + 1 < end && mark[1] == '%') {
            luaL_addchar(b, '%');
        } else if (mark + 1 < end && mark[1] == '0') {
            luaL_addlstring(b, from, (size_t)(to - from));
        } else if (mark + 1 < end && mark[1] >= '1' && mark[1] <= '9') {
            pattern_push_capture(p, mark[1] - '1', from, to);
            luaL_tolstring(L, -1, NULL); // a position
            lua_remove(L, -2);
            luaL_addvalue(b);
        } else {
            luaL_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

// Adds what the match from..to is replaced by. Returns whether it changes anything.
static bool add_replacement(struct pattern *p, luaL_Buffer *b, const char *from, const char *to)
{
    lua_State *L = p->L;
    int count = 0;

    switch (lua_type(L, 3)) {
    case LUA_TFUNCTION:
        lua_pushvalue(L, 3);
        count = pattern_push_captures(p, from, to);
        lua_call(L, count, 1);
        break;
    case LUA_TTABLE:
        pattern_push_capture(p, 0, from, to);
        lua_gettable(L, 3);
        break;
    default: add_template(p, b, from, to); return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(b, from, (size_t)(to - from));
        return false;
    }
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(b);
    return true;
}

static int l_gsub(lua_State *L)
{
    size_t text_len = 0, pattern_len = 0;
    const char *text = luaL_checklstring(L, 1, &text_len);
    const char *pattern = luaL_checklstring(L, 2, &pattern_len);
    lua_Integer max = luaL_optinteger(L, 4, (lua_Integer)text_len + 1), count = 0;
    const char *at = text, *last = NULL;
    bool anchored = pattern_len > 0 && pattern[0] == '^', changed = false;
    int type = lua_type(L, 3);
    struct pattern p;
    luaL_Buffer b;

    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3, "string/function/table");
    pattern_init(&p, L, text, text_len, pattern + anchored, pattern_len - anchored);
    luaL_buffinit(L, &b);
    while (count < max) {
        const char *end = pattern_match(&p, at);

        if (end != NULL && end != last) {
            count++;
            changed = add_replacement(&p, &b, at, end) || changed;
            at = last = end;
        } else if (at < p.subject_end) {
            luaL_addchar(&b, *at++);
        } else {
            break;
        }
        if (anchored)
            break;
    }
    if (changed) {
        luaL_addlstring(&b, at, (size_t)(p.subject_end - at));
        luaL_pushresult(&b);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

// Upvalue: Lua's own.
static int l_rep(lua_State *L)
{
    size_t len = 0, between = 0;
    lua_Integer n = luaL_checkinteger(L, 2);
    size_t limit = script_of(L)->limits.set.string_bytes;

    luaL_checklstring(L, 1, &len);
    luaL_optlstring(L, 3, "", &between);
    if (n <= 0 || len + between == 0) { // Lua would count up to n
        lua_pushliteral(L, "");
        return 1;
    }
    if ((size_t)n > limit / (len + between) + 1)
        return luaL_error(L, "resulting string too large");
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

// Upvalue: Lua's own. Its %s would show addresses of what has no text; %p always does.
static int l_format(lua_State *L)
{
    size_t len = 0;
    const char *at = luaL_checklstring(L, 1, &len), *end = at + len;
    int arg = 1, count = lua_gettop(L);

    for (; at < end; at++) {
        if (*at != '%')
            continue;
        for (at++; at < end && strchr("-+ #0123456789.", *at) != NULL; at++)
            ;
        if (at >= end || *at == '%')
            continue;
        arg++;
        if (*at == 'p')
            return luaL_error(L, "string.format: %%p would show an address, which differs "
                                 "from run to run");
        if (*at == 's' && arg <= count && !lua_isstring(L, arg)) {
            sandbox_tostring(L, arg, NULL);
            lua_replace(L, arg);
        }
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static void wrap(lua_State *L, int from, const char *name, lua_CFunction function)
{
    lua_getfield(L, from, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

void sandbox_push_string(lua_State *L)
{
    static const char *const kept[] = { "byte",    "char", "len",   "lower",
                                        "reverse", "sub",  "upper", NULL };
    static const luaL_Reg own[] = {
        { "find", l_find },   { "gmatch", l_gmatch }, { "gsub", l_gsub },
        { "match", l_match }, { NULL, NULL },
    };
    int original = 0;

    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 0); // original
    original = lua_gettop(L);
    lua_createtable(L, 0, 16); // original own
    lua_pushvalue(L, original);
    sandbox_copy(L, original + 1, kept);
    lua_pop(L, 1);
    luaL_setfuncs(L, own, 0);
    wrap(L, original, "rep", l_rep);
    wrap(L, original, "format", l_format);
    lua_remove(L, original); // own
}
