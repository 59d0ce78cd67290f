// A small numeric kernel for scripts: see numeric.h. Lists must hold finite numbers only.

#include "script/limits.h"
#include "script/numeric.h"
#include "script/resample.h"
#include "script/standard.h"

#include <lauxlib.h>
#include <math.h>

enum { LIST_MAX = 10000000, TIMES_MAX = 10000000 };

// Pushes a copy of the list at argument 1 and returns its numbers.
static double *check_list(lua_State *L, lua_Integer least, lua_Integer *count)
{
    double *x = NULL;

    luaL_checktype(L, 1, LUA_TTABLE);
    *count = luaL_len(L, 1);
    luaL_argcheck(L, *count >= least, 1,
                  least == 1 ? "the list is empty" : "the list needs at least two numbers");
    luaL_argcheck(L, *count <= LIST_MAX, 1, "the list is too long");
    limits_charge(script_of(L), 4 * *count);
    x = lua_newuserdatauv(L, (size_t)*count * sizeof(*x) + 1, 0);
    for (lua_Integer i = 1; i <= *count; i++) {
        lua_geti(L, 1, i);
        if (lua_type(L, -1) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
            luaL_error(L, "entry %I of the list is not a finite number", (LUAI_UACINT)i);
        x[i - 1] = lua_tonumber(L, -1);
        lua_pop(L, 1);
    }
    return x;
}

static int l_sum(lua_State *L)
{
    lua_Integer count = 0;
    double *x = check_list(L, 0, &count);

    lua_pushnumber(L, numeric_sum(x, (size_t)count));
    return 1;
}

static int l_mean(lua_State *L)
{
    lua_Integer count = 0;
    double *x = check_list(L, 1, &count);

    lua_pushnumber(L, numeric_mean(x, (size_t)count));
    return 1;
}

static int l_sd(lua_State *L)
{
    lua_Integer count = 0;
    double *x = check_list(L, 2, &count);

    lua_pushnumber(L, numeric_sd(x, (size_t)count));
    return 1;
}

static int l_quantile(lua_State *L)
{
    lua_Integer count = 0;
    lua_Number p = luaL_checknumber(L, 2);
    double *x = NULL;

    luaL_argcheck(L, p >= 0 && p <= 1, 2, "must be between 0 and 1");
    x = check_list(L, 1, &count);
    numeric_sort(x, (size_t)count);
    lua_pushnumber(L, numeric_quantile(x, (size_t)count, p));
    return 1;
}

static lua_Number check_probability(lua_State *L)
{
    lua_Number p = luaL_checknumber(L, 1);

    luaL_argcheck(L, p > 0 && p < 1, 1, "must be above 0 and below 1");
    return p;
}

static lua_Number check_df(lua_State *L)
{
    lua_Number df = luaL_checknumber(L, 2);

    luaL_argcheck(L, df > 0 && isfinite(df), 2, "degrees of freedom must be above 0");
    return df;
}

static int l_normal_cdf(lua_State *L)
{
    lua_pushnumber(L, numeric_normal_cdf(luaL_checknumber(L, 1)));
    return 1;
}

static int l_normal_quantile(lua_State *L)
{
    lua_pushnumber(L, numeric_normal_quantile(check_probability(L)));
    return 1;
}

static int l_t_cdf(lua_State *L)
{
    lua_Number t = luaL_checknumber(L, 1);

    luaL_argcheck(L, !isnan(t), 1, "is not a number");
    lua_pushnumber(L, numeric_t_cdf(t, check_df(L)));
    return 1;
}

static int l_t_quantile(lua_State *L)
{
    lua_Number p = check_probability(L);

    lua_pushnumber(L, numeric_t_quantile(p, check_df(L)));
    return 1;
}

// How often is drawn (argument 2), and the seed of the draws (argument 3).
struct drawing {
    lua_Integer times, seed;
};

static struct drawing check_drawing(lua_State *L)
{
    struct drawing d = { luaL_checkinteger(L, 2), luaL_optinteger(L, 3, 1) };

    luaL_argcheck(L, d.times >= 1 && d.times <= TIMES_MAX, 2, "must be from 1 to 10 million");
    return d;
}

static struct rng start_drawing(lua_State *L, struct drawing d, const char *purpose, lua_Integer n)
{
    limits_charge(script_of(L), d.times * (n + 8) / 2);
    return rng_start((uint64_t)d.seed, "", purpose, (uint64_t)n);
}

static int l_bootstrap_means(lua_State *L)
{
    lua_Integer count = 0;
    struct drawing d = check_drawing(L);
    double *x = check_list(L, 1, &count), *means = NULL;
    struct rng stream = start_drawing(L, d, "bootstrap", count);

    means = lua_newuserdatauv(L, (size_t)d.times * sizeof(*means), 0);
    resample_means(x, (size_t)count, &stream, means, (size_t)d.times);
    lua_createtable(L, (int)d.times, 0); // list
    for (lua_Integer i = 1; i <= d.times; i++) {
        lua_pushnumber(L, means[i - 1]); // list mean
        lua_rawseti(L, -2, i);
    }
    return 1;
}

static int l_sign_flips(lua_State *L)
{
    lua_Integer count = 0;
    struct drawing d = check_drawing(L);
    double *x = check_list(L, 1, &count), p = 0;
    bool exact = count <= RESAMPLE_EXACT_MAX;

    if (exact) {
        p = resample_flips_exact(x, (size_t)count);
    } else {
        struct rng stream = start_drawing(L, d, "sign flips", count);
        p = resample_flips_drawn(x, (size_t)count, &stream, (size_t)d.times);
    }
    lua_pushnumber(L, p);
    lua_pushboolean(L, exact);
    return 2;
}

static const struct script_function functions[] = {
    { "bootstrap_means", l_bootstrap_means, SCRIPT_PURE },
    { "mean", l_mean, SCRIPT_PURE },
    { "normal_cdf", l_normal_cdf, SCRIPT_PURE },
    { "normal_quantile", l_normal_quantile, SCRIPT_PURE },
    { "quantile", l_quantile, SCRIPT_PURE },
    { "sd", l_sd, SCRIPT_PURE },
    { "sign_flips", l_sign_flips, SCRIPT_PURE },
    { "sum", l_sum, SCRIPT_PURE },
    { "t_cdf", l_t_cdf, SCRIPT_PURE },
    { "t_quantile", l_t_quantile, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_stats = { .name = "stats", .functions = functions };
