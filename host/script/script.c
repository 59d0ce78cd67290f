#include "script/script.h"

#include "base/mem.h"
#include "base/pool.h"
#include "script/limits.h"
#include "script/run.h"
#include "script/sandbox.h"
#include "script/task_state.h"
#include "script/texts.h"
#include "script/thread.h"

#include <assert.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

const void *registry_key(enum registry_key key)
{
    static const char keys[KEY_COUNT] = { 0 };

    return &keys[key];
}

struct script *script_of(lua_State *L)
{
    return (struct script *)(thread_word(L) & ~(uintptr_t)1);
}

static int panic(lua_State *L)
{
    bool is_protected = false; // everything is, so this is a fault of ours

    (void)L;
    assert(is_protected);
    return 0;
}

static int build(lua_State *L)
{
    sandbox_build(L);
    return 0;
}

struct script *script_new(const struct script_limits *limits, struct err *err)
{
    struct script *s = mem_calloc(1, sizeof(*s));
    uintptr_t word = (uintptr_t)s;

    limits_init(&s->limits, limits);
    s->heap = s->limits.set.heap;
    if (s->heap == NULL)
        s->heap = s->own = pool_new();
    s->L = lua_newstate(limits_allocate, s);
    if (s->L == NULL) {
        err_set(err, "no memory for a Lua state (the limit is %zu bytes)",
                s->limits.set.memory_bytes);
        goto failed;
    }
    memcpy(lua_getextraspace(s->L), &word, sizeof(word));
    lua_atpanic(s->L, panic);
    s->running = s->L;
    if (s->limits.set.collect_at_percent > 0)
        lua_gc(s->L, LUA_GCINC, s->limits.set.collect_at_percent, 0, 0);
    if (s->limits.set.gc_stress) // a whole cycle at each check; a pause of 1 rounds to 0
        lua_gc(s->L, LUA_GCINC, 1, 400, 63);
    if (run_protected(s, build, NULL, err))
        return s;
failed:
    script_free(s);
    return NULL;
}

void script_free(struct script *s)
{
    if (s == NULL)
        return;
    task_fini_all(s);
    if (s->L != NULL)
        lua_close(s->L);
    texts_unref(s->texts);
    free(s->modules);
    free(s->slots);
    free(s->inner);
    buf_fini(&s->trace);
    buf_fini(&s->limits.where);
    pool_free(s->own);
    free(s);
}

struct script_context *script_context(struct script *s)
{
    return &s->context;
}

// Runs a task that must not wait to its end; takes it.
static bool call(struct task *t, script_read_fn read, void *user, struct err *err)
{
    struct script *s = task_script(t);
    bool ok = false;

    s->no_wait++;
    ok = task_resume(t, NULL, NULL) == TASK_DONE;
    s->no_wait--;
    if (!ok)
        err_set(err, "%s", task_error(t));
    else if (read != NULL)
        ok = task_read(t, read, user, err);
    task_free(t);
    return ok;
}

bool script_call(struct script *s, const char *module, const char *function, script_push_fn push,
                 script_read_fn read, void *user, struct err *err)
{
    struct task *t = task_start(s, module, function, push, user, err);

    if (t == NULL)
        return err_wrap(err, "calling %s.%s", module, function);
    return call(t, read, user, err);
}

bool script_call_pushed(struct script *s, script_push_fn push, script_read_fn read, void *user,
                        struct err *err)
{
    struct task *t = task_start_pushed(s, push, user, err);

    return t != NULL && call(t, read, user, err);
}

size_t script_memory(const struct script *s)
{
    return s->limits.used;
}

void script_collect(struct script *s)
{
    lua_gc(s->L, LUA_GCCOLLECT);
}
