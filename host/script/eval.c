#include "script/eval.h"

#include "base/mem.h"
#include "script/sandbox.h"

#include <lauxlib.h>

static int compile(lua_State *L, const char *data, size_t len)
{
    return luaL_loadbufferx(L, data, len, "=terminal", "t");
}

void eval_push(lua_State *L, struct view text, const char *name, int i)
{
    i = lua_absindex(L, i);
    luaL_checkstack(L, 8, "no room to compile");
    lua_pushfstring(L, "return %s", text.data); // text
    // an expression if it can be read as one, else statements
    if (compile(L, lua_tostring(L, -1), lua_rawlen(L, -1)) != LUA_OK) { // text error
        lua_pop(L, 1);
        if (compile(L, text.data, text.len) != LUA_OK)
            lua_error(L);
    }
    lua_remove(L, -2);        // function
    lua_createtable(L, 0, 1); // function globals
    lua_pushvalue(L, i);
    lua_setfield(L, -2, name);
    sandbox_push_env(L, lua_gettop(L)); // function globals env
    lua_setupvalue(L, -3, 1);           // function globals
    lua_pop(L, 1);
}
