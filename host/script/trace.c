#include "script/trace.h"

#include "script/limits.h"

#include <lauxlib.h>

enum { FIRST_LEVELS = 10, LAST_LEVELS = 11 };

static void add_level(struct buf *out, lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "Slnt", ar);
    buf_addf(out, "\n\t%s:", ar->short_src);
    if (ar->currentline > 0)
        buf_addf(out, "%d:", ar->currentline);
    if (*ar->namewhat != '\0')
        buf_addf(out, " in %s '%s'", ar->namewhat, ar->name);
    else if (*ar->what == 'm')
        buf_add_str(out, " in main chunk");
    else if (*ar->what != 'C')
        buf_addf(out, " in function <%s:%d>", ar->short_src, ar->linedefined);
    else
        buf_add_str(out, " in ?");
    if (ar->istailcall)
        buf_add_str(out, "\n\t(...tail calls...)");
}

static int count_levels(lua_State *L)
{
    lua_Debug ar;
    int low = 1, high = 1;

    while (lua_getstack(L, high, &ar)) {
        low = high;
        high *= 2;
    }
    while (low < high) {
        int middle = low + (high - low) / 2;

        if (lua_getstack(L, middle, &ar))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_thread(struct buf *out, lua_State *L, int first)
{
    int count = count_levels(L) - 1; // the bottom frame is ours
    lua_Debug ar;

    for (int level = first; level < count && lua_getstack(L, level, &ar); level++) {
        if (level == first + FIRST_LEVELS && count - first > FIRST_LEVELS + LAST_LEVELS) {
            level = count - LAST_LEVELS;
            buf_addf(out, "\n\t...\t(skipping %d levels)", level - first - FIRST_LEVELS);
            lua_getstack(L, level, &ar);
        }
        add_level(out, L, &ar);
    }
}

void trace_take(struct script *s, lua_State *L, int level)
{
    buf_clear(&s->trace);
    add_thread(&s->trace, L, level);
    for (const struct resume_frame *f = s->frames; f != NULL; f = f->outer)
        add_thread(&s->trace, f->resumer, 0);
}

void trace_add_where(lua_State *L, struct buf *out)
{
    lua_Debug ar;

    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        if (lua_getinfo(L, "Sl", &ar) != 0 && ar.currentline > 0) {
            buf_addf(out, "%s:%d: ", ar.short_src, ar.currentline);
            break;
        }
    }
}

// Context: how many values lie below the results.
static int finish_bottom(lua_State *L, int status, lua_KContext context)
{
    if (script_of(L)->limits.kill != KILL_NO)
        return limits_pass_on(L);
    if (status != LUA_OK && status != LUA_YIELD)
        return lua_error(L);
    return lua_gettop(L) - (int)context;
}

int trace_l_bottom(lua_State *L)
{
    int status = lua_pcallk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, 0, finish_bottom);

    return finish_bottom(L, status, 0);
}

static int l_handler(lua_State *L)
{
    struct script *s = script_of(L);

    if (s->limits.kill == KILL_NO) // else it was taken when the slice was stopped
        trace_take(s, L, 1);
    return 1;
}

int trace_l_traced_bottom(lua_State *L)
{
    int status = LUA_OK;

    lua_pushcfunction(L, l_handler);
    lua_insert(L, 1); // handler function arguments...
    status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 1, 1, finish_bottom);
    return finish_bottom(L, status, 1);
}
