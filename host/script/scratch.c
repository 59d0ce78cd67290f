#include "script/scratch.h"

#include <lauxlib.h>
#include <string.h>

static int l_close(lua_State *L)
{
    buf_fini(lua_touserdata(L, 1)); // closing twice is fine
    return 0;
}

struct buf *scratch_push(lua_State *L)
{
    struct buf *b = NULL;

    luaL_checkstack(L, 4, NULL);
    b = lua_newuserdatauv(L, sizeof(*b), 0); // owner
    memset(b, 0, sizeof(*b));
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_SCRATCH)) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_createtable(L, 0, 2); // owner mt
        lua_pushcfunction(L, l_close);
        lua_setfield(L, -2, "__close");
        lua_pushcfunction(L, l_close);
        lua_setfield(L, -2, "__gc");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_SCRATCH));
    }
    lua_setmetatable(L, -2);
    lua_toclose(L, -1);
    return b;
}
