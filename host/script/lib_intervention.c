// require "intervention": what is told to residents by hand, at its step.

#include "script/lib_intervention.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/services.h"

static void push_told(lua_State *L, const struct service_told *told)
{
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, told->who);
    lua_setfield(L, -2, "who");
    lua_pushstring(L, told->kind == INTERVENTION_WHISPER ? "whisper" : "history");
    lua_setfield(L, -2, "kind");
    lua_pushstring(L, told->text);
    lua_setfield(L, -2, "text");
}

static int l_due(lua_State *L)
{
    const struct script_services *s = services_of(L);
    int64_t step = script_context(script_of(L))->step;
    lua_Integer count = 0;

    for (size_t i = 0; i < s->told_count; i++) {
        if (s->told[i].step != step)
            continue;
        if (count == 0)
            lua_newtable(L); // list
        push_told(L, &s->told[i]);
        lua_rawseti(L, -2, ++count);
    }
    return count > 0 ? 1 : 0;
}

static const struct script_function functions[] = {
    { "due", l_due, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_intervention = { .name = "intervention", .functions = functions };
