// Making a task: its function and arguments on the stack of its thread.
#include "script/loader.h"
#include "script/run.h"
#include "script/task_state.h"
#include "script/trace.h"

#include <lauxlib.h>

struct start {
    struct task *task;
    const char *module, *function; // NULL: push pushes the function as well
    script_push_fn push;
    void *user;
    bool missing; // the module has not been loaded yet
};

// Everything is pushed here first: what raises must not raise in a thread that is not running.
static int prepare(lua_State *L)
{
    struct start *a = lua_touserdata(L, 1);
    lua_State *co = a->task->co;
    int count = 0;

    lua_pushcfunction(L, trace_l_traced_bottom); // start bottom
    if (a->module != NULL) {
        if (!loader_push_loaded(L, a->module)) {
            a->missing = true;
            return 0;
        }
        if (!loader_push_export(L, a->function)) // start bottom module function
            return luaL_error(L, "%s.%s is not a function", a->module, a->function);
        lua_remove(L, -2); // start bottom function
    }
    count = a->push == NULL ? 0 : a->push(L, a->user); // ... arguments
    if (a->module != NULL)
        count++;
    if (!lua_checkstack(co, count + 1))
        return luaL_error(L, "too many arguments");
    lua_xmove(L, co, count + 1);
    a->task->args = count;
    return 0;
}

static struct task *start(struct script *s, struct start *a, struct err *err)
{
    struct task *t = task_acquire(s, err);

    if (t == NULL)
        return NULL;
    a->task = t;
    if (!run_protected(s, prepare, a, err))
        goto failed;
    if (a->missing) {
        a->missing = false;
        if (!loader_need(s, a->module, err) || !run_protected(s, prepare, a, err))
            goto failed;
    }
    return t;
failed:
    lua_settop(t->co, 0);
    t->state = TASK_DONE;
    task_release(t);
    return NULL;
}

struct task *task_start(struct script *s, const char *module, const char *function,
                        script_push_fn push, void *user, struct err *err)
{
    struct start a = { .module = module, .function = function, .push = push, .user = user };

    return start(s, &a, err);
}

struct task *task_start_pushed(struct script *s, script_push_fn push, void *user, struct err *err)
{
    struct start a = { .push = push, .user = user };

    return start(s, &a, err);
}

struct task *task_spawn(lua_State *L, int nargs)
{
    struct err err = { { 0 } };
    struct task *t = NULL;

    if (!lua_isfunction(L, -(nargs + 1)))
        luaL_error(L, "a task needs a function, not a %s", luaL_typename(L, -(nargs + 1)));
    t = task_acquire(script_of(L), &err);
    if (t == NULL)
        luaL_error(L, "%s", err.text);
    lua_pushcfunction(L, trace_l_traced_bottom);
    lua_insert(L, -(nargs + 2));
    if (!lua_checkstack(t->co, nargs + 2)) {
        t->state = TASK_DONE;
        task_release(t);
        luaL_error(L, "too many arguments");
    }
    lua_xmove(L, t->co, nargs + 2);
    t->args = nargs + 1;
    return t;
}
