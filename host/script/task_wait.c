// What host functions do that wait, inside of a task.

#include <assert.h>
#include <lauxlib.h>

#include "script/task.h"
#include "script/task_state.h"

void task_check_wait(lua_State *L)
{
    struct script *s = script_of(L);
    bool can = lua_isyieldable(L);

    if (s->current == NULL || s->no_wait > 0 || s->loading_count > 0)
        luaL_error(L, "cannot wait here: this function was called for an answer at once");
    for (const struct resume_frame *f = s->frames; f != NULL; f = f->outer)
        can = can && lua_isyieldable(f->resumer);
    if (!can)
        luaL_error(L, "cannot wait here: functions that string.gsub, table.sort or a metamethod "
                      "calls must not wait");
}

struct task *task_current(lua_State *L)
{
    task_check_wait(L);
    return script_of(L)->current;
}

struct task *task_expect(lua_State *L)
{
    struct task *t = task_current(L);

    t->waits++;
    return t;
}

bool task_arrived(struct task *t)
{
    assert(t->waits > 0);
    return --t->waits == 0;
}

int task_wait(lua_State *L, int (*then)(lua_State *L, int status, intptr_t ctx), intptr_t ctx)
{
    task_check_wait(L);
    script_of(L)->yield = YIELD_WAIT;
    return lua_yieldk(L, 0, ctx, then);
}
