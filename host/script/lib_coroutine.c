// Coroutines of scripts. They differ from Lua's in three ways: a slice that is stopped stops all
// of them; a host function that waits inside of one makes the whole task wait and goes on inside of
// it; and closing them cannot nest so deep that the C stack overflows (a hole of Lua 5.4.4).

#include "script/coroutine.h"
#include "script/limits.h"
#include "script/run.h"
#include "script/sandbox.h"
#include "script/thread.h"
#include "script/trace.h"

#include <lauxlib.h>

enum { CLOSING_MAX = 10, CREATE_WORK = 100 };

static lua_State *check_thread(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);

    luaL_argexpected(L, co != NULL, 1, "coroutine");
    return co;
}

int coroutine_resume(lua_State *L, lua_State *co, int nargs)
{
    struct script *s = script_of(L);
    struct resume_frame frame = { L, s->frames };
    int status = LUA_OK, count = 0, loading = s->loading_count;
    int first = lua_status(co) == LUA_OK && lua_gettop(co) == 2; // the function is an argument

    if (thread_is_held(co)) {
        lua_pop(L, nargs);
        lua_pushliteral(L, "cannot resume a coroutine that waits for the host");
        return COROUTINE_ERROR;
    }
    if (!lua_checkstack(co, nargs)) {
        lua_pop(L, nargs);
        lua_pushliteral(L, "too many arguments to resume");
        return COROUTINE_ERROR;
    }
    lua_xmove(L, co, nargs);
    s->frames = &frame;
    s->running = co;
    s->yield = YIELD_SCRIPT;
    status = lua_resume(co, L, nargs + first, &count);
    s->frames = frame.outer;
    s->running = L;
    if (s->limits.kill != KILL_NO) {
        if (status == LUA_YIELD && lua_isyieldable(L))
            run_note_inner(s, co);
        else if (status == LUA_YIELD)
            run_close(s, co, NULL);
        return limits_pass_on(L);
    }
    if (status == LUA_YIELD && s->yield == YIELD_WAIT) {
        thread_hold(co, true);
        run_note_inner(s, co);
        return COROUTINE_WAIT;
    }
    if (status != LUA_OK && status != LUA_YIELD) {
        s->loading_count = loading;
        lua_xmove(co, L, 1);
        return COROUTINE_ERROR;
    }
    if (!lua_checkstack(L, count + 1)) {
        lua_pop(co, count);
        lua_pushliteral(L, "too many results to resume");
        return COROUTINE_ERROR;
    }
    lua_xmove(co, L, count);
    return count;
}

// co arguments... -> true results... / false error
static int finish_resume(lua_State *L, int status, lua_KContext context)
{
    lua_State *co = lua_tothread(L, 1);
    int count = 0;

    (void)context;
    if (status == LUA_YIELD) // the host has an answer
        thread_hold(co, false);
    count = coroutine_resume(L, co, lua_gettop(L) - 1);
    if (count == COROUTINE_WAIT) {
        lua_settop(L, 1);
        return lua_yieldk(L, 0, 0, finish_resume);
    }
    if (count == COROUTINE_ERROR) {
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushboolean(L, 1);
    lua_insert(L, -(count + 1));
    return count + 1;
}

static int l_resume(lua_State *L)
{
    check_thread(L);
    return finish_resume(L, LUA_OK, 0);
}

static int close_thread(lua_State *L, lua_State *co)
{
    struct script *s = script_of(L);
    int status = LUA_OK;

    if (s->closing >= CLOSING_MAX)
        return luaL_error(L, "coroutines close one another more than %d deep", CLOSING_MAX);
    s->closing++;
    s->running = co;
    status = lua_resetthread(co);
    s->running = L;
    s->closing--;
    if (s->limits.kill != KILL_NO)
        return limits_pass_on(L);
    return status;
}

// Upvalue: the thread. arguments... -> results...
static int finish_wrap(lua_State *L, int status, lua_KContext context)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int count = 0;

    (void)context;
    if (status == LUA_YIELD)
        thread_hold(co, false);
    count = coroutine_resume(L, co, lua_gettop(L));
    if (count == COROUTINE_WAIT) {
        lua_settop(L, 0);
        return lua_yieldk(L, 0, 0, finish_wrap);
    }
    if (count != COROUTINE_ERROR)
        return count;
    status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) { // ended with an error
        if (close_thread(L, co) != LUA_OK) {
            lua_settop(L, 0);
            lua_xmove(co, L, 1); // closing may have changed the error
        }
    }
    return lua_error(L); // it says its own place
}

static int l_wrapped(lua_State *L)
{
    return finish_wrap(L, LUA_OK, 0);
}

lua_State *coroutine_push(lua_State *L, int function)
{
    lua_State *co = NULL;

    limits_charge(script_of(L), CREATE_WORK);
    co = lua_newthread(L);
    limits_watch(co);
    lua_pushcfunction(L, trace_l_bottom);
    lua_pushvalue(L, function);
    lua_xmove(L, co, 2);
    return co;
}

static int l_create(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    coroutine_push(L, 1);
    return 1;
}

static int l_wrap(lua_State *L)
{
    l_create(L);
    lua_pushcclosure(L, l_wrapped, 1);
    return 1;
}

static int l_yield(lua_State *L)
{
    struct script *s = script_of(L);

    if (s->frames == NULL)
        return luaL_error(L, "coroutine.yield outside of a coroutine");
    s->yield = YIELD_SCRIPT;
    return lua_yield(L, lua_gettop(L));
}

static const char *status_name(lua_State *L, lua_State *co)
{
    lua_Debug ar;

    if (L == co)
        return "running";
    if (lua_status(co) == LUA_YIELD)
        return "suspended";
    if (lua_status(co) != LUA_OK)
        return "dead";
    if (lua_getstack(co, 0, &ar))
        return "normal"; // it resumed another one
    return lua_gettop(co) == 0 ? "dead" : "suspended";
}

static int l_status(lua_State *L)
{
    lua_pushstring(L, status_name(L, check_thread(L)));
    return 1;
}

static int l_close(lua_State *L)
{
    lua_State *co = check_thread(L);
    const char *status = status_name(L, co);

    if (status[0] == 'r' || status[0] == 'n' || thread_is_held(co))
        return luaL_error(L, "cannot close a coroutine that %s",
                          thread_is_held(co) ? "waits for the host" : "is running");
    if (close_thread(L, co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

static int l_isyieldable(lua_State *L)
{
    lua_pushboolean(L, lua_isyieldable(L) && script_of(L)->frames != NULL);
    return 1;
}

static int l_running(lua_State *L)
{
    lua_pushthread(L);
    lua_pushboolean(L, script_of(L)->frames == NULL);
    return 2;
}

void sandbox_push_coroutine(lua_State *L)
{
    static const luaL_Reg own[] = {
        { "close", l_close },   { "create", l_create },   { "isyieldable", l_isyieldable },
        { "resume", l_resume }, { "running", l_running }, { "status", l_status },
        { "wrap", l_wrap },     { "yield", l_yield },     { NULL, NULL },
    };

    luaL_newlib(L, own);
}
