#include "script/lib_log.h"

#include "script/limits.h"
#include "script/sandbox.h"
#include "text/utf8.h"

#include <lauxlib.h>
#include <string.h>

enum { MESSAGE_MAX = 16 << 10, MESSAGE_WORK = 1000 };

void log_top(lua_State *L, enum script_level level)
{
    struct script *s = script_of(L);
    size_t len = 0;
    const char *text = lua_tolstring(L, -1, &len);
    char where[LUA_IDSIZE + 16] = "";
    lua_Debug ar;

    limits_charge(s, MESSAGE_WORK);
    if (s->context.log != NULL) {
        struct view view = utf8_cut((struct view){ text, len }, MESSAGE_MAX);

        if (lua_getstack(L, 1, &ar) && lua_getinfo(L, "Sl", &ar) && ar.currentline > 0)
            snprintf(where, sizeof(where), "%s:%d", ar.short_src, ar.currentline);
        s->context.log(s->context.log_user, level, where, view);
    }
    lua_pop(L, 1);
}

static int write_message(lua_State *L, enum script_level level)
{
    int count = lua_gettop(L);

    luaL_checkany(L, 1);
    luaL_argcheck(L, count < 250, 250, "too many values for one message");
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            lua_pushliteral(L, " ");
        sandbox_tostring(L, i, NULL);
    }
    lua_concat(L, 2 * count - 1);
    log_top(L, level);
    return 0;
}

static int l_debug(lua_State *L)
{
    return write_message(L, SCRIPT_DEBUG);
}

static int l_info(lua_State *L)
{
    return write_message(L, SCRIPT_INFO);
}

static int l_warn(lua_State *L)
{
    return write_message(L, SCRIPT_WARN);
}

static int l_error(lua_State *L)
{
    return write_message(L, SCRIPT_ERROR);
}

static const struct script_function functions[] = {
    { "debug", l_debug, SCRIPT_PURE }, { "info", l_info, SCRIPT_PURE },
    { "warn", l_warn, SCRIPT_PURE },   { "error", l_error, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_log = { .name = "log", .functions = functions };
