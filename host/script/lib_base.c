// The functions that scripts have without `require`. What is taken from Lua as it is: assert,
// error, getmetatable, ipairs, rawequal, select, tonumber, type. Not there at all: collectgarbage,
// dofile, load, loadfile, rawset, warn, _G.

#include "script/freeze.h"
#include "script/lib_log.h"
#include "script/limits.h"
#include "script/sandbox.h"

#include <lauxlib.h>
#include <lualib.h>

const char *sandbox_tostring(lua_State *L, int i, size_t *len)
{
    i = lua_absindex(L, i);
    if (luaL_callmeta(L, i, "__tostring")) { // text
        if (!lua_isstring(L, -1))
            luaL_error(L, "'__tostring' must return a string");
        return lua_tolstring(L, -1, len);
    }
    switch (lua_type(L, i)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING: return luaL_tolstring(L, i, len);
    }
    lua_pushstring(L, luaL_typename(L, i));
    return lua_tolstring(L, -1, len);
}

static int l_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    sandbox_tostring(L, 1, NULL);
    return 1;
}

static int l_print(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_Buffer b;

    for (int i = 1; i <= count; i++) {
        sandbox_tostring(L, i, NULL);
        lua_replace(L, i);
    }
    luaL_buffinit(L, &b);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&b, '\t');
        lua_pushvalue(L, i);
        luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
    log_top(L, SCRIPT_INFO);
    return 0;
}

static void refuse_field(lua_State *L, const char *field, const char *why)
{
    lua_pushstring(L, field);
    if (lua_rawget(L, 2) != LUA_TNIL)
        luaL_error(L, "setmetatable: %s is not allowed: %s", field, why);
    lua_pop(L, 1);
}

static int l_setmetatable(lua_State *L)
{
    int type = lua_type(L, 2);

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        refuse_field(L, "__gc", "finalisers would run outside of all limits");
        refuse_field(L, "__mode", "when garbage is collected must not change results");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int l_rawget(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    lua_settop(L, 2);
    if (freeze_push_target(L, 1))
        lua_replace(L, 1);
    lua_rawget(L, 1);
    return 1;
}

static int l_rawlen(lua_State *L)
{
    luaL_argexpected(L, lua_type(L, 1) == LUA_TTABLE || lua_type(L, 1) == LUA_TSTRING, 1,
                     "table or string");
    if (freeze_push_target(L, 1))
        lua_replace(L, 1);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, 1));
    return 1;
}

// Context of a protected call: how many results come before those of the function, and how many
// main chunks were running when it began.
static lua_KContext protection(lua_State *L, int before)
{
    return (lua_KContext)script_of(L)->loading_count * 4 + before;
}

static int finish_pcall(lua_State *L, int status, lua_KContext context)
{
    struct script *s = script_of(L);

    if (s->limits.kill != KILL_NO)
        return limits_pass_on(L);
    if (status != LUA_OK && status != LUA_YIELD) {
        s->loading_count = (int)(context / 4);
        lua_pushboolean(L, 0);
        lua_pushvalue(L, -2); // false error
        return 2;
    }
    return lua_gettop(L) - (int)(context % 4);
}

static int l_pcall(lua_State *L)
{
    int status = LUA_OK;
    lua_KContext context = protection(L, 0);

    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1); // true f arguments...
    status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, context, finish_pcall);
    return finish_pcall(L, status, context);
}

// Upvalue: the script's handler. Lua calls handlers from where the error is raised, also from
// inside of the hook that stops a slice, where no other hook would fire.
static int l_handler(lua_State *L)
{
    if (script_of(L)->limits.kill != KILL_NO)
        return 1;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static int l_xpcall(lua_State *L)
{
    int status = LUA_OK, count = lua_gettop(L);
    lua_KContext context = protection(L, 2);

    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, l_handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2); // f handler true f arguments...
    status = lua_pcallk(L, count - 2, LUA_MULTRET, 2, context, finish_pcall);
    return finish_pcall(L, status, context);
}

void sandbox_add_base(lua_State *L)
{
    static const char *const kept[] = { "assert", "error",    "getmetatable", "ipairs", "rawequal",
                                        "select", "tonumber", "type",         NULL };
    static const luaL_Reg own[] = { { "pcall", l_pcall },
                                    { "print", l_print },
                                    { "rawget", l_rawget },
                                    { "rawlen", l_rawlen },
                                    { "setmetatable", l_setmetatable },
                                    { "tostring", l_tostring },
                                    { "xpcall", l_xpcall },
                                    { NULL, NULL } };
    int base = lua_gettop(L);

    luaL_requiref(L, LUA_GNAME, luaopen_base, 0); // base globals
    sandbox_copy(L, base, kept);
    lua_pop(L, 1);
    luaL_setfuncs(L, own, 0);
}
