// require "llm": questions to the models behind the roles. In this version every role is answered
// offline: the answerer of the prompt (scripts/offline/...) gets the declared inputs and a random
// stream that is keyed by the question, and nothing else.

#include "script/lib_llm.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/hash.h"
#include "script/lib_rng.h"
#include "script/loader.h"
#include "script/services.h"

enum { MAX_PROMPT_NAME = 100 };

// Fields of a cached prompt: what asking needs, looked up once per generation.
enum { ENTRY_ANSWERER = 1, ENTRY_INPUTS, ENTRY_REQUIRED, ENTRY_SIZE = ENTRY_REQUIRED };

static const char cache_key; // its address names the cache in the registry

static void require_module(lua_State *L, const char *folder, const char *name)
{
    lua_pushcfunction(L, loader_l_require);
    lua_pushfstring(L, "%s.", folder);
    luaL_gsub(L, name, "/", "."); // require "folder." "who.what"
    lua_concat(L, 2);
    lua_call(L, 1, 1);
}

// Pushes the names of all inputs that the answerer of a prompt gets.
static void push_inputs(lua_State *L, const char *name)
{
    require_module(L, "propersim", "prompt");
    lua_getfield(L, -1, "input_names"); // module function
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    lua_remove(L, -2);
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
    require_module(L, "prompts", name); // cache prompt
    prompt = lua_gettop(L);
    lua_createtable(L, ENTRY_SIZE, 0); // cache prompt entry
    entry = lua_gettop(L);
    require_module(L, "offline", name);
    lua_rawseti(L, entry, ENTRY_ANSWERER);
    push_inputs(L, name);
    lua_rawseti(L, entry, ENTRY_INPUTS);
    lua_getfield(L, prompt, "answer");
    lua_getfield(L, -1, "required");
    lua_rawseti(L, entry, ENTRY_REQUIRED);
    lua_settop(L, entry);
    lua_pushvalue(L, entry);
    lua_setfield(L, cache, name);
}

// Pushes a table with exactly the inputs that the prompt declares, taken from the table at 2.
static void push_projection(lua_State *L, int entry, const char *name)
{
    lua_Integer count = 0;
    int names = 0;

    lua_rawgeti(L, entry, ENTRY_INPUTS); // names
    names = lua_gettop(L);
    count = (lua_Integer)lua_rawlen(L, names);
    lua_createtable(L, 0, (int)count); // names inputs
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, names, i); // names inputs key
        lua_pushvalue(L, -1);
        if (lua_gettable(L, 2) == LUA_TNIL) // names inputs key value
            luaL_error(L, "%s: the input '%s' is missing", name, lua_tostring(L, -2));
        lua_settable(L, -3);
    }
    lua_replace(L, names); // inputs
}

// The stream of a question: which prompt, when, the how manieth draw, and what tells questions of
// one moment apart (the option `key`).
static uint64_t question_key(lua_State *L, const char *name)
{
    const struct script_context *context = script_context(script_of(L));
    uint64_t key = rng_key(context->seed, context->who, name, (uint64_t)context->step);

    if (lua_istable(L, 3)) {
        size_t len = 0;
        const char *text = NULL;
        if (lua_getfield(L, 3, "draw") != LUA_TNIL)
            key = hash64_u64(key, (uint64_t)luaL_checkinteger(L, -1));
        if (lua_getfield(L, 3, "key") != LUA_TNIL) {
            text = luaL_tolstring(L, -1, &len);
            key = hash64_add(key, text, len);
        }
        lua_settop(L, 3);
    }
    return key;
}

static void check_answer(lua_State *L, int entry, const char *name)
{
    int answer = lua_gettop(L);
    lua_Integer count = 0;

    if (!lua_istable(L, answer))
        luaL_error(L, "scripts/offline/%s.lua: the answer must be a table, not %s", name,
                   luaL_typename(L, answer));
    lua_rawgeti(L, entry, ENTRY_REQUIRED); // answer required
    count = lua_isnil(L, -1) ? 0 : luaL_len(L, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(L, answer + 1, i);
        if (lua_gettable(L, answer) == LUA_TNIL) {
            lua_geti(L, answer + 1, i);
            luaL_error(L, "scripts/offline/%s.lua: the answer lacks '%s'", name,
                       lua_tostring(L, -1));
        }
        lua_pop(L, 1);
    }
    lua_settop(L, answer);
}

static int l_ask(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    uint64_t key = 0;
    int entry = 0;

    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_argcheck(L, strlen(name) <= MAX_PROMPT_NAME, 1, "is too long for a prompt's name");
    if (!lua_isnoneornil(L, 3))
        luaL_checktype(L, 3, LUA_TTABLE);
    lua_settop(L, 3);
    key = question_key(L, name);
    push_entry(L, name); // ... entry
    entry = lua_gettop(L);
    lua_rawgeti(L, entry, ENTRY_ANSWERER);
    push_projection(L, entry, name);
    rng_push(L, rng_from_key(key)); // answerer inputs rng
    lua_call(L, 2, 1);
    check_answer(L, entry, name);
    return 1;
}

static int l_turn(lua_State *L)
{
    script_context(script_of(L))->who = services_resident(L, 1)->persona;
    return 0;
}

static int l_is_offline(lua_State *L)
{
    static const char *const roles[] = { "resident", "rater", "assistant", "summary", NULL };

    luaL_checkoption(L, 1, NULL, roles);
    lua_pushboolean(L, true); // studies with other models are refused when they are loaded
    return 1;
}

static const struct script_function functions[] = {
    { "ask", l_ask, SCRIPT_EFFECT },
    { "is_offline", l_is_offline, SCRIPT_EFFECT },
    { "turn", l_turn, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_llm = { .name = "llm", .functions = functions };
