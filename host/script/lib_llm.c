// require "llm": questions to the models behind the roles. Offline, the answerer of the prompt
// (scripts/offline/...) gets the declared inputs and a random stream that is keyed by the question,
// and nothing else. A model gets the prompt's messages, and the script waits.

#include "script/lib_llm.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/convert.h"
#include "script/lib_rng.h"
#include "script/llm_listen.h"
#include "script/llm_question.h"
#include "script/llm_together.h"
#include "script/llm_wait.h"
#include "script/scratch.h"
#include "script/services.h"

enum { MAX_QUESTIONS = 1000 };

static enum asker_kind kind_of(lua_State *L, const struct asker *asker, const struct asked *a)
{
    enum asker_kind kind = ASKER_OFFLINE;

    if (asker == NULL)
        return ASKER_OFFLINE;
    lua_rawgeti(L, a->entry, ENTRY_ROLE); // role
    kind = asker->kind(asker->user, lua_tostring(L, -1));
    lua_pop(L, 1);
    return kind;
}

// Pushes system and user text for the inputs at index `inputs`.
static void push_messages(lua_State *L, const struct asked *a, int inputs)
{
    llm_require(L, "propersim", "prompt");
    lua_getfield(L, -1, "render");
    lua_remove(L, -2); // render
    lua_pushstring(L, a->name);
    lua_pushvalue(L, inputs);
    lua_call(L, 2, 2); // system user
}

static bool is_metered(lua_State *L, const struct asker *asker, const struct asked *a)
{
    struct view role = { 0 };

    return asker != NULL && asker->meter != NULL &&
           asker->metered(asker->user, llm_entry_text(L, a, ENTRY_ROLE, &role));
}

// role prompt system user answer: tells the dry run of a question.
static int l_measure(lua_State *L)
{
    const struct asker *asker = services_of(L)->asker;
    struct buf *answer = scratch_push(L);
    struct asker_question q = { .role = lua_tostring(L, 1), .prompt = lua_tostring(L, 2) };
    struct err err = { { 0 } };

    q.system.data = luaL_checklstring(L, 3, &q.system.len);
    q.user.data = luaL_checklstring(L, 4, &q.user.len);
    if (!convert_to_json(L, 5, "answer", CONVERT_CANONICAL, answer, &err))
        return luaL_error(L, "%s: %s", q.prompt, err.text);
    asker->meter(asker->user, &q, buf_view(answer));
    return 0;
}

// The offline answer is at the top.
static void measure(lua_State *L, const struct asked *a)
{
    int answer = lua_gettop(L);

    lua_pushcfunction(L, l_measure);
    lua_rawgeti(L, a->entry, ENTRY_ROLE);
    lua_pushstring(L, a->name);
    llm_push_inputs(L, a, ENTRY_DECLARED); // answer measure role prompt inputs
    push_messages(L, a, answer + 4);
    lua_remove(L, answer + 4); // answer measure role prompt system user
    lua_pushvalue(L, answer);
    lua_call(L, 5, 0);
}

// Pushes the offline answer.
static void answer_offline(lua_State *L, const struct asker *asker, const struct asked *a)
{
    uint64_t key = llm_question_key(L, a);

    lua_rawgeti(L, a->entry, ENTRY_ANSWERER);
    llm_push_inputs(L, a, ENTRY_INPUTS);
    rng_push(L, rng_from_key(key)); // answerer inputs rng
    lua_call(L, 2, 1);
    llm_check_answer(L, a);
    if (is_metered(L, asker, a))
        measure(L, a);
}

static bool is_listening(lua_State *L)
{
    const struct script_services *services = script_context(script_of(L))->user;

    return services != NULL && services->ear != NULL;
}

// Tells who listens, if anybody does, of the answer at the top of the stack.
static void tell(lua_State *L, const struct asked *a, const char *failure)
{
    const struct script_services *services = script_context(script_of(L))->user;
    int answer = lua_gettop(L);
    struct view ignored = { 0 };

    if (!is_listening(L))
        return;
    struct heard heard = {
        .role = llm_entry_text(L, a, ENTRY_ROLE, &ignored),
        .prompt = a->name,
        .version = llm_entry_text(L, a, ENTRY_VERSION, &ignored),
        .who = services->turn,
        .step = script_context(script_of(L))->step,
        .draw = llm_draw(L, a),
        .seed = llm_question_key(L, a),
        .failure = failure,
    };
    llm_entry_text(L, a, ENTRY_SCHEMA, &heard.schema);
    llm_push_inputs(L, a, ENTRY_INPUTS); // answer inputs
    llm_listen(L, services->ear, &heard, answer + 1, answer);
    lua_settop(L, answer);
}

// Sends the question to its model.
static void ask_model(lua_State *L, const struct asked *a, enum asker_kind kind, struct llm_wait *w)
{
    int top = lua_gettop(L), inputs = top + 1, check = top + 4;
    struct view ignored = { 0 };
    struct err err = { { 0 } };
    struct asker_question q = {
        .role = llm_entry_text(L, a, ENTRY_ROLE, &ignored),
        .prompt = a->name,
        .version = llm_entry_text(L, a, ENTRY_VERSION, &ignored),
        .who = services_of(L)->turn,
        .seed = llm_question_key(L, a),
        .draw = llm_draw(L, a),
    };

    llm_entry_text(L, a, ENTRY_SCHEMA, &q.schema);
    llm_push_inputs(L, a, kind == ASKER_MOCK ? ENTRY_INPUTS : ENTRY_DECLARED); // inputs
    push_messages(L, a, inputs);                                               // inputs system user
    q.system.data = luaL_checklstring(L, inputs + 1, &q.system.len);
    q.user.data = luaL_checklstring(L, inputs + 2, &q.user.len);
    if (!convert_to_json(L, inputs, "inputs", CONVERT_CANONICAL, llm_wait_inputs(w), &err))
        luaL_error(L, "%s: %s", a->name, err.text);
    q.inputs = buf_view(llm_wait_inputs(w));
    lua_rawgeti(L, a->entry, ENTRY_CHECK); // inputs system user check
    llm_wait_ask(L, w, &q, check, inputs);
    lua_settop(L, top);
}

static int finish_ask(lua_State *L, int status, lua_KContext wait)
{
    const struct asked a = {
        .name = lua_tostring(L, 1), .inputs = 2, .options = 3, .entry = (int)wait - 1
    };
    const char *failure = NULL;

    (void)status;
    llm_wait_push(L, lua_touserdata(L, (int)wait), 0, &failure);
    tell(L, &a, failure);
    if (failure == NULL)
        return 1;
    lua_pushstring(L, failure);
    return 2;
}

// The asker of the household that L runs for; NULL: everything is answered offline.
static const struct asker *asker_of(lua_State *L)
{
    const struct script_services *services = script_context(script_of(L))->user;

    return services != NULL ? services->asker : NULL;
}

static int l_ask(lua_State *L)
{
    const struct asker *asker = asker_of(L);
    enum asker_kind kind = ASKER_OFFLINE;
    struct llm_wait *w = NULL;
    struct asked a;

    lua_settop(L, 3);
    a = llm_read_question(L, 1); // name inputs options entry
    kind = kind_of(L, asker, &a);
    if (kind == ASKER_OFFLINE) {
        if (is_metered(L, asker, &a))
            asker->meter_wait(asker->user);
        answer_offline(L, asker, &a);
        tell(L, &a, NULL);
        return 1;
    }
    task_check_wait(L);
    w = llm_wait_open(L, services_of(L), 1); // name inputs options entry wait
    ask_model(L, &a, kind, w);
    return llm_wait_then(L, w, finish_ask, lua_gettop(L));
}

enum { ALL_LIST = 1, ALL_ANSWERS, ALL_FAILURES, ALL_NUMBERS, ALL_WAIT };

// Pushes question number i of the list, and what it is made of.
static void push_question(lua_State *L, lua_Integer i, struct asked *a)
{
    int top = lua_gettop(L);

    if (lua_rawgeti(L, ALL_LIST, i) != LUA_TTABLE) // question
        luaL_error(L, "question %d must be a table: { prompt, inputs, options }", (int)i);
    lua_geti(L, top + 1, 1);
    lua_geti(L, top + 1, 2);
    lua_geti(L, top + 1, 3);
    *a = llm_read_question(L, top + 2); // question name inputs options entry
}

// Fills in what came from models: list answers failures numbers wait.
static int finish_all(lua_State *L, int status, lua_KContext count)
{
    struct llm_wait *w = lua_touserdata(L, ALL_WAIT);
    int top = lua_gettop(L);
    struct asked a;

    (void)status;
    for (size_t i = 0; i < (size_t)count; i++) {
        const char *failure = NULL;
        lua_Integer number = 0;
        lua_rawgeti(L, ALL_NUMBERS, (lua_Integer)i + 1);
        number = lua_tointeger(L, -1);
        lua_pop(L, 1);
        if (is_listening(L)) {
            push_question(L, number, &a);
            llm_wait_push(L, w, i, &failure);
            tell(L, &a, failure);
            lua_settop(L, top);
        }
        llm_wait_push(L, w, i, &failure);
        lua_rawseti(L, ALL_ANSWERS, number);
        if (failure == NULL)
            continue;
        lua_pushstring(L, failure);
        lua_rawseti(L, ALL_FAILURES, number);
    }
    lua_pushvalue(L, ALL_ANSWERS);
    lua_pushvalue(L, ALL_FAILURES);
    return 2;
}

// Question number i of the list: answers it, or sends it on its way. Returns whether it was sent.
static bool begin_one(lua_State *L, const struct asker *asker, struct llm_wait *w, lua_Integer i)
{
    int top = lua_gettop(L);
    enum asker_kind kind = ASKER_OFFLINE;
    struct asked a;

    push_question(L, i, &a);
    kind = kind_of(L, asker, &a);
    if (kind == ASKER_OFFLINE) {
        if (i == 1 && is_metered(L, asker, &a)) // all of a call are of one role, so far
            asker->meter_wait(asker->user);
        answer_offline(L, asker, &a);
        tell(L, &a, NULL);
        lua_rawseti(L, ALL_ANSWERS, i);
    } else {
        ask_model(L, &a, kind, w);
    }
    lua_settop(L, top);
    return kind != ASKER_OFFLINE;
}

static int l_all(lua_State *L)
{
    const struct asker *asker = asker_of(L);
    struct llm_wait *w = NULL;
    lua_Integer count = 0, sent = 0;

    luaL_checktype(L, ALL_LIST, LUA_TTABLE);
    lua_settop(L, ALL_LIST);
    count = luaL_len(L, ALL_LIST);
    luaL_argcheck(L, count <= MAX_QUESTIONS, 1, "must be at most 1000 questions");
    lua_createtable(L, (int)count, 0); // list answers
    lua_newtable(L);                   // list answers failures
    if (asker != NULL) {
        task_check_wait(L);
        lua_newtable(L); // list answers failures numbers
        w = llm_wait_open(L, services_of(L), (size_t)count);
    }
    for (lua_Integer i = 1; i <= count; i++) {
        if (!begin_one(L, asker, w, i))
            continue;
        lua_pushinteger(L, i);
        lua_rawseti(L, ALL_NUMBERS, ++sent);
    }
    if (sent > 0)
        return llm_wait_then(L, w, finish_all, (lua_KContext)sent);
    lua_pushvalue(L, ALL_ANSWERS);
    lua_pushvalue(L, ALL_FAILURES);
    return 2;
}

static int l_turn(lua_State *L)
{
    script_context(script_of(L))->who = services_resident(L, 1)->persona;
    services_of(L)->turn = (int)lua_tointeger(L, 1);
    return 0;
}

static int l_is_offline(lua_State *L)
{
    static const char *const roles[] = { "resident", "rater",     "assistant",
                                         "summary",  "embedding", NULL };
    const struct asker *asker = asker_of(L);
    const char *role = roles[luaL_checkoption(L, 1, NULL, roles)];

    lua_pushboolean(L, asker == NULL || asker->kind(asker->user, role) != ASKER_MODEL);
    return 1;
}

static const struct script_function functions[] = {
    { "ask", l_ask, SCRIPT_EFFECT },
    { "all", l_all, SCRIPT_EFFECT },
    { "is_offline", l_is_offline, SCRIPT_EFFECT },
    { "together", l_llm_together, SCRIPT_EFFECT },
    { "turn", l_turn, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_llm = { .name = "llm", .functions = functions };
