#include "script/llm_wait.h"

#include <lauxlib.h>
#include <string.h>

#include "script/closable.h"
#include "script/convert.h"
#include "script/run.h"
#include "script/task_state.h"
#include "text/json.h"

struct item {
    struct llm_wait *wait;
    void *question; // NULL: not open
    struct json *answer;
    const char *failure; // static; NULL: none
};

// A userdata. Its key in the registry has a list with two values for each item: the prompt's check
// function and the inputs, since a check runs while the script waits.
struct llm_wait {
    struct script *script;
    const struct asker *asker;
    struct task *task; // NULL: not waiting
    struct buf inputs;
    size_t count, cap, left;
    struct item items[];
};

static int l_close(lua_State *L)
{
    struct llm_wait *w = lua_touserdata(L, 1); // closing twice is fine

    for (size_t i = 0; i < w->count; i++) {
        if (w->items[i].question != NULL)
            w->asker->cancel(w->asker->user, w->items[i].question);
        w->items[i].question = NULL;
        json_free(w->items[i].answer);
        w->items[i].answer = NULL;
    }
    if (w->task != NULL && w->left > 0)
        (void)task_arrived(w->task); // given up
    w->task = NULL;
    buf_fini(&w->inputs);
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, w);
    return 0;
}

static const char metatable_key; // its address names the metatable in the registry

struct llm_wait *llm_wait_open(lua_State *L, struct script_services *services, size_t count)
{
    size_t bytes = sizeof(struct llm_wait) + count * sizeof(struct item);
    struct llm_wait *w = lua_newuserdatauv(L, bytes, 0); // wait

    memset(w, 0, bytes);
    w->script = script_of(L);
    w->asker = services->asker;
    w->cap = count;
    closable_scope(L, &metatable_key, l_close);
    lua_createtable(L, (int)count * 2, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, w);
    return w;
}

struct buf *llm_wait_inputs(struct llm_wait *w)
{
    return &w->inputs;
}

// ---- The prompt's own check of an answer

struct checking {
    struct item *item;
    const struct json *answer;
    bool fits;
};

static int push_check(lua_State *L, void *user)
{
    const struct checking *c = user;
    const struct llm_wait *w = c->item->wait;
    lua_Integer at = (c->item - w->items) * 2;

    lua_rawgetp(L, LUA_REGISTRYINDEX, w); // list
    lua_rawgeti(L, -1, at + 1);           // list check
    convert_push_json(L, c->answer);      // list check answer
    lua_rawgeti(L, -3, at + 2);           // list check answer inputs
    lua_remove(L, -4);
    return 3;
}

static bool read_check(lua_State *L, int count, void *user, struct err *err)
{
    struct checking *c = user;

    c->fits = count >= 1 && lua_toboolean(L, 1);
    if (!c->fits)
        err_set(err, "%s", count >= 2 && lua_isstring(L, 2) ? lua_tostring(L, 2) : "it is wrong");
    return true;
}

static bool check_answer(void *user, const struct json *answer, struct err *err)
{
    struct checking c = { .item = user, .answer = answer };

    return script_call_pushed(c.item->wait->script, push_check, read_check, &c, err) && c.fits;
}

// ---- Asking

static void on_done(void *user, struct json *take, const char *failure)
{
    struct item *item = user;
    struct llm_wait *w = item->wait;

    item->question = NULL;
    item->answer = take;
    item->failure = failure;
    w->left--;
    if (w->left == 0 && w->task != NULL && task_arrived(w->task))
        w->asker->wake(w->asker->user, w->task);
}

void llm_wait_ask(lua_State *L, struct llm_wait *w, const struct asker_question *q, int check,
                  int inputs)
{
    struct item *item = &w->items[w->count];
    bool checked = lua_isfunction(L, check);

    if (w->count == w->cap)
        luaL_error(L, "too many questions");
    lua_rawgetp(L, LUA_REGISTRYINDEX, w); // list
    lua_pushvalue(L, check);
    lua_rawseti(L, -2, (lua_Integer)w->count * 2 + 1);
    lua_pushvalue(L, inputs);
    lua_rawseti(L, -2, (lua_Integer)w->count * 2 + 2);
    lua_pop(L, 1);
    item->wait = w;
    w->count++;
    w->left++;
    item->question = w->asker->ask(w->asker->user, q, checked ? check_answer : NULL, on_done, item);
    buf_clear(&w->inputs);
}

size_t llm_wait_left(const struct llm_wait *w)
{
    return w->left;
}

int llm_wait_then(lua_State *L, struct llm_wait *w, lua_KFunction then, intptr_t ctx)
{
    w->task = task_expect(L);
    return task_wait(L, then, ctx);
}

void llm_wait_push(lua_State *L, struct llm_wait *w, size_t i, const char **failure)
{
    *failure = w->items[i].failure;
    if (w->items[i].answer == NULL)
        lua_pushnil(L);
    else
        convert_push_json(L, w->items[i].answer);
}
