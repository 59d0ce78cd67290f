#include "script/loader.h"

#include "base/mem.h"
#include "script/freeze.h"
#include "script/sandbox.h"
#include "script/task_state.h"
#include "script/texts.h"
#include "text/distance.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void loader_compile(lua_State *L, const char *chunk_name, struct view text)
{
    if (luaL_loadbufferx(L, text.data, text.len, chunk_name, "t") != LUA_OK)
        lua_error(L);
    lua_insert(L, -2);
    lua_setupvalue(L, -2, 1); // function; its one upvalue is _ENV
}

static int write_chunk(lua_State *L, const void *piece, size_t len, void *user)
{
    (void)L;
    buf_add(user, piece, len);
    return 0;
}

// Bytecode is loaded from here only: the sandbox has no way to it.
static void load_chunk(lua_State *L, const struct buf *chunk)
{
    if (luaL_loadbufferx(L, chunk->data, chunk->len, "chunk", "b") != LUA_OK)
        lua_error(L);
    lua_insert(L, -2);
    lua_setupvalue(L, -2, 1);
}

void loader_compile_file(lua_State *L, const struct text_file *file)
{
    struct buf *chunk = texts_chunk(script_of(L)->texts, file);

    sandbox_push_env(L, 0);
    if (chunk->len > 0) {
        load_chunk(L, chunk); // function
        return;
    }
    lua_pushfstring(L, "@%s", file->path);
    lua_insert(L, -2); // name env
    loader_compile(L, lua_tostring(L, -2), file->text);
    lua_remove(L, -2); // function
    lua_dump(L, write_chunk, chunk, 0);
}

// --- modules ----------------------------------------------------------------------------------

bool loader_push_loaded(lua_State *L, const char *module)
{
    static const enum registry_key places[] = { KEY_LOADED, KEY_HOST };

    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(places[i])); // loaded
        if (lua_getfield(L, -1, module) != LUA_TNIL) {
            lua_remove(L, -2);
            return true;
        }
        lua_pop(L, 2);
    }
    return false;
}

bool loader_push_export(lua_State *L, const char *name)
{
    if (!lua_istable(L, -1))
        return false;
    if (!freeze_push_target(L, -1)) // module target
        lua_pushvalue(L, -1);
    lua_pushstring(L, name);
    lua_rawget(L, -2); // module target function?
    lua_remove(L, -2);
    if (lua_isfunction(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

static void refuse_circle(lua_State *L, const char *name)
{
    struct script *s = script_of(L);
    bool is_inside = false;
    luaL_Buffer b;

    for (int i = 0; i < s->loading_count && !is_inside; i++)
        is_inside = strcmp(s->loading[i], name) == 0;
    if (!is_inside) {
        if (s->loading_count >= LOADING_MAX)
            luaL_error(L, "modules require one another more than %d deep", LOADING_MAX);
        return;
    }
    luaL_buffinit(L, &b);
    for (int i = 0; i < s->loading_count; i++) {
        luaL_addstring(&b, s->loading[i]);
        luaL_addstring(&b, " -> ");
    }
    luaL_addstring(&b, name);
    luaL_pushresult(&b);
    luaL_error(L, "modules require one another in a circle: %s", lua_tostring(L, -1));
}

// The nearest name of a module in the set, or "".
static void suggest(const struct texts *texts, const char *name, char out[TEXTS_MAX_PATH])
{
    size_t count = texts == NULL ? 0 : texts_count(texts);
    char(*names)[TEXTS_MAX_PATH] = mem_calloc(count, sizeof(*names));
    const char **list = mem_calloc(count, sizeof(*list));
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        texts_path_module(texts_at(texts, i)->path, names[i]);
        list[i] = names[i];
    }
    nearest = distance_nearest(name, list, count);
    snprintf(out, TEXTS_MAX_PATH, "%s", nearest == NULL ? "" : nearest);
    free(list);
    free(names);
}

static const struct text_file *find_file(lua_State *L, const char *name)
{
    struct script *s = script_of(L);
    char path[TEXTS_MAX_PATH], nearest[TEXTS_MAX_PATH];
    const struct text_file *file = NULL;

    if (!texts_module_path(name, path)) {
        luaL_error(L, "'%s' is not the name of a module (such as 'resident.plan')", name);
        return NULL;
    }
    file = s->texts == NULL ? NULL : texts_find(s->texts, path);
    if (file != NULL)
        return file;
    suggest(s->texts, name, nearest);
    if (nearest[0] != '\0')
        luaL_error(L, "module '%s' not found: there is no %s (did you mean '%s'?)", name, path,
                   nearest);
    else
        luaL_error(L, "module '%s' not found: there is no %s", name, path);
    return NULL;
}

// The chunk of a file: what a load left, or compiled now.
static void push_chunk(lua_State *L, const struct text_file *file)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_CHUNKS)) == LUA_TTABLE &&
        lua_getfield(L, -1, file->path) == LUA_TFUNCTION) { // chunks chunk
        lua_remove(L, -2);
        return;
    }
    lua_settop(L, 1);
    loader_compile_file(L, file);
}

int loader_l_require(lua_State *L)
{
    struct script *s = script_of(L);
    const char *name = luaL_checkstring(L, 1);

    lua_settop(L, 1);
    if (loader_push_loaded(L, name))
        return 1;
    refuse_circle(L, name);
    push_chunk(L, find_file(L, name)); // name chunk
    s->loading[s->loading_count++] = name;
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1); // name value
    s->loading_count--;
    if (lua_isnil(L, -1))
        return luaL_error(L, "module '%s' returns nothing: it must end with `return` and its table",
                          name);
    if (!lua_istable(L, -1) && !lua_isfunction(L, -1))
        return luaL_error(L, "module '%s' returns a %s: it must return a table", name,
                          luaL_typename(L, -1));
    if (lua_istable(L, -1)) {
        lua_pushfstring(L, "the module '%s'", name);
        freeze_table(L, -2, lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_LOADED)); // name value loaded
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
    return 1;
}

static int push_require(lua_State *L, void *user)
{
    const char *name = user;

    lua_pushcfunction(L, loader_l_require);
    lua_pushstring(L, name);
    return 2;
}

bool loader_need(struct script *s, const char *module, struct err *err)
{
    struct task *t = task_start_pushed(s, push_require, (void *)(uintptr_t)module, err);
    bool ok = false;

    if (t == NULL)
        return false;
    s->no_wait++;
    ok = task_resume(t, NULL, NULL) == TASK_DONE;
    s->no_wait--;
    if (!ok)
        err_set(err, "%s", task_error(t));
    task_free(t);
    return ok;
}
