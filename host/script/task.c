#include "script/task.h"

#include "base/mem.h"
#include "script/limits.h"
#include "script/loader.h"
#include "script/run.h"
#include "script/task_state.h"
#include "script/thread.h"
#include "script/trace.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

// --- getting and giving back
// ----------------------------------------------------------------------

static int new_thread(lua_State *L)
{
    struct task *t = lua_touserdata(L, 1);
    lua_State *co = lua_newthread(L);

    t->ref = luaL_ref(L, LUA_REGISTRYINDEX);
    t->co = co;
    return 0;
}

static struct task *acquire(struct script *s, struct err *err)
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

static void drop_thread(struct task *t)
{
    if (t->co == NULL)
        return;
    luaL_unref(t->script->L, LUA_REGISTRYINDEX, t->ref);
    t->co = NULL;
}

static void release(struct task *t)
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

// --- start
// ------------------------------------------------------------------------------------------

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
    struct task *t = acquire(s, err);

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
    release(t);
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
    t = acquire(script_of(L), &err);
    if (t == NULL)
        luaL_error(L, "%s", err.text);
    lua_pushcfunction(L, trace_l_traced_bottom);
    lua_insert(L, -(nargs + 2));
    if (!lua_checkstack(t->co, nargs + 2)) {
        t->state = TASK_DONE;
        release(t);
        luaL_error(L, "too many arguments");
    }
    lua_xmove(L, t->co, nargs + 2);
    t->args = nargs + 1;
    return t;
}

// --- running
// -----------------------------------------------------------------------------------------

static void end_badly(struct task *t, enum run_end how)
{
    struct script *s = t->script;
    lua_State **inner = NULL;
    size_t count = 0;

    t->state = how == RUN_KILLED ? TASK_KILLED : TASK_FAILED;
    run_describe(s, t->co, how, &t->error);
    inner = s->inner; // closing runs scripts, which may use the list again
    count = s->inner_count;
    s->inner = NULL;
    s->inner_count = s->inner_cap = 0;
    run_close_inner(s, inner, count, &t->error);
    run_close(s, t->co, &t->error);
    free(inner);
    drop_thread(t);
}

static void keep_inner(struct task *t)
{
    struct script *s = t->script;

    t->inner_count = s->inner_count;
    if (s->inner_count > 0) {
        t->inner = mem_realloc(t->inner, s->inner_count, sizeof(lua_State *));
        memcpy(t->inner, s->inner, s->inner_count * sizeof(lua_State *));
    }
    s->inner_count = 0;
}

struct pushing {
    struct task *task;
    script_push_fn push;
    void *user;
};

static int push_answer(lua_State *L)
{
    struct pushing *p = lua_touserdata(L, 1);
    int count = p->push(L, p->user);

    if (!lua_checkstack(p->task->co, count + 1))
        return luaL_error(L, "too many values");
    lua_xmove(L, p->task->co, count);
    p->task->args = count;
    return 0;
}

enum task_state task_resume(struct task *t, script_push_fn push, void *user)
{
    struct script *s = t->script;
    struct task *before = s->current;
    struct pushing p = { t, push, user };
    struct err err = { { 0 } };
    enum run_end how = RUN_DONE;

    assert(t->state == TASK_WAITING || (t->state == TASK_READY && push == NULL));
    assert(t->queue == NULL);
    if (t->state == TASK_WAITING)
        t->args = 0;
    if (push != NULL && !run_protected(s, push_answer, &p, &err)) {
        task_cancel(t);
        buf_clear(&t->error);
        buf_addf(&t->error, "the answer could not be given to the script: %s", err.text);
        t->state = TASK_FAILED;
        return t->state;
    }
    t->state = TASK_RUNNING;
    t->inner_count = 0;
    s->current = t;
    how = run_slice(s, t->co, t->args, s->limits.set.slice_instructions);
    s->current = before;
    if (how != RUN_WAIT)
        ready_forget(t); // an answer that nobody waits for any more
    switch (how) {
    case RUN_DONE: t->state = TASK_DONE; break;
    case RUN_WAIT:
        t->state = TASK_WAITING;
        keep_inner(t);
        break;
    case RUN_FAILED:
    case RUN_KILLED: end_badly(t, how); break;
    }
    return t->state;
}

void task_cancel(struct task *t)
{
    if (t->state != TASK_READY && t->state != TASK_WAITING)
        return;
    buf_clear(&t->error);
    buf_add_str(&t->error, "cancelled");
    run_close_inner(t->script, t->inner, t->inner_count, &t->error);
    t->inner_count = 0;
    run_close(t->script, t->co, &t->error);
    drop_thread(t);
    ready_forget(t);
    t->state = TASK_KILLED;
}

void task_free(struct task *t)
{
    if (t == NULL)
        return;
    assert(t->state != TASK_RUNNING);
    task_cancel(t);
    release(t);
}

// --- looking
// -----------------------------------------------------------------------------------------

enum task_state task_state(const struct task *t)
{
    return t->state;
}

const char *task_error(const struct task *t)
{
    return t->state == TASK_FAILED || t->state == TASK_KILLED ? buf_str(&t->error) : "";
}

struct script *task_script(const struct task *t)
{
    return t->script;
}

struct reading {
    struct task *task;
    script_read_fn read;
    void *user;
    struct err *err;
    bool ok;
};

static int read_results(lua_State *L)
{
    struct reading *r = lua_touserdata(L, 1);
    int count = lua_gettop(r->task->co);

    lua_settop(L, 0);
    luaL_checkstack(L, count + 10, "too many results");
    lua_xmove(r->task->co, L, count);
    r->ok = r->read(L, count, r->user, r->err);
    return 0;
}

bool task_read(struct task *t, script_read_fn read, void *user, struct err *err)
{
    struct reading r = { t, read, user, err, false };

    assert(t->state == TASK_DONE);
    return run_protected(t->script, read_results, &r, err) && r.ok;
}

int task_take_results(lua_State *L, struct task *t)
{
    int count = lua_gettop(t->co);

    assert(t->state == TASK_DONE);
    luaL_checkstack(L, count + 1, "too many results");
    lua_xmove(t->co, L, count);
    return count;
}
