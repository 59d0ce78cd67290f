#include "script/keep.h"

#include <lauxlib.h>
#include <lua.h>

void keep_set(struct lua_State *L, int i, struct keep *keep)
{
    if (keep->ref != 0)
        luaL_unref(L, LUA_REGISTRYINDEX, keep->ref);
    keep->ref = 0;
    lua_pushvalue(L, i);
    keep->ref = luaL_ref(L, LUA_REGISTRYINDEX);
}

void keep_push(struct lua_State *L, struct keep keep)
{
    if (keep.ref == 0)
        lua_pushnil(L);
    else
        lua_rawgeti(L, LUA_REGISTRYINDEX, keep.ref);
}

void keep_push_field(struct lua_State *L, struct keep keep, const char *name)
{
    keep_push(L, keep);
    if (lua_istable(L, -1))
        lua_getfield(L, -1, name);
    else
        lua_pushnil(L);
    lua_remove(L, -2);
}
