#include "script/convert.h"
#include "script/scratch.h"
#include "script/standard.h"
#include "script/state.h"

#include <lauxlib.h>

static int l_encode(lua_State *L)
{
    struct err err = { { 0 } };
    enum convert_style style = CONVERT_CANONICAL;
    struct buf *out = NULL;

    luaL_checkany(L, 1);
    if (!lua_isnoneornil(L, 2)) {
        luaL_checktype(L, 2, LUA_TTABLE);
        lua_getfield(L, 2, "pretty");
        if (lua_toboolean(L, -1))
            style = CONVERT_PRETTY;
    }
    lua_settop(L, 1);
    out = scratch_push(L); // value owner
    if (!convert_to_json(L, 1, "value", style, out, &err))
        return luaL_error(L, "json.encode: %s", err.text);
    lua_pushlstring(L, out->data, out->len);
    return 1;
}

static int l_decode(lua_State *L)
{
    struct err err = { { 0 } };
    struct view text = { 0 };

    text.data = luaL_checklstring(L, 1, &text.len);
    if (convert_from_json(L, text, &err))
        return 1;
    lua_pushnil(L);
    lua_pushstring(L, err.text);
    return 2;
}

static int l_array(lua_State *L)
{
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    if (lua_getmetatable(L, 1)) { // t mt
        lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ARRAY));
        if (!lua_rawequal(L, -1, -2))
            return luaL_error(L, "json.array: the table has a metatable, or is read-only");
        lua_settop(L, 1);
    }
    convert_mark_array(L, 1);
    return 1;
}

static int l_null_tostring(lua_State *L)
{
    lua_pushliteral(L, "null");
    return 1;
}

// All light userdata share one metatable; null is the only one that scripts see.
static void add_constants(lua_State *L)
{
    convert_push_null(L);
    lua_createtable(L, 0, 3); // module null mt
    lua_pushcfunction(L, l_null_tostring);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "null");
    lua_setfield(L, -2, "__name");
    lua_setmetatable(L, -2);
    lua_setfield(L, -2, "null");
}

static const struct script_function functions[] = {
    { "array", l_array, SCRIPT_PURE },
    { "decode", l_decode, SCRIPT_PURE },
    { "encode", l_encode, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_json = {
    .name = "json",
    .functions = functions,
    .add_constants = add_constants,
};
