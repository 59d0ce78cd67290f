#include "script/value.h"

#include "script/convert.h"
#include "script/lib_rng.h"

#include <lauxlib.h>

void value_push_nil(lua_State *L)
{
    luaL_checkstack(L, 1, NULL);
    lua_pushnil(L);
}

void value_push_bool(lua_State *L, bool value)
{
    luaL_checkstack(L, 1, NULL);
    lua_pushboolean(L, value);
}

void value_push_int(lua_State *L, int64_t value)
{
    luaL_checkstack(L, 1, NULL);
    lua_pushinteger(L, value);
}

void value_push_number(lua_State *L, double value)
{
    luaL_checkstack(L, 1, NULL);
    lua_pushnumber(L, value);
}

void value_push_text(lua_State *L, struct view text)
{
    luaL_checkstack(L, 1, NULL);
    lua_pushlstring(L, text.data, text.len);
}

void value_push_json(lua_State *L, const struct json *value)
{
    luaL_checkstack(L, 1, NULL);
    convert_push_json(L, value);
}

void value_push_rng(lua_State *L, uint64_t key)
{
    luaL_checkstack(L, 1, NULL);
    rng_push(L, rng_from_key(key));
}

static bool refuse(lua_State *L, int i, const char *what, struct err *err)
{
    return err_set(err, "result %d must be %s, not %s", i, what,
                   lua_isnone(L, i) ? "missing" : luaL_typename(L, i));
}

bool value_read_bool(lua_State *L, int i, bool *out, struct err *err)
{
    if (!lua_isboolean(L, i))
        return refuse(L, i, "true or false", err);
    *out = lua_toboolean(L, i);
    return true;
}

bool value_read_int(lua_State *L, int i, int64_t *out, struct err *err)
{
    int is_integer = 0;
    lua_Integer value = 0;

    if (lua_type(L, i) == LUA_TNUMBER)
        value = lua_tointegerx(L, i, &is_integer);
    if (!is_integer)
        return refuse(L, i, "a whole number", err);
    *out = value;
    return true;
}

bool value_read_number(lua_State *L, int i, double *out, struct err *err)
{
    if (lua_type(L, i) != LUA_TNUMBER)
        return refuse(L, i, "a number", err);
    *out = lua_tonumber(L, i);
    return true;
}

bool value_read_text(lua_State *L, int i, struct view *out, struct err *err)
{
    if (lua_type(L, i) != LUA_TSTRING)
        return refuse(L, i, "text", err);
    out->data = lua_tolstring(L, i, &out->len);
    return true;
}

bool value_is_nil(lua_State *L, int i)
{
    return lua_isnoneornil(L, i);
}
