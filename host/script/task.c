#include "script/task.h"

#include "base/mem.h"
#include "script/run.h"
#include "script/task_state.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

// ---- Running

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
    task_drop_thread(t);
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
    task_drop_thread(t);
    ready_forget(t);
    t->state = TASK_KILLED;
}

void task_free(struct task *t)
{
    if (t == NULL)
        return;
    assert(t->state != TASK_RUNNING);
    task_cancel(t);
    task_release(t);
}

// ---- What came of it

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
