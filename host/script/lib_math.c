// The math library of scripts: Lua's, with random numbers from the household's streams.

#include "script/lib_rng.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>

void sandbox_push_math(lua_State *L)
{
    static const char *const kept[] = {
        "abs",  "acos", "asin", "atan", "ceil",       "cos",        "deg", "exp",  "floor",
        "fmod", "huge", "log",  "max",  "maxinteger", "mininteger", "min", "modf", "pi",
        "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type",       "ult", NULL,
    };

    lua_createtable(L, 0, 32); // own
    luaopen_math(L);           // own original
    sandbox_copy(L, lua_gettop(L) - 1, kept);
    lua_pop(L, 1);
    lua_pushcfunction(L, rng_l_random);
    lua_setfield(L, -2, "random");
}
