// Generations: one set of texts is put in force after another, each as a whole or not at all.

#include "script/limits.h"
#include "script/loader.h"
#include "script/run.h"
#include "script/texts.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

// ---- The swap

struct swap {
    int old_loaded; // reference in the registry
    struct texts *old_texts;
};

static int begin_swap(lua_State *L)
{
    struct swap *swap = lua_touserdata(L, 1);

    lua_newtable(L);                                             // new
    lua_rawgetp(L, LUA_REGISTRYINDEX, registry_key(KEY_LOADED)); // new old
    swap->old_loaded = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_LOADED));
    lua_pushboolean(L, 0); // makes room for what end_swap sets
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_CHUNKS));
    return 0;
}

// Setting a field that exists and freeing a reference allocate nothing, so this cannot raise.
static void end_swap(struct script *s, struct swap *swap, bool keep_new)
{
    lua_State *L = s->L;

    if (keep_new) {
        texts_unref(swap->old_texts);
        s->generation++;
    } else {
        lua_rawgeti(L, LUA_REGISTRYINDEX, swap->old_loaded);
        lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_LOADED));
        texts_unref(s->texts);
        s->texts = swap->old_texts;
    }
    luaL_unref(L, LUA_REGISTRYINDEX, swap->old_loaded);
    lua_pushboolean(L, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_CHUNKS));
}

// ---- What a set must be good for

// Leaves path -> chunk for the rest of the load.
static int l_compile_all(lua_State *L)
{
    const struct texts *texts = lua_touserdata(L, 1);

    lua_newtable(L); // chunks
    for (size_t i = 0; i < texts_count(texts); i++) {
        loader_compile_file(L, texts_at(texts, i));
        lua_setfield(L, 2, texts_at(texts, i)->path);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, registry_key(KEY_CHUNKS));
    return 0;
}

static bool refuse_shadows(struct script *s, struct err *err)
{
    for (size_t i = 0; i < s->module_count; i++) {
        char path[TEXTS_MAX_PATH];

        if (texts_module_path(s->modules[i]->name, path) && texts_find(s->texts, path) != NULL)
            return err_set(err, "%s: require \"%s\" gives the module of the host; rename the file",
                           path, s->modules[i]->name);
    }
    return true;
}

struct export
{
    char module[TEXTS_MAX_PATH];
    const char *function; // NULL: the module alone
    bool found;
};

static int find_export(lua_State *L)
{
    struct export *e = lua_touserdata(L, 1);

    e->found = loader_push_loaded(L, e->module) &&
               (e->function == NULL || loader_push_export(L, e->function));
    return 0;
}

static bool need_export(struct script *s, const char *name, struct err *err)
{
    const char *point = strrchr(name, '.');
    struct export e = { .found = false };
    char path[TEXTS_MAX_PATH];

    if (point == NULL || point - name >= TEXTS_MAX_PATH)
        return err_set(err, "'%s' is not the name of a function in a module", name);
    memcpy(e.module, name, (size_t)(point - name));
    e.function = point + 1;
    if (!loader_need(s, e.module, err) || !run_protected(s, find_export, &e, err))
        return false;
    if (!e.found && texts_module_path(e.module, path))
        return err_set(err, "%s: the module must have a function '%s'", path, e.function);
    return e.found;
}

static bool need_folder(struct script *s, const char *folder, struct err *err)
{
    for (size_t i = 0; i < texts_count(s->texts); i++) {
        const char *path = texts_at(s->texts, i)->path;
        char module[TEXTS_MAX_PATH];

        if (strncmp(path, folder, strlen(folder)) != 0)
            continue;
        texts_path_module(path, module);
        if (!loader_need(s, module, err))
            return false;
    }
    return true;
}

static bool load_needs(struct script *s, const struct script_needs *needs, struct err *err)
{
    bool ok = true;

    if (!refuse_shadows(s, err) ||
        (needs->compile_all && !run_protected(s, l_compile_all, s->texts, err)))
        return false;
    for (const char *const *e = needs->exports; e != NULL && *e != NULL; e++)
        if (!need_export(s, *e, err))
            return false;
    for (const char *const *m = needs->modules; m != NULL && *m != NULL; m++)
        if (!loader_need(s, *m, err))
            return false;
    for (const char *const *f = needs->folders; f != NULL && *f != NULL; f++)
        if (!need_folder(s, *f, err))
            return false;
    if (needs->check != NULL) {
        s->loading[s->loading_count++] = "the check";
        ok = needs->check(s, needs->user, err);
        s->loading_count--;
    }
    return ok;
}

// ---- The set in force

bool script_load(struct script *s, struct texts *texts, const struct script_needs *needs,
                 struct err *err)
{
    struct swap swap = { .old_texts = s->texts };
    bool ok = false;

    if (s->busy > 0)
        return err_set(err, "scripts cannot be swapped while %u tasks are alive", s->busy);
    if (!run_protected(s, begin_swap, &swap, err))
        return false;
    s->texts = texts_ref(texts);
    limits_start_slice(s, s->limits.set.load_instructions);
    s->depth++; // all that follows shares this budget
    ok = load_needs(s, needs, err);
    s->depth--;
    s->limits.kill = KILL_NO;
    end_swap(s, &swap, ok);
    return ok;
}

struct texts *script_texts(const struct script *s)
{
    return s->texts;
}

uint32_t script_generation(const struct script *s)
{
    return s->generation;
}

static bool is_there(struct script *s, const char *module, const char *function)
{
    struct export e = { .function = function };
    struct err err = { { 0 } };

    if (snprintf(e.module, sizeof(e.module), "%s", module) >= (int)sizeof(e.module))
        return false;
    return run_protected(s, find_export, &e, &err) && e.found;
}

bool script_has(struct script *s, const char *module, const char *function)
{
    return is_there(s, module, function);
}

bool script_is_loaded(struct script *s, const char *module)
{
    return is_there(s, module, NULL);
}
