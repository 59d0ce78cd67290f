#include "script/freeze.h"

#include <lauxlib.h>

enum { FREEZE_DEPTH = 100 };

bool freeze_push_target(lua_State *L, int i)
{
    if (!lua_getmetatable(L, i))
        return false;
    if (lua_rawgetp(L, -1, registry_key(KEY_FROZEN)) != LUA_TTABLE) { // mt target
        lua_pop(L, 2);
        return false;
    }
    lua_remove(L, -2); // target
    return true;
}

static int l_refuse_write(lua_State *L)
{
    const char *name = "something that is shared";

    if (lua_getmetatable(L, 1) && lua_getfield(L, -1, "__name") == LUA_TSTRING) // mt name
        name = lua_tostring(L, -1);
    if (lua_type(L, 2) == LUA_TSTRING)
        return luaL_error(L,
                          "cannot set '%s': this table belongs to %s and is read-only "
                          "(state belongs into h.state)",
                          lua_tostring(L, 2), name);
    return luaL_error(L,
                      "cannot write: this table belongs to %s and is read-only "
                      "(state belongs into h.state)",
                      name);
}

static int l_length(lua_State *L)
{
    lua_settop(L, 1);
    if (!freeze_push_target(L, 1)) // t target
        lua_pushvalue(L, 1);
    lua_pushinteger(L, luaL_len(L, -1));
    return 1;
}

static void keep_field(lua_State *L, int from, int to, const char *field)
{
    lua_pushstring(L, field); // field
    lua_rawget(L, from);      // value?
    if (lua_isnil(L, -1))
        lua_pop(L, 1);
    else
        lua_setfield(L, to, field);
}

static void freeze_inside(lua_State *L, int i, const char *name, int depth);

// t -> t, with the content moved to a new table that is pushed
static void move_content(lua_State *L, int t, const char *name, int depth)
{
    int target = 0;

    lua_createtable(L, (int)lua_rawlen(L, t), 0); // target
    target = lua_gettop(L);
    lua_pushnil(L); // target nil
    while (lua_next(L, t)) {
        freeze_inside(L, -1, name, depth + 1); // target key value
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, target); // target key
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, t); // target key: clearing a field while going over them is allowed
    }
}

static void freeze_one(lua_State *L, int t, const char *name, int depth)
{
    int target = 0, mt = 0;

    if (depth > FREEZE_DEPTH)
        luaL_error(L, "%s: tables are nested more than %d deep", name, FREEZE_DEPTH);
    luaL_checkstack(L, 12, "too many nested tables");
    lua_createtable(L, 0, 6); // mt
    mt = lua_gettop(L);
    move_content(L, t, name, depth); // mt target
    target = lua_gettop(L);
    if (lua_getmetatable(L, t)) { // mt target old
        keep_field(L, target + 1, mt, "__call");
        keep_field(L, target + 1, mt, "__tostring");
        lua_setmetatable(L, target);
    }
    lua_pushvalue(L, target);
    lua_setfield(L, mt, "__index");
    lua_pushcfunction(L, l_refuse_write);
    lua_setfield(L, mt, "__newindex");
    lua_pushcfunction(L, l_length);
    lua_setfield(L, mt, "__len");
    lua_pushboolean(L, 0);
    lua_setfield(L, mt, "__metatable");
    lua_pushstring(L, name);
    lua_setfield(L, mt, "__name");
    lua_pushvalue(L, target);
    lua_rawsetp(L, mt, registry_key(KEY_FROZEN));
    lua_pushvalue(L, mt);
    lua_setmetatable(L, t);
    lua_settop(L, mt - 1);
}

static void freeze_inside(lua_State *L, int i, const char *name, int depth)
{
    bool is_list = false;

    if (lua_type(L, i) != LUA_TTABLE)
        return;
    i = lua_absindex(L, i);
    if (lua_getmetatable(L, i)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ARRAY));
        is_list = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
        if (!is_list)
            return; // frozen already, or an object with ways of its own
    }
    freeze_one(L, i, name, depth);
}

void freeze_table(lua_State *L, int i, const char *name)
{
    i = lua_absindex(L, i);
    if (freeze_push_target(L, i)) {
        lua_pop(L, 1);
        return;
    }
    freeze_one(L, i, name, 0);
}
