#include "script/llm_question.h"

#include <string.h>

#include <lauxlib.h>

#include "base/hash.h"
#include "script/convert.h"
#include "script/loader.h"
#include "script/scratch.h"
#include "script/services.h"

enum { MAX_PROMPT_NAME = 100 };

static const char cache_key; // its address names the cache in the registry

void llm_require(lua_State *L, const char *folder, const char *name)
{
    lua_pushcfunction(L, loader_l_require);
    lua_pushfstring(L, "%s.", folder);
    luaL_gsub(L, name, "/", "."); // require "folder." "who.what"
    lua_concat(L, 2);
    lua_call(L, 1, 1);
}

// Pushes what a function of propersim.prompt says of a prompt.
static void push_about(lua_State *L, const char *function, const char *name)
{
    llm_require(L, "propersim", "prompt");
    lua_getfield(L, -1, function); // module function
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    lua_remove(L, -2);
}

// Argument 1, the schema of the answers, as JSON text.
static int l_schema_text(lua_State *L)
{
    struct buf *text = scratch_push(L);
    struct err err = { { 0 } };

    if (!convert_to_json(L, 1, "answer", CONVERT_CANONICAL, text, &err))
        return luaL_error(L, "a prompt's schema: %s", err.text);
    lua_pushlstring(L, text->data, text->len);
    return 1;
}

// Pushes what asking `name` needs.
static void push_entry(lua_State *L, const char *name)
{
    lua_Integer generation = (lua_Integer)script_generation(script_of(L));
    int cache = 0, prompt = 0, entry = 0;

    lua_rawgetp(L, LUA_REGISTRYINDEX, &cache_key); // cache
    if (!lua_istable(L, -1) || lua_rawgeti(L, -1, 1) != LUA_TNUMBER ||
        lua_tointeger(L, -1) != generation) {
        lua_newtable(L); // a new generation has other prompts
        lua_pushinteger(L, generation);
        lua_rawseti(L, -2, 1);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
    } else {
        lua_pop(L, 1);
    }
    cache = lua_gettop(L);
    if (lua_getfield(L, cache, name) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    llm_require(L, "prompts", name); // cache prompt
    prompt = lua_gettop(L);
    lua_createtable(L, ENTRY_SIZE, 0); // cache prompt entry
    entry = lua_gettop(L);
    llm_require(L, "offline", name);
    lua_rawseti(L, entry, ENTRY_ANSWERER);
    push_about(L, "input_names", name);
    lua_rawseti(L, entry, ENTRY_INPUTS);
    push_about(L, "declared_names", name);
    lua_rawseti(L, entry, ENTRY_DECLARED);
    lua_getfield(L, prompt, "answer");
    lua_getfield(L, -1, "required");
    lua_rawseti(L, entry, ENTRY_REQUIRED);
    lua_pushcfunction(L, l_schema_text);
    lua_insert(L, -2);
    lua_call(L, 1, 1);
    lua_rawseti(L, entry, ENTRY_SCHEMA);
    lua_getfield(L, prompt, "role");
    lua_rawseti(L, entry, ENTRY_ROLE);
    lua_getfield(L, prompt, "version");
    lua_tostring(L, -1);
    lua_rawseti(L, entry, ENTRY_VERSION);
    lua_getfield(L, prompt, "check");
    lua_rawseti(L, entry, ENTRY_CHECK);
    if (lua_getfield(L, prompt, "draws_as") == LUA_TNIL)
        lua_pushstring(L, name);
    lua_rawseti(L, entry, ENTRY_STREAM);
    lua_settop(L, entry);
    lua_pushvalue(L, entry);
    lua_setfield(L, cache, name);
}

// Pushes a table with exactly the inputs that the prompt declares (ENTRY_DECLARED), or with those
// that only the offline answerer gets as well (ENTRY_INPUTS).
void llm_push_inputs(lua_State *L, const struct asked *a, int which)
{
    lua_Integer count = 0;
    int names = 0;

    lua_rawgeti(L, a->entry, which); // names
    names = lua_gettop(L);
    count = (lua_Integer)lua_rawlen(L, names);
    lua_createtable(L, 0, (int)count); // names inputs
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, names, i); // names inputs key
        lua_pushvalue(L, -1);
        if (lua_gettable(L, a->inputs) == LUA_TNIL) // names inputs key value
            luaL_error(L, "%s: the input '%s' is missing", a->name, lua_tostring(L, -2));
        lua_settable(L, -3);
    }
    lua_replace(L, names); // inputs
}

int llm_draw(lua_State *L, const struct asked *a)
{
    lua_Integer draw = 0;

    if (lua_istable(L, a->options)) {
        if (lua_getfield(L, a->options, "draw") != LUA_TNIL)
            draw = luaL_checkinteger(L, -1);
        lua_pop(L, 1);
    }
    return (int)draw;
}

// The stream of a question: which prompt, when, the how manieth draw, and what tells questions of
// one moment apart (the option `key`).
uint64_t llm_question_key(lua_State *L, const struct asked *a)
{
    const struct script_context *context = script_context(script_of(L));
    uint64_t key = 0;

    lua_rawgeti(L, a->entry, ENTRY_STREAM);
    key = rng_key(context->seed, context->who, lua_tostring(L, -1), (uint64_t)context->step);
    lua_pop(L, 1);
    if (lua_istable(L, a->options)) {
        int top = lua_gettop(L);
        size_t len = 0;
        const char *text = NULL;
        if (lua_getfield(L, a->options, "draw") != LUA_TNIL)
            key = hash64_u64(key, (uint64_t)luaL_checkinteger(L, -1));
        if (lua_getfield(L, a->options, "key") != LUA_TNIL) {
            text = luaL_tolstring(L, -1, &len);
            key = hash64_add(key, text, len);
        }
        lua_settop(L, top);
    }
    return key;
}

void llm_check_answer(lua_State *L, const struct asked *a)
{
    int answer = lua_gettop(L);
    lua_Integer count = 0;

    if (!lua_istable(L, answer))
        luaL_error(L, "scripts/offline/%s.lua: the answer must be a table, not %s", a->name,
                   luaL_typename(L, answer));
    lua_rawgeti(L, a->entry, ENTRY_REQUIRED); // answer required
    count = lua_isnil(L, -1) ? 0 : luaL_len(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, answer + 1, i);
        if (lua_gettable(L, answer) == LUA_TNIL) {
            lua_geti(L, answer + 1, i);
            luaL_error(L, "scripts/offline/%s.lua: the answer lacks '%s'", a->name,
                       lua_tostring(L, -1));
        }
        lua_pop(L, 1);
    }
    lua_settop(L, answer);
}

// Reads the question whose prompt's name is at index `at`, followed by inputs and options, and
// pushes its entry.
struct asked llm_read_question(lua_State *L, int at)
{
    struct asked a = { .name = luaL_checkstring(L, at), .inputs = at + 1, .options = at + 2 };

    luaL_checktype(L, a.inputs, LUA_TTABLE);
    luaL_argcheck(L, strlen(a.name) <= MAX_PROMPT_NAME, at, "is too long for a prompt's name");
    if (!lua_isnoneornil(L, a.options))
        luaL_checktype(L, a.options, LUA_TTABLE);
    push_entry(L, a.name); // ... entry
    a.entry = lua_gettop(L);
    return a;
}

const char *llm_entry_text(lua_State *L, const struct asked *a, int which, struct view *view)
{
    lua_rawgeti(L, a->entry, which);
    view->data = lua_tolstring(L, -1, &view->len);
    lua_pop(L, 1); // stays in the entry
    return view->data;
}
