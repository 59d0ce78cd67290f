#include "script/llm_listen.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/convert.h"
#include "script/loader.h"
#include "script/scratch.h"

static struct view json_of(lua_State *L, int i, const char *name)
{
    struct buf *text = scratch_push(L); // stays on the stack as long as the view is needed
    struct err err = { { 0 } };

    if (!convert_to_json(L, i, name, CONVERT_CANONICAL, text, &err))
        luaL_error(L, "%s", err.text);
    return buf_view(text);
}

struct listening {
    const struct llm_ear *ear;
    struct heard *heard;
};

// listening inputs answer
static int l_listen(lua_State *L)
{
    const struct listening *l = lua_touserdata(L, 1);
    struct heard *heard = l->heard;

    heard->inputs = json_of(L, 2, "inputs");
    if (heard->failure == NULL)
        heard->answer = json_of(L, 3, "answer");
    lua_pushcfunction(L, loader_l_require);
    lua_pushstring(L, "propersim.prompt");
    lua_call(L, 1, 1);
    lua_getfield(L, -1, "render");
    lua_pushstring(L, heard->prompt);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 2); // ... system user
    heard->system.data = luaL_checklstring(L, -2, &heard->system.len);
    heard->user.data = luaL_checklstring(L, -1, &heard->user.len);
    l->ear->hear(l->ear->user, heard);
    return 0;
}

void llm_listen(lua_State *L, const struct llm_ear *ear, struct heard *heard, int inputs,
                int answer)
{
    struct listening l = { ear, heard };

    lua_pushcfunction(L, l_listen); // a function of its own, whose end frees the buffers
    lua_pushlightuserdata(L, &l);
    lua_pushvalue(L, inputs);
    lua_pushvalue(L, answer);
    lua_call(L, 3, 0);
}
