#include "script/llm_together.h"

#include <lauxlib.h>
#include <string.h>

#include "script/closable.h"
#include "script/coroutine.h"
#include "script/run.h"
#include "script/services.h"
#include "script/task_state.h"
#include "script/thread.h"

enum { MAX_ITEMS = 1000 };
enum { LIST = 1, FUNCTION, CONTEXT, GROUP, MEMBERS }; // places on the stack

// One call, as it was when it began to wait.
struct member {
    int turn;
    const char *who;
    bool begun;
};

// A userdata. Its user value has the coroutine of each member, false when it has returned.
struct group {
    lua_Integer count;
    struct member members[];
};

// However it ends: those that still wait end as well.
static int l_close(lua_State *L)
{
    const struct group *g = lua_touserdata(L, 1);

    lua_settop(L, 1);
    lua_getiuservalue(L, 1, 1); // group members
    for (lua_Integer i = 1; i <= g->count; i++) {
        if (lua_rawgeti(L, 2, i) == LUA_TTHREAD) // group members co
            run_close(script_of(L), lua_tothread(L, 3), NULL);
        lua_settop(L, 2);
        lua_pushboolean(L, 0);
        lua_rawseti(L, 2, i);
    }
    return 0;
}

static const char metatable_key; // its address names the metatable in the registry

static void push_group(lua_State *L, lua_Integer count)
{
    size_t bytes = sizeof(struct group) + (size_t)count * sizeof(struct member);
    struct group *g = lua_newuserdatauv(L, bytes, 1); // group

    memset(g, 0, bytes);
    lua_createtable(L, (int)count, 0); // group members
    for (lua_Integer i = 1; i <= count; i++) {
        coroutine_push(L, FUNCTION);
        lua_rawseti(L, -2, i);
    }
    lua_setiuservalue(L, -2, 1); // group
    g->count = count;
    closable_scope(L, &metatable_key, l_close);
}

// Runs member i, whose coroutine is at the top, to its end or to where it waits. Returns whether it
// waits.
static bool run(lua_State *L, struct member *m, lua_Integer i)
{
    lua_State *co = lua_tothread(L, -1);
    struct script_context *where = script_context(script_of(L));
    int args = 0, results = 0;

    if (m->begun) {
        thread_hold(co, false);
        services_of(L)->turn = m->turn;
        where->who = m->who;
    } else {
        m->begun = true;
        lua_pushvalue(L, CONTEXT);
        lua_geti(L, LIST, i);
        args = 2;
    }
    results = coroutine_resume(L, co, args);
    if (results == COROUTINE_ERROR)
        lua_error(L); // it says its own place
    if (results != COROUTINE_WAIT && lua_status(co) == LUA_YIELD)
        luaL_error(L, "what llm.together calls must not yield");
    m->turn = services_of(L)->turn;
    m->who = where->who;
    return results == COROUTINE_WAIT;
}

// A round: all that have what they waited for, in the order of the list, so that what happens does
// not depend on which answer came first.
static int go_on(lua_State *L, int status, lua_KContext context)
{
    struct group *g = lua_touserdata(L, GROUP);
    bool waits = false;

    (void)status;
    (void)context;
    lua_settop(L, GROUP);
    lua_getiuservalue(L, GROUP, 1); // ... members
    for (lua_Integer i = 1; i <= g->count; i++) {
        if (lua_rawgeti(L, MEMBERS, i) == LUA_TTHREAD) { // ... members co
            if (run(L, &g->members[i - 1], i)) {
                waits = true;
            } else {
                lua_pushboolean(L, 0);
                lua_rawseti(L, MEMBERS, i);
            }
        }
        lua_settop(L, MEMBERS);
    }
    if (!waits)
        return 0;
    script_of(L)->yield = YIELD_WAIT;
    return lua_yieldk(L, 0, 0, go_on);
}

int l_llm_together(lua_State *L)
{
    const struct script_services *services = services_of(L);
    lua_Integer count = 0;

    luaL_checktype(L, LIST, LUA_TTABLE);
    luaL_checktype(L, FUNCTION, LUA_TFUNCTION);
    lua_settop(L, CONTEXT);
    count = luaL_len(L, LIST);
    luaL_argcheck(L, count <= MAX_ITEMS, LIST, "must have at most 1000 items");
    if (services->asker != NULL) {
        task_check_wait(L);
        push_group(L, count);
        return go_on(L, LUA_OK, 0);
    }
    for (lua_Integer i = 1; i <= count; i++) { // nobody waits
        lua_pushvalue(L, FUNCTION);
        lua_pushvalue(L, CONTEXT);
        lua_geti(L, LIST, i);
        lua_call(L, 2, 0);
    }
    return 0;
}
