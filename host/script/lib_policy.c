// require "policy": what the offline assistant's model thinks of its candidates.

#include "script/lib_policy.h"

#include <lauxlib.h>
#include <lua.h>

#include "learn/choice.h"
#include "learn/exact.h"
#include "learn/features.h"
#include "learn/learner.h"
#include "learn/policy.h"
#include "script/fields.h"
#include "script/lib_policy_impl.h"
#include "script/lib_rng.h"
#include "script/services.h"

static const struct object_type policy_type;

struct service_resident *policy_check(lua_State *L)
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
    struct service_resident *r = policy_check(L);
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
    struct service_resident *r = policy_check(L);
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

// The log probabilities of the logits at argument 1 at the temperature at argument 2; left on the
// stack as a userdata.
static double *push_log_probs(lua_State *L, size_t *count)
{
    double temperature = luaL_checknumber(L, 2), *logits = NULL;

    luaL_checktype(L, 1, LUA_TTABLE);
    *count = (size_t)luaL_len(L, 1);
    luaL_argcheck(L, *count >= 1 && *count <= CANDIDATES_MAX, 1, "must be 1 to 4096 logits");
    luaL_argcheck(L, temperature > 0 && temperature < 1e9, 2, "must be above 0");
    logits = lua_newuserdatauv(L, *count * sizeof(*logits), 0); // logits
    for (size_t i = 0; i < *count; i++) {
        lua_geti(L, 1, (lua_Integer)i + 1);
        logits[i] = luaL_checknumber(L, -1);
        luaL_argcheck(L, logits[i] > -1e300 && logits[i] < 1e300, 1, "logits must be finite");
        lua_pop(L, 1);
    }
    choice_log_probs(logits, *count, temperature, logits);
    return logits;
}

// policy.probabilities(logits, temperature, numbers): for each number of a candidate its
// probability, false where the number is false.
static int l_probabilities(lua_State *L)
{
    size_t count = 0;
    double *logits = NULL;
    lua_Integer wanted = 0;

    luaL_checktype(L, 3, LUA_TTABLE);
    wanted = luaL_len(L, 3);
    luaL_argcheck(L, wanted <= CANDIDATES_MAX, 3, "must be at most 4096 numbers");
    logits = push_log_probs(L, &count); // logits
    lua_createtable(L, (int)wanted, 0); // logits out
    for (lua_Integer i = 1; i <= wanted; i++) {
        lua_geti(L, 3, i); // logits out number
        if (lua_toboolean(L, -1)) {
            lua_Integer number = luaL_checkinteger(L, -1);
            luaL_argcheck(L, number >= 1 && (size_t)number <= count, 3, "no such candidate");
            lua_pop(L, 1);
            lua_pushnumber(L, exact_exp(logits[number - 1])); // logits out p
        }
        lua_rawseti(L, -2, i); // logits out
    }
    return 1;
}

static int l_choose(lua_State *L)
{
    struct rng *rng = rng_check(L, 3);
    size_t count = 0, chosen = 0;
    double *logits = push_log_probs(L, &count); // logits

    chosen = choice_sample(logits, count, rng);
    lua_pushinteger(L, (lua_Integer)chosen + 1);
    lua_pushnumber(L, logits[chosen]);
    return 2;
}

// Argument `arg` as the number of a candidate, from 1; none stands for nil.
static uint16_t check_candidate(lua_State *L, int arg, const struct service_resident *r)
{
    lua_Integer number = 0;

    if (lua_isnoneornil(L, arg))
        return EXAMPLE_NONE;
    number = luaL_checkinteger(L, arg);
    luaL_argcheck(L, number >= 1 && (uint64_t)number <= candidates_count(r->candidates), arg,
                  "there is no such candidate");
    return (uint16_t)(number - 1);
}

static int l_add_example(lua_State *L)
{
    struct service_resident *r = policy_check(L);
    struct features situation = { 0 };
    struct err err = { { 0 } };
    struct example example = { .weight = (float)luaL_optnumber(L, 5, 1),
                               .day = (uint32_t)script_context(script_of(L))->day };

    read_situation(L, r, &situation);
    example.chosen = check_candidate(L, 3, r);
    example.rejected = check_candidate(L, 4, r);
    example.set = replay_add_set(r->replay, r->candidates);
    if (!replay_add(r->replay, &situation, &example, &err))
        return luaL_error(L, "%s", err.text);
    return 0;
}

static enum learn_method read_method(lua_State *L)
{
    static const char *const names[] = { "dpo", "ipo", "kto", "sft", NULL };

    return (enum learn_method)field_choice(L, 2, "method", names);
}

void policy_read_replay(lua_State *L, struct replay_options *replay)
{
    static const char *const names[] = { "equally200", "equally400", "halftoday", "all", NULL };

    lua_getfield(L, 2, "replay");
    if (!lua_isnil(L, -1)) {
        int rule = field_choice(L, 2, "replay", names);
        replay->rule = rule < 2 ? REPLAY_EQUALLY : rule == 2 ? REPLAY_HALF_TODAY : REPLAY_ALL;
        replay->count = rule == 1 ? 400 : 200;
    }
    lua_pop(L, 1);
    replay->half_life_days = field_number_or(L, 2, "half_life_days", replay->half_life_days);
}

static unsigned read_count(lua_State *L, const char *name, unsigned usual)
{
    int64_t value = field_int_or(L, 2, name, usual);

    if (value < 1 || value > 1000000)
        luaL_error(L, "field '%s' must be 1 to 1000000", name);
    return (unsigned)value;
}

// KTO's reference point and what KTO and SFT leave out, where the table at 2 says so.
static void read_singles(lua_State *L, struct learner_options *o)
{
    static const char *const references[] = { "batch", "exact", NULL };
    static const char *const attributes[] = { "silent", "say", NULL };

    if (lua_getfield(L, 2, "kto_reference") != LUA_TNIL)
        o->kto_reference = (enum kto_reference)field_choice(L, 2, "kto_reference", references);
    if (lua_getfield(L, 2, "skip_attribute") != LUA_TNIL)
        o->skip_attribute = name_key(attributes[field_choice(L, 2, "skip_attribute", attributes)]);
    lua_pop(L, 2);
}

// The table at 2: method, and whatever differs from its usual settings (learn/learner.h).
static void read_options(lua_State *L, struct learner_options *o)
{
    learner_defaults(o, read_method(L));
    o->beta = field_number_or(L, 2, "beta", o->beta);
    o->smoothing = field_number_or(L, 2, "smoothing", o->smoothing);
    o->learning_rate = field_number_or(L, 2, "learning_rate", o->learning_rate);
    o->epochs = read_count(L, "epochs", o->epochs);
    o->batch = read_count(L, "batch", o->batch);
    o->accumulate = read_count(L, "accumulate", o->accumulate);
    o->weight_decay = field_number_or(L, 2, "weight_decay", o->weight_decay);
    o->max_norm = field_number_or(L, 2, "max_norm", o->max_norm);
    o->desirable = field_number_or(L, 2, "desirable", o->desirable);
    o->undesirable = field_number_or(L, 2, "undesirable", o->undesirable);
    o->unlikelihood = field_number_or(L, 2, "unlikelihood", o->unlikelihood);
    o->balance = field_number_or(L, 2, "balance", o->balance);
    o->silence_attribute = name_key("silent");
    o->from_reference = field_bool(L, 2, "from_reference");
    if (lua_getfield(L, 2, "linear_decay") != LUA_TNIL)
        o->linear_decay = lua_toboolean(L, -1);
    lua_pop(L, 1);
    read_singles(L, o);
    policy_read_replay(L, &o->replay);
}

uint32_t policy_read_last_day(lua_State *L)
{
    int64_t delay = luaL_optinteger(L, 4, 0), day = script_context(script_of(L))->day - 1;

    luaL_argcheck(L, delay >= 0 && delay <= 100000, 4, "must be 0 to 100000 days");
    return day > delay ? (uint32_t)(day - delay) : 0;
}

static int l_train(lua_State *L)
{
    struct service_resident *r = policy_check(L);
    struct rng stream = { { 0 } };
    struct learner_options options;
    struct learner_report report = { 0 };
    struct err err = { { 0 } };

    luaL_checktype(L, 2, LUA_TTABLE);
    stream = *rng_check(L, 3);
    read_options(L, &options);
    if (!learner_train(r->policy, r->replay, &options, policy_read_last_day(L), &stream, &report,
                       &err))
        return luaL_error(L, "%s", err.text);
    script_charge(L, (lua_Integer)report.used * 2000);
    lua_createtable(L, 0, 6);
    lua_pushinteger(L, (lua_Integer)report.used);
    lua_setfield(L, -2, "used");
    lua_pushinteger(L, (lua_Integer)report.todays);
    lua_setfield(L, -2, "todays");
    lua_pushnumber(L, report.before.loss);
    lua_setfield(L, -2, "loss_before");
    lua_pushnumber(L, report.after.loss);
    lua_setfield(L, -2, "loss_after");
    lua_pushnumber(L, report.after.accuracy);
    lua_setfield(L, -2, "accuracy");
    lua_pushnumber(L, report.change);
    lua_setfield(L, -2, "change");
    return 1;
}

static const struct script_function methods[] = {
    { "examples", l_policy_examples, SCRIPT_EFFECT },
    { "weight", l_policy_weight, SCRIPT_EFFECT },
    { "add_weight", l_policy_add_weight, SCRIPT_EFFECT },
    { "add_example", l_add_example, SCRIPT_EFFECT },
    { "train", l_train, SCRIPT_EFFECT },
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
    { "probabilities", l_probabilities, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type *const types[] = { &policy_type, NULL };

const struct script_module lib_policy = { .name = "policy",
                                          .functions = functions,
                                          .types = types };
