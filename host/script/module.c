#include "script/module.h"

#include "base/mem.h"
#include "script/freeze.h"
#include "script/lib_log.h"
#include "script/lib_rng.h"
#include "script/run.h"
#include "script/standard.h"

#include <lauxlib.h>
#include <string.h>

// Upvalues: the struct script_function (static const), its owner's name. The function runs in this
// frame, so it may wait like any other.
static int l_guard(lua_State *L)
{
    const struct script_function *f = lua_touserdata(L, lua_upvalueindex(1));

    if (script_of(L)->loading_count > 0)
        return luaL_error(L,
                          "%s.%s: not while loading (call it from a function, not from the "
                          "main chunk of a module)",
                          lua_tostring(L, lua_upvalueindex(2)), f->name);
    return f->call(L);
}

void module_push_functions(lua_State *L, const struct script_function *functions, const char *owner)
{
    lua_newtable(L); // functions
    for (const struct script_function *f = functions; f->name != NULL; f++) {
        switch (f->kind) {
        case SCRIPT_PURE: lua_pushcfunction(L, f->call); break;
        case SCRIPT_EFFECT:
            // A light userdata cannot be const; the guard only reads it.
            lua_pushlightuserdata(L, (void *)(uintptr_t)f);
            lua_pushstring(L, owner);
            lua_pushcclosure(L, l_guard, 2);
            break;
        }
        lua_setfield(L, -2, f->name);
    }
}

static int add_module(lua_State *L)
{
    const struct script_module *m = lua_touserdata(L, 1);

    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_HOST)); // host
    if (lua_getfield(L, -1, m->name) != LUA_TNIL)
        return luaL_error(L, "the module '%s' is registered twice", m->name);
    lua_pop(L, 1);
    module_push_functions(L, m->functions, m->name); // host module
    if (m->add_constants != NULL)
        m->add_constants(L);
    freeze_table(L, -2, lua_pushfstring(L, "the module '%s'", m->name)); // host module text
    lua_pop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE); // host module loaded
    freeze_push_target(L, -2);
    lua_setfield(L, -2, m->name); // for the names in tracebacks
    lua_pop(L, 1);
    lua_setfield(L, -2, m->name); // host
    return 0;
}

bool script_add_module(struct script *s, const struct script_module *module, struct err *err)
{
    if (!run_protected(s, add_module, (void *)(uintptr_t)module, err))
        return err_wrap(err, "module %s", module->name);
    if (s->module_count == s->module_cap) {
        s->module_cap = mem_grow(s->module_cap, s->module_count + 1);
        s->modules = mem_realloc(s->modules, s->module_cap, sizeof(struct script_module *));
    }
    s->modules[s->module_count++] = module;
    return true;
}

const struct script_module *script_module_at(const struct script *s, size_t i)
{
    return i < s->module_count ? s->modules[i] : NULL;
}

bool script_add_standard_modules(struct script *s, struct err *err)
{
    const struct script_module *const all[] = {
        &lib_json, &lib_re, &lib_rng, &lib_log, &lib_clock, &lib_stats,
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (!script_add_module(s, all[i], err))
            return false;
    return true;
}
