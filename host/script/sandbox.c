#include "script/sandbox.h"

#include "script/freeze.h"
#include "script/loader.h"

#include <lauxlib.h>
#include <lualib.h>

void sandbox_copy(lua_State *L, int target, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        lua_getfield(L, -1, names[i]);
        lua_setfield(L, target, names[i]);
    }
}

static int l_undeclared(lua_State *L)
{
    return luaL_error(L, "'%s' is not defined (there are no globals: use local)",
                      sandbox_tostring(L, 2, NULL));
}

static int l_no_globals(lua_State *L)
{
    return luaL_error(L, "cannot set '%s': there are no globals (use local)",
                      sandbox_tostring(L, 2, NULL));
}

static void add_library(lua_State *L, const char *name)
{
    int base = lua_gettop(L) - 1; // base library

    freeze_table(L, base + 1, lua_pushfstring(L, "the library '%s'", name)); // base library text
    lua_pop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE); // base library loaded
    freeze_push_target(L, base + 1);                      // where tracebacks look for names
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    lua_setfield(L, base, name); // base
}

// s:upper() looks into the functions of scripts. The table behind the frozen one saves a step, and
// no script can reach it, because the metatable is locked.
static void lock_strings(lua_State *L, int base)
{
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1); // "" mt
    lua_getfield(L, base, "string");
    freeze_push_target(L, -1); // "" mt string target
    lua_setfield(L, -3, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -3, "__metatable");
    lua_pop(L, 3);
}

// What the libraries of Lua put into the globals and into the table of loaded modules goes away:
// the sandbox is built up, not cut down.
static void forget_globals(lua_State *L)
{
    lua_newtable(L);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
}

static void build_env(lua_State *L, int base)
{
    lua_createtable(L, 0, 2); // mt of base
    lua_pushcfunction(L, l_undeclared);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, base);
    lua_createtable(L, 0, 4); // mt of each _ENV
    lua_pushvalue(L, base);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, l_no_globals);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ENV));
}

static void build_values(lua_State *L)
{
    lua_pushliteral(L, "stopped"); // no table: raising it must not allocate
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_KILLED));
    lua_pushliteral(L, "message");
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_MESSAGE));
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_LOADED));
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_HOST));
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_OBJECTS));
    lua_createtable(L, 0, 2); // array mark
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "list");
    lua_setfield(L, -2, "__name");
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ARRAY));
}

void sandbox_build(lua_State *L)
{
    int base = 0;

    build_values(L);
    lua_createtable(L, 0, 32); // base
    base = lua_gettop(L);
    sandbox_add_base(L);
    sandbox_add_sorted(L);
    sandbox_push_string(L);
    forget_globals(L);
    add_library(L, "string");
    lock_strings(L, base);
    sandbox_push_table(L);
    add_library(L, "table");
    sandbox_push_math(L);
    add_library(L, "math");
    sandbox_push_coroutine(L);
    add_library(L, "coroutine");
    luaopen_utf8(L);
    add_library(L, "utf8");
    lua_pushcfunction(L, loader_l_require);
    lua_setfield(L, base, "require");
    build_env(L, base);
    lua_pushvalue(L, base);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_BASE));
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, base);
    lua_setfield(L, -2, LUA_GNAME);
    lua_settop(L, base - 1);
}

void sandbox_push_env(lua_State *L, int extra)
{
    lua_newtable(L);                                          // env
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_ENV)); // env mt
    if (extra != 0) {
        lua_createtable(L, 0, 3); // env base-mt mt
        lua_pushvalue(L, extra);
        lua_setfield(L, -2, "__index");
        lua_pushcfunction(L, l_no_globals);
        lua_setfield(L, -2, "__newindex");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
        lua_remove(L, -2); // env mt
        lua_createtable(L, 0, 1);
        lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_BASE));
        lua_setfield(L, -2, "__index");
        lua_setmetatable(L, extra);
    }
    lua_setmetatable(L, -2); // env
}
