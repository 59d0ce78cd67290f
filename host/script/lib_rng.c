#include "script/lib_rng.h"

#include "base/hash.h"
#include "script/limits.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

enum { LIST_MAX = 1000000 };

static const char *who(const struct script *s)
{
    return s->context.who == NULL ? "" : s->context.who;
}

// Uniform in lo..hi, both included.
static lua_Integer between(struct rng *r, lua_Integer lo, lua_Integer hi)
{
    uint64_t count = (uint64_t)hi - (uint64_t)lo + 1;

    if (count == 0) // all 2^64 integers
        return (lua_Integer)rng_u64(r);
    return (lua_Integer)((uint64_t)lo + rng_below(r, count));
}

int rng_l_random(lua_State *L)
{
    struct script *s = script_of(L);
    const struct script_context *c = &s->context;
    uint64_t key = rng_key(c->seed, who(s), "math.random", (uint64_t)c->day);
    lua_Integer lo = 1, hi = 0;

    if (s->loading_count > 0)
        return luaL_error(L, "math.random: not while loading");
    switch (lua_gettop(L)) {
    case 0: break;
    case 1: hi = luaL_checkinteger(L, 1); break;
    case 2:
        lo = luaL_checkinteger(L, 1);
        hi = luaL_checkinteger(L, 2);
        break;
    default: return luaL_error(L, "math.random takes at most two numbers");
    }
    if (lua_gettop(L) > 0)
        luaL_argcheck(L, lo <= hi, lua_gettop(L), "interval is empty");
    if (!s->random_started || s->random_key != key) {
        s->random = rng_from_key(key);
        s->random_key = key;
        s->random_started = true;
    }
    if (lua_gettop(L) == 0)
        lua_pushnumber(L, rng_unit(&s->random));
    else
        lua_pushinteger(L, between(&s->random, lo, hi));
    return 1;
}

static const struct object_type stream_type;

static struct rng *check_stream(lua_State *L)
{
    return object_check_value(L, 1, &stream_type);
}

void rng_push(lua_State *L, struct rng stream)
{
    struct rng *r = object_new_value(L, &stream_type, sizeof(*r));

    *r = stream;
}

struct rng *rng_check(lua_State *L, int arg)
{
    return object_check_value(L, arg, &stream_type);
}

static int l_stream(lua_State *L)
{
    const struct script_context *c = &script_of(L)->context;
    const char *purpose = luaL_checkstring(L, 1);
    bool numbered = !lua_isnoneornil(L, 2);
    lua_Integer number = numbered ? luaL_checkinteger(L, 2) : c->day;
    uint64_t key = rng_key(c->seed, who(script_of(L)), purpose, (uint64_t)number);
    struct rng *r = NULL;

    // Streams of a number and streams of a day have different names, whatever the number.
    if (numbered)
        key = hash64_u64(key, 1);
    r = object_new_value(L, &stream_type, sizeof(*r));
    *r = rng_from_key(key);
    return 1;
}

static int l_unit(lua_State *L)
{
    lua_pushnumber(L, rng_unit(check_stream(L)));
    return 1;
}

static int l_below(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Integer n = luaL_checkinteger(L, 2);

    luaL_argcheck(L, n >= 1, 2, "must be at least 1");
    lua_pushinteger(L, (lua_Integer)rng_below(r, (uint64_t)n));
    return 1;
}

static int l_between(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Integer lo = luaL_checkinteger(L, 2), hi = luaL_checkinteger(L, 3);

    luaL_argcheck(L, lo <= hi, 3, "must not be below the first");
    lua_pushinteger(L, between(r, lo, hi));
    return 1;
}

static int l_normal(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Number mean = luaL_optnumber(L, 2, 0), sd = luaL_optnumber(L, 3, 1);

    luaL_argcheck(L, isfinite(mean), 2, "must be finite");
    luaL_argcheck(L, isfinite(sd) && sd >= 0, 3, "must be finite and not negative");
    lua_pushnumber(L, mean + sd * rng_normal(r));
    return 1;
}

static int l_chance(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Number p = luaL_checknumber(L, 2);

    luaL_argcheck(L, p >= 0 && p <= 1, 2, "a probability is between 0 and 1");
    lua_pushboolean(L, rng_unit(r) < p);
    return 1;
}

static lua_Integer check_list(lua_State *L)
{
    lua_Integer count = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    count = luaL_len(L, 2);
    luaL_argcheck(L, count <= LIST_MAX, 2, "the list is too long");
    limits_charge(script_of(L), count);
    return count;
}

static int l_pick(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Integer count = check_list(L);

    luaL_argcheck(L, count >= 1, 2, "cannot pick from an empty list");
    lua_geti(L, 2, (lua_Integer)rng_below(r, (uint64_t)count) + 1);
    return 1;
}

static int l_shuffle(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Integer count = check_list(L);

    lua_createtable(L, (int)count, 0); // copy
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, 2, i);
        lua_rawseti(L, -2, i);
    }
    for (lua_Integer i = count; i > 1; i--) { // Fisher and Yates
        lua_Integer j = (lua_Integer)rng_below(r, (uint64_t)i) + 1;

        lua_rawgeti(L, -1, i);
        lua_rawgeti(L, -2, j);
        lua_rawseti(L, -3, i);
        lua_rawseti(L, -2, j);
    }
    return 1;
}

// The sum of the weights; raises if they are not such.
static lua_Number sum_weights(lua_State *L, lua_Integer count)
{
    lua_Number sum = 0, weight = 0;

    for (lua_Integer i = 1; i <= count; i++) {
        int is_number = 0;

        lua_geti(L, 2, i);
        weight = lua_tonumberx(L, -1, &is_number);
        if (!is_number || !isfinite(weight) || weight < 0)
            luaL_error(L, "weight %I must be a finite number of at least 0", (LUAI_UACINT)i);
        sum += weight;
        lua_pop(L, 1);
    }
    if (!(sum > 0) || !isfinite(sum))
        luaL_error(L, "the weights must have a finite sum above 0");
    return sum;
}

static int l_weighted(lua_State *L)
{
    struct rng *r = check_stream(L);
    lua_Integer count = check_list(L), last = 0;
    lua_Number left = sum_weights(L, count) * rng_unit(r);

    for (lua_Integer i = 1; i <= count; i++) {
        lua_Number weight = 0;

        lua_geti(L, 2, i);
        weight = lua_tonumber(L, -1);
        lua_pop(L, 1);
        if (weight > 0) {
            last = i; // rounding may leave a bit at the end; never pick a weight of 0
            if (left < weight)
                break;
        }
        left -= weight;
    }
    lua_pushinteger(L, last);
    return 1;
}

static const struct script_function methods[] = {
    { "below", l_below, SCRIPT_PURE },   { "between", l_between, SCRIPT_PURE },
    { "chance", l_chance, SCRIPT_PURE }, { "normal", l_normal, SCRIPT_PURE },
    { "pick", l_pick, SCRIPT_PURE },     { "shuffle", l_shuffle, SCRIPT_PURE },
    { "unit", l_unit, SCRIPT_PURE },     { "weighted", l_weighted, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type stream_type = {
    .name = "random stream",
    .class_name = "RandomStream",
    .methods = methods,
};

static const struct script_function functions[] = {
    { "stream", l_stream, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type *const types[] = { &stream_type, NULL };

const struct script_module lib_rng = {
    .name = "rng",
    .functions = functions,
    .types = types,
};
