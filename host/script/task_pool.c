// Tasks and their threads are used again: where they come from, and go back to.
#include "base/mem.h"
#include "script/limits.h"
#include "script/run.h"
#include "script/task_state.h"
#include "script/thread.h"

#include <lauxlib.h>
#include <stdlib.h>

static int new_thread(lua_State *L)
{
    struct task *t = lua_touserdata(L, 1);
    lua_State *co = lua_newthread(L);

    t->ref = luaL_ref(L, LUA_REGISTRYINDEX);
    t->co = co;
    return 0;
}

struct task *task_acquire(struct script *s, struct err *err)
{
    struct task *t = s->spare;

    if (s->busy >= s->limits.set.tasks) {
        err_set(err, "more than %u tasks at the same time", s->limits.set.tasks);
        return NULL;
    }
    if (t != NULL) {
        s->spare = t->next;
    } else {
        t = mem_calloc(1, sizeof(*t));
        t->script = s;
    }
    if (t->co == NULL && !run_protected(s, new_thread, t, err)) {
        t->next = s->spare;
        s->spare = t;
        return NULL;
    }
    thread_hold(t->co, true); // scripts may know the thread, but must leave it alone
    limits_watch(t->co);
    t->state = TASK_READY;
    t->waits = 0;
    t->queue = NULL;
    buf_clear(&t->error);
    t->previous = NULL;
    t->next = s->tasks;
    if (t->next != NULL)
        t->next->previous = t;
    s->tasks = t;
    s->busy++;
    return t;
}

void task_drop_thread(struct task *t)
{
    if (t->co == NULL)
        return;
    luaL_unref(t->script->L, LUA_REGISTRYINDEX, t->ref);
    t->co = NULL;
}

void task_release(struct task *t)
{
    struct script *s = t->script;

    if (t->previous != NULL)
        t->previous->next = t->next;
    else
        s->tasks = t->next;
    if (t->next != NULL)
        t->next->previous = t->previous;
    if (t->state == TASK_DONE)
        lua_settop(t->co, 0);
    t->next = s->spare;
    s->spare = t;
    s->busy--;
}

void task_fini_all(struct script *s)
{
    while (s->tasks != NULL)
        task_free(s->tasks);
    while (s->spare != NULL) {
        struct task *t = s->spare;

        s->spare = t->next;
        buf_fini(&t->error);
        free(t->inner);
        free(t);
    }
}
