// The math library of scripts: Lua's, with random numbers from the household's streams, and exp and
// log that give the same on every machine (learn/exact.h).

#include "learn/exact.h"
#include "script/lib_rng.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>

static int l_exp(lua_State *L)
{
    lua_pushnumber(L, exact_exp(luaL_checknumber(L, 1)));
    return 1;
}

static int l_log(lua_State *L)
{
    double value = exact_log(luaL_checknumber(L, 1));

    if (!lua_isnoneornil(L, 2))
        value /= exact_log(luaL_checknumber(L, 2));
    lua_pushnumber(L, value);
    return 1;
}

void sandbox_push_math(lua_State *L)
{
    static const char *const kept[] = {
        "abs",  "acos", "asin", "atan",       "ceil",       "cos",  "deg",  "floor",
        "fmod", "huge", "max",  "maxinteger", "mininteger", "min",  "modf", "pi",
        "rad",  "sin",  "sqrt", "tan",        "tointeger",  "type", "ult",  NULL,
    };

    lua_createtable(L, 0, 32); // own
    luaopen_math(L);           // own original
    sandbox_copy(L, lua_gettop(L) - 1, kept);
    lua_pop(L, 1);
    lua_pushcfunction(L, rng_l_random);
    lua_setfield(L, -2, "random");
    lua_pushcfunction(L, l_exp);
    lua_setfield(L, -2, "exp");
    lua_pushcfunction(L, l_log);
    lua_setfield(L, -2, "log");
}
