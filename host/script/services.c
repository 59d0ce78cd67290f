#include "script/services.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/lib_intervention.h"
#include "script/lib_llm.h"
#include "script/lib_map.h"
#include "script/lib_memory.h"
#include "script/lib_mmlu.h"
#include "script/lib_policy.h"
#include "script/lib_record.h"
#include "script/lib_text.h"

struct script_services *services_of(struct lua_State *L)
{
    struct script_services *services = script_context(script_of(L))->user;

    if (services == NULL)
        luaL_error(L, "there is no household here");
    return services;
}

struct service_resident *services_resident(struct lua_State *L, int arg)
{
    struct script_services *services = services_of(L);
    lua_Integer who = luaL_checkinteger(L, arg);

    if (who < 1 || who > services->resident_count)
        luaL_error(L, "there is no resident %d", (int)who);
    return &services->residents[who - 1];
}

bool services_add_modules(struct script *s, struct err *err)
{
    static const struct script_module *const modules[] = { &lib_map,          &lib_memory,
                                                           &lib_policy,       &lib_record,
                                                           &lib_intervention, &lib_mmlu,
                                                           &lib_llm,          &lib_text };

    for (size_t i = 0; i < sizeof(modules) / sizeof(*modules); i++) {
        if (!script_add_module(s, modules[i], err))
            return false;
    }
    return true;
}

struct script *services_new_script(const struct script_limits *limits, struct err *err)
{
    struct script *s = script_new(limits, err);

    if (s != NULL && script_add_standard_modules(s, err) && services_add_modules(s, err))
        return s;
    script_free(s);
    return NULL;
}

struct script *services_load_script(const struct script_limits *limits, struct texts *texts,
                                    const struct script_needs *needs, struct err *err)
{
    static const struct script_limits ordinary = { 0 };
    struct script *s = NULL;

    if (texts != NULL)
        s = services_new_script(limits != NULL ? limits : &ordinary, err);
    if (s != NULL && script_load(s, texts, needs, err))
        return s;
    script_free(s);
    return NULL;
}
