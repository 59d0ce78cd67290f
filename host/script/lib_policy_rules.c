// What learning rules written in Lua work on (scripts/assistant/rules.lua): the training set in
// words, and single weights of the policy.

#include <lauxlib.h>
#include <lua.h>

#include "learn/explain.h"
#include "learn/policy.h"
#include "script/lib_policy_impl.h"
#include "script/lib_rng.h"
#include "script/services.h"

// Pushes the text of a feature or attribute.
static void push_name(lua_State *L, const struct service_resident *r, uint64_t key)
{
    uint16_t number = names_find(policy_names(r->policy), key);

    if (number == 0)
        luaL_error(L, "a feature has no name: there are more than %d different ones", NAMES_MAX);
    lua_pushstring(L, names_text(policy_names(r->policy), number));
}

// Sets field `name` of the table at the top to the attributes of a candidate, if there is one.
static void set_attributes(lua_State *L, const struct service_resident *r, const struct example *e,
                           uint16_t candidate, const char *name)
{
    struct feature attributes[ATTRIBUTES_MAX];
    size_t count = 0;

    if (candidate == EXAMPLE_NONE)
        return;
    count = candidates_get(replay_candidates(r->replay, e->set), candidate, attributes);
    lua_createtable(L, (int)count, 0); // example attributes
    for (size_t i = 0; i < count; i++) {
        push_name(L, r, attributes[i].key);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, name);
}

static void push_example(lua_State *L, const struct service_resident *r, size_t number)
{
    const struct example *e = replay_example(r->replay, number);
    struct features situation;

    replay_situation(r->replay, number, &situation);
    lua_createtable(L, 0, 5);                    // example
    lua_createtable(L, (int)situation.count, 0); // example situation
    for (size_t i = 0; i < situation.count; i++) {
        push_name(L, r, situation.items[i].key);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "situation");
    set_attributes(L, r, e, e->chosen, "chosen");
    set_attributes(L, r, e, e->rejected, "rejected");
    lua_pushnumber(L, (lua_Number)e->weight);
    lua_setfield(L, -2, "weight");
    lua_pushinteger(L, e->day);
    lua_setfield(L, -2, "day");
}

// The words for what a rule learns from, as learner_train notes them.
static void note_example(const struct service_resident *r, size_t number)
{
    const struct example *e = replay_example(r->replay, number);
    const struct candidates *c = replay_candidates(r->replay, e->set);
    struct features situation;

    replay_situation(r->replay, number, &situation);
    if (e->chosen != EXAMPLE_NONE)
        policy_note(r->policy, &situation, c, e->chosen);
    if (e->rejected != EXAMPLE_NONE)
        policy_note(r->policy, &situation, c, e->rejected);
}

int l_policy_examples(lua_State *L)
{
    struct service_resident *r = policy_check(L);
    struct replay_options options = { .rule = REPLAY_EQUALLY, .count = 200 };
    uint32_t last = policy_read_last_day(L), *drawn = NULL;
    size_t all = replay_count(r->replay), count = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    (void)rng_check(L, 3);
    policy_read_replay(L, &options);
    drawn = lua_newuserdatauv(L, (all + 1) * sizeof(*drawn), 0); // drawn
    count = replay_draw(r->replay, &options, last, rng_check(L, 3), drawn);
    script_charge(L, (lua_Integer)count * 200);
    lua_createtable(L, (int)count, 0); // drawn list
    for (size_t i = 0; i < count; i++) {
        push_example(L, r, drawn[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
        note_example(r, drawn[i]);
    }
    return 1;
}

// Where the weight of the feature at 2 and the attribute at 3 lies.
static float *find_weight(lua_State *L, struct service_resident *r)
{
    struct features situation = { 0 };
    struct feature attribute = { .key = name_key(luaL_checkstring(L, 3)), .value = 1 };
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    struct err err = { { 0 } };
    size_t count = 0;

    if (!features_add(&situation, NULL, luaL_checkstring(L, 2), 1, &err))
        luaL_error(L, "%s", err.text);
    count = policy_pairs(r->policy, &situation, &attribute, 1, pairs);
    for (size_t i = 0; i < count; i++)
        if (pairs[i].context == situation.items[0].key)
            return &policy_weights(r->policy)[pairs[i].bucket];
    luaL_error(L, "there is no such weight");
    return NULL;
}

int l_policy_weight(lua_State *L)
{
    struct service_resident *r = policy_check(L);

    lua_pushnumber(L, (lua_Number)*find_weight(L, r));
    return 1;
}

int l_policy_add_weight(lua_State *L)
{
    struct service_resident *r = policy_check(L);
    double amount = luaL_checknumber(L, 4);
    float *weight = find_weight(L, r);

    luaL_argcheck(L, amount > -1e7 && amount < 1e7, 4, "must be within -1e7 and 1e7");
    *weight = (float)((double)*weight + amount);
    return 0;
}
