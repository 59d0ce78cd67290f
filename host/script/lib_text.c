// require "text": how far apart two texts are, and which name was probably meant.

#include "script/lib_text.h"

#include <lauxlib.h>
#include <lua.h>

#include "text/distance.h"

enum { MAX_TEXT = 4096, MAX_NAMES = 500 };

static struct view check_text(lua_State *L, int arg)
{
    struct view text = { 0 };

    text.data = luaL_checklstring(L, arg, &text.len);
    luaL_argcheck(L, text.len <= MAX_TEXT, arg, "must be at most 4096 bytes long");
    return text;
}

static int l_distance(lua_State *L)
{
    struct view a = check_text(L, 1), b = check_text(L, 2);
    lua_Integer limit = luaL_optinteger(L, 3, MAX_TEXT);
    size_t distance = 0;

    luaL_argcheck(L, limit >= 0 && limit <= MAX_TEXT, 3, "must be 0 to 4096");
    distance = view_equal(a, b) ? 0 : distance_within(a, b, (size_t)limit);
    script_charge(L, (lua_Integer)(a.len * 4));
    lua_pushinteger(L, (lua_Integer)distance);
    return 1;
}

static int l_nearest(lua_State *L)
{
    const char *names[MAX_NAMES], *found = NULL;
    struct view word = check_text(L, 1);
    lua_Integer count = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    count = luaL_len(L, 2);
    luaL_argcheck(L, count <= MAX_NAMES, 2, "must be at most 500 names");
    luaL_checkstack(L, (int)count + 4, "too many names");
    for (lua_Integer i = 0; i < count; i++) {
        lua_geti(L, 2, i + 1); // name...
        luaL_argcheck(L, lua_type(L, -1) == LUA_TSTRING, 2, "must be a list of texts");
        names[i] = lua_tostring(L, -1);
    }
    found = distance_nearest(word.data, names, (size_t)count);
    if (found == NULL)
        return 0;
    lua_pushstring(L, found);
    return 1;
}

static const struct script_function functions[] = {
    { "distance", l_distance, SCRIPT_PURE },
    { "nearest", l_nearest, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_text = { .name = "text", .functions = functions };
