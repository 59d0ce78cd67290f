#include "script/fields.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

enum { MOST_TEXTS = 20 };

static int wrong(lua_State *L, const char *name, const char *wanted)
{
    return luaL_error(L, "field '%s' must be %s, not %s", name, wanted, luaL_typename(L, -1));
}

int64_t field_int_or(struct lua_State *L, int table, const char *name, int64_t none)
{
    int is_int = 0;
    int64_t value = none;

    if (lua_getfield(L, table, name) != LUA_TNIL) {
        value = lua_tointegerx(L, -1, &is_int);
        if (!is_int || lua_type(L, -1) != LUA_TNUMBER)
            wrong(L, name, "a whole number");
    }
    lua_pop(L, 1);
    return value;
}

int64_t field_int(struct lua_State *L, int table, const char *name)
{
    int is_int = 0;
    int64_t value = 0;

    lua_getfield(L, table, name);
    value = lua_tointegerx(L, -1, &is_int);
    if (!is_int || lua_type(L, -1) != LUA_TNUMBER)
        wrong(L, name, "a whole number");
    lua_pop(L, 1);
    return value;
}

double field_number_or(struct lua_State *L, int table, const char *name, double none)
{
    double value = none;

    if (lua_getfield(L, table, name) != LUA_TNIL) {
        if (lua_type(L, -1) != LUA_TNUMBER)
            wrong(L, name, "a number");
        value = lua_tonumber(L, -1);
    }
    lua_pop(L, 1);
    return value;
}

double field_number(struct lua_State *L, int table, const char *name)
{
    double value = 0;

    if (lua_getfield(L, table, name) != LUA_TNUMBER)
        wrong(L, name, "a number");
    value = lua_tonumber(L, -1);
    lua_pop(L, 1);
    return value;
}

bool field_bool(struct lua_State *L, int table, const char *name)
{
    int type = lua_getfield(L, table, name);
    bool value = lua_toboolean(L, -1);

    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        wrong(L, name, "true or false");
    lua_pop(L, 1);
    return value;
}

struct view field_text_or_null(struct lua_State *L, int table, const char *name)
{
    struct view value = { 0 };
    int type = lua_getfield(L, table, name); // the text: stays, the view points into it

    if (type == LUA_TSTRING)
        value.data = lua_tolstring(L, -1, &value.len);
    else if (type != LUA_TNIL)
        wrong(L, name, "a text");
    return value;
}

struct view field_text(struct lua_State *L, int table, const char *name)
{
    struct view value = field_text_or_null(L, table, name);

    if (value.data == NULL)
        wrong(L, name, "a text");
    return value;
}

int field_choice(struct lua_State *L, int table, const char *name, const char *const *list)
{
    const char *value = NULL;

    if (lua_getfield(L, table, name) != LUA_TSTRING)
        wrong(L, name, "a text");
    value = lua_tostring(L, -1);
    for (int i = 0; list[i] != NULL; i++) {
        if (strcmp(list[i], value) == 0) {
            lua_pop(L, 1);
            return i;
        }
    }
    return luaL_error(L, "field '%s' cannot be '%s'", name, value);
}

void fields_keep(struct lua_State *L)
{
    luaL_checkstack(L, MOST_TEXTS, "too many fields");
}
