// Simulated time. Scripts have no other: what the wall clock says must not change a result.

#include "base/simtime.h"
#include "script/standard.h"
#include "script/state.h"

#include <lauxlib.h>

// Years 1 to 9999, so that all texts have their usual width.
static const int64_t first_s = -INT64_C(62135596800), last_s = INT64_C(253402300799);

static const struct script_context *check_clock(lua_State *L, const char *name)
{
    const struct script *s = script_of(L);

    if (s->loading_count > 0)
        luaL_error(L, "clock.%s: not while loading: there is no time yet", name);
    if (s->context.step_seconds <= 0)
        luaL_error(L, "clock.%s: there is no simulated time here", name);
    return &s->context;
}

// Argument 1, or now.
static int64_t check_time(lua_State *L, const char *name)
{
    int64_t time_s = 0;

    if (lua_isnoneornil(L, 1))
        return check_clock(L, name)->now_s;
    time_s = luaL_checkinteger(L, 1);
    luaL_argcheck(L, time_s >= first_s && time_s <= last_s, 1, "not a time in the years 1 to 9999");
    return time_s;
}

static int l_now(lua_State *L)
{
    lua_pushinteger(L, check_clock(L, "now")->now_s);
    return 1;
}

static int l_start(lua_State *L)
{
    lua_pushinteger(L, check_clock(L, "start")->start_s);
    return 1;
}

static int l_step(lua_State *L)
{
    lua_pushinteger(L, check_clock(L, "step")->step);
    return 1;
}

static int l_step_seconds(lua_State *L)
{
    lua_pushinteger(L, check_clock(L, "step_seconds")->step_seconds);
    return 1;
}

static int l_day(lua_State *L)
{
    lua_pushinteger(L, check_clock(L, "day")->day);
    return 1;
}

static int l_minute(lua_State *L)
{
    struct civil c = simtime_civil(check_time(L, "minute"));

    // a whole number where it is one, so that texts made of it have no ".0"
    if (c.second == 0)
        lua_pushinteger(L, c.hour * 60 + c.minute);
    else
        lua_pushnumber(L, c.hour * 60 + c.minute + c.second / 60.0);
    return 1;
}

static int l_weekday(lua_State *L)
{
    lua_pushinteger(L, simtime_civil(check_time(L, "weekday")).weekday);
    return 1;
}

static int l_civil(lua_State *L)
{
    struct civil c = simtime_civil(check_time(L, "civil"));
    const struct {
        const char *name;
        int value;
    } fields[] = { { "year", c.year },      { "month", c.month },   { "day", c.day },
                   { "hour", c.hour },      { "minute", c.minute }, { "second", c.second },
                   { "weekday", c.weekday } };

    lua_createtable(L, 0, sizeof(fields) / sizeof(*fields));
    for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
        lua_pushinteger(L, fields[i].value);
        lua_setfield(L, -2, fields[i].name);
    }
    return 1;
}

static int l_time(lua_State *L)
{
    struct civil c = simtime_civil(check_time(L, "time"));
    char text[32];

    snprintf(text, sizeof(text), "%02d:%02d", c.hour, c.minute);
    lua_pushstring(L, text);
    return 1;
}

static int l_date(lua_State *L)
{
    char text[64];

    simtime_format_date(check_time(L, "date"), text);
    lua_pushstring(L, text);
    return 1;
}

static int l_stamp(lua_State *L)
{
    char text[20];

    simtime_format(check_time(L, "stamp"), text);
    lua_pushstring(L, text);
    return 1;
}

static int l_parse(lua_State *L)
{
    struct err err = { { 0 } };
    int64_t time_s = 0;

    if (simtime_parse(luaL_checkstring(L, 1), &time_s, &err)) {
        lua_pushinteger(L, time_s);
        return 1;
    }
    lua_pushnil(L);
    lua_pushstring(L, err.text);
    return 2;
}

static const struct script_function functions[] = {
    { "civil", l_civil, SCRIPT_PURE }, { "date", l_date, SCRIPT_PURE },
    { "day", l_day, SCRIPT_PURE },     { "minute", l_minute, SCRIPT_PURE },
    { "now", l_now, SCRIPT_PURE },     { "parse", l_parse, SCRIPT_PURE },
    { "stamp", l_stamp, SCRIPT_PURE }, { "start", l_start, SCRIPT_PURE },
    { "step", l_step, SCRIPT_PURE },   { "step_seconds", l_step_seconds, SCRIPT_PURE },
    { "time", l_time, SCRIPT_PURE },   { "weekday", l_weekday, SCRIPT_PURE },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_clock = { .name = "clock", .functions = functions };
