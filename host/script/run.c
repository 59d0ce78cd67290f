#include "script/run.h"

#include "base/mem.h"
#include "script/limits.h"

#include <lauxlib.h>

void run_add_error(lua_State *L, int i, struct buf *out)
{
    size_t len = 0;
    const char *text = NULL;

    i = lua_absindex(L, i);
    if (lua_type(L, i) == LUA_TTABLE && lua_checkstack(L, 2)) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_MESSAGE)); // "message"
        lua_rawget(L, i);                                             // message?
        if (lua_type(L, -1) == LUA_TSTRING) {
            text = lua_tolstring(L, -1, &len);
            buf_add(out, text, len);
        }
        lua_pop(L, 1);
        if (text != NULL)
            return;
    }
    if (lua_type(L, i) == LUA_TSTRING) {
        text = lua_tolstring(L, i, &len);
        buf_add(out, text, len);
    } else if (lua_type(L, i) == LUA_TNUMBER) {
        buf_addf(out, "%.14g", lua_tonumber(L, i));
    } else {
        buf_addf(out, "(the error value is a %s)", luaL_typename(L, i));
    }
}

bool run_protected(struct script *s, lua_CFunction fn, void *arg, struct err *err)
{
    lua_State *L = s->running;
    struct buf text = { 0 };
    bool ok = false;

    if (s->depth == 0)
        s->limits.budget = INT64_MAX; // no slice: a collection is worth trying before memory is out
    if (!lua_checkstack(L, 4))
        return err_set(err, "no memory is left for the stack of the scripts");
    lua_pushcfunction(L, fn);
    lua_pushlightuserdata(L, arg);
    ok = lua_pcall(L, 1, 0, 0) == LUA_OK;
    if (!ok) {
        run_add_error(L, -1, &text);
        err_set(err, "%s", buf_str(&text));
        lua_pop(L, 1);
    }
    if (s->depth == 0)
        s->limits.kill = KILL_NO;
    buf_fini(&text);
    return ok;
}

enum run_end run_slice(struct script *s, lua_State *co, int nargs, int64_t instructions)
{
    lua_State *resumer = s->running;
    struct resume_frame *frames = s->frames;
    int loading = s->loading_count, count = 0, status = LUA_OK;

    if (s->depth == 0)
        limits_start_slice(s, instructions);
    s->depth++;
    s->frames = NULL;
    s->inner_count = 0;
    buf_clear(&s->trace);
    s->running = co;
    status = lua_resume(co, resumer, nargs, &count);
    s->running = resumer;
    s->frames = frames;
    s->loading_count = loading;
    s->depth--;
    if (s->limits.kill != KILL_NO)
        return RUN_KILLED;
    if (status == LUA_OK)
        return RUN_DONE;
    return status == LUA_YIELD ? RUN_WAIT : RUN_FAILED;
}

void run_describe(struct script *s, lua_State *co, enum run_end end, struct buf *out)
{
    if (end != RUN_KILLED && lua_status(co) == LUA_ERRMEM)
        s->limits.kill = KILL_MEMORY; // refused by the allocator, and raised by Lua
    if (s->limits.kill != KILL_NO)
        limits_describe(s, out);
    else
        run_add_error(co, -1, out);
    buf_add_str(out, "\nstack traceback:");
    buf_add_view(out, buf_view(&s->trace));
}

void run_close(struct script *s, lua_State *co, struct buf *out)
{
    lua_State *before_running = s->running;
    bool failed_before = lua_status(co) != LUA_YIELD;
    struct limits_relaxed before = limits_relax(s);
    int loading = s->loading_count;

    s->depth++;
    s->running = co;
    limits_watch(co);
    if (lua_resetthread(co) != LUA_OK && !failed_before && out != NULL) {
        buf_add_str(out, "\nand while closing: ");
        run_add_error(co, -1, out);
    }
    s->running = before_running;
    s->loading_count = loading;
    s->depth--;
    limits_restore(s, before);
}

void run_close_inner(struct script *s, lua_State **inner, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        run_close(s, inner[i], out);
}

void run_note_inner(struct script *s, lua_State *co)
{
    if (s->inner_count == s->inner_cap) {
        s->inner_cap = mem_grow(s->inner_cap, s->inner_count + 1);
        s->inner = mem_realloc(s->inner, s->inner_cap, sizeof(lua_State *));
    }
    s->inner[s->inner_count++] = co;
}
