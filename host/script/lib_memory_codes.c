// memory.codes of require "memory": what a text is about, as a few small numbers (memory_codes.h).

#include "script/lib_memory_impl.h"

#include <lauxlib.h>
#include <lua.h>

#include "memory/embed.h"
#include "script/embed_wait.h"
#include "script/memory_codes.h"
#include "script/services.h"

enum { MAX_CODE_TEXTS = 100 };

static void push_codes(lua_State *L, const float *vector, size_t dim)
{
    unsigned codes[MEMORY_CODES];

    memory_codes(vector, dim, codes);
    lua_createtable(L, MEMORY_CODES, 0);
    for (int i = 0; i < MEMORY_CODES; i++) {
        lua_pushinteger(L, codes[i]);
        lua_rawseti(L, -2, i + 1);
    }
}

static int finish_codes(lua_State *L, int status, lua_KContext wait)
{
    size_t dim = 0, count = (size_t)luaL_len(L, 1);
    const char *failure = NULL;
    const float *vectors = embed_wait_vectors(lua_touserdata(L, (int)wait), &dim, &failure);

    (void)status;
    if (failure != NULL) {
        lua_pushnil(L);
        lua_pushstring(L, failure);
        return 2;
    }
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_codes(L, vectors + i * dim, dim);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

int l_memory_codes(lua_State *L)
{
    struct script_services *s = services_of(L);
    struct view texts[MAX_CODE_TEXTS];
    float space[EMBED_DIM];
    struct embed_wait *w = NULL;
    lua_Integer count = 0;

    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    count = luaL_len(L, 1);
    luaL_argcheck(L, count >= 1 && count <= MAX_CODE_TEXTS, 1, "must be 1 to 100 texts");
    luaL_checkstack(L, (int)count + 8, "too many texts");
    for (lua_Integer i = 0; i < count; i++) {
        if (lua_geti(L, 1, i + 1) != LUA_TSTRING || lua_rawlen(L, -1) == 0) // texts text...
            return luaL_error(L, "text %d must be a text that is not empty", (int)i + 1);
        texts[i].data = lua_tolstring(L, -1, &texts[i].len);
    }
    if (memory_embedder(s) != NULL) {
        w = embed_wait_open(L, s); // texts text... wait
        embed_wait_start(w, texts, (size_t)count);
        return embed_wait_then(L, w, finish_codes, lua_gettop(L));
    }
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        memory_meter(s, texts[i]);
        embed_text(texts[i], space);
        push_codes(L, space, EMBED_DIM);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}
