// require "policy": what the offline assistant's model thinks of its candidates.

#include "script/lib_policy.h"

#include <lauxlib.h>
#include <lua.h>

#include "learn/choice.h"
#include "learn/features.h"
#include "learn/policy.h"
#include "script/lib_rng.h"
#include "script/services.h"

static const struct object_type policy_type;

static struct service_resident *check_policy(lua_State *L)
{
    return object_check(L, 1, &policy_type);
}

static int l_open(lua_State *L)
{
    struct service_resident *r = services_resident(L, 1);

    if (r->policy_object.generation == 0)
        r->policy_object = object_open(L, &policy_type, r);
    object_push(L, r->policy_object);
    return 1;
}

// The list of texts at the top of the stack: the attributes of one candidate.
static void add_candidate(lua_State *L, struct service_resident *r)
{
    struct err err = { { 0 } };
    lua_Integer count = luaL_len(L, -1);

    if (!candidates_open(r->candidates, &err))
        luaL_error(L, "%s", err.text);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_geti(L, -1, i) != LUA_TSTRING)
            luaL_error(L, "attributes must be texts");
        if (!candidates_add(r->candidates, policy_names(r->policy), lua_tostring(L, -1), 1, &err))
            luaL_error(L, "%s", err.text);
        lua_pop(L, 1);
    }
}

static int l_set_candidates(lua_State *L)
{
    struct service_resident *r = check_policy(L);
    lua_Integer count = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    count = luaL_len(L, 2);
    luaL_argcheck(L, count >= 1 && count <= CANDIDATES_MAX, 2, "must be 1 to 4096 candidates");
    candidates_clear(r->candidates);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_geti(L, 2, i) != LUA_TTABLE)
            return luaL_error(L, "candidate %d must be a list of attributes", (int)i);
        add_candidate(L, r);
        lua_pop(L, 1);
    }
    return 0;
}

// The list of names at argument 2 as a situation.
static void read_situation(lua_State *L, struct service_resident *r, struct features *situation)
{
    struct err err = { { 0 } };
    lua_Integer count = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    count = luaL_len(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_geti(L, 2, i) != LUA_TSTRING)
            luaL_error(L, "features must be texts");
        if (!features_add(situation, policy_names(r->policy), lua_tostring(L, -1), 1, &err))
            luaL_error(L, "%s", err.text);
        lua_pop(L, 1);
    }
}

static int l_score(lua_State *L)
{
    struct service_resident *r = check_policy(L);
    struct features situation = { 0 };
    size_t count = candidates_count(r->candidates);
    double *logits = NULL;

    if (count == 0)
        return luaL_error(L, "set_candidates comes first");
    read_situation(L, r, &situation);
    logits = lua_newuserdatauv(L, count * sizeof(*logits), 0); // logits
    policy_score(r->policy, &situation, r->candidates, logits);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushnumber(L, logits[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int l_choose(lua_State *L)
{
    double temperature = luaL_checknumber(L, 2), *logits = NULL;
    struct rng *rng = rng_check(L, 3);
    size_t count = 0, chosen = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    count = (size_t)luaL_len(L, 1);
    luaL_argcheck(L, count >= 1 && count <= CANDIDATES_MAX, 1, "must be 1 to 4096 logits");
    luaL_argcheck(L, temperature > 0 && temperature < 1e9, 2, "must be above 0");
    logits = lua_newuserdatauv(L, count * sizeof(*logits), 0); // logits
    for (size_t i = 0; i < count; i++) {
        lua_geti(L, 1, (lua_Integer)i + 1);
        logits[i] = luaL_checknumber(L, -1);
        luaL_argcheck(L, logits[i] > -1e300 && logits[i] < 1e300, 1, "logits must be finite");
        lua_pop(L, 1);
    }
    choice_log_probs(logits, count, temperature, logits);
    chosen = choice_sample(logits, count, rng);
    lua_pushinteger(L, (lua_Integer)chosen + 1);
    lua_pushnumber(L, logits[chosen]);
    return 2;
}

static const struct script_function methods[] = {
    { "set_candidates", l_set_candidates, SCRIPT_EFFECT },
    { "score", l_score, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type policy_type = { .name = "policy",
                                                .class_name = "Policy",
                                                .methods = methods };

static const struct script_function functions[] = {
    { "open", l_open, SCRIPT_EFFECT },
    { "choose", l_choose, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type *const types[] = { &policy_type, NULL };

const struct script_module lib_policy = { .name = "policy",
                                          .functions = functions,
                                          .types = types };
