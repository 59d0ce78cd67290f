#include "script/embed_wait.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#include "script/closable.h"
#include "script/task_state.h"

struct embed_wait {
    const struct asker *asker;
    struct task *task;
    void *job; // NULL: not open
    float *vectors;
    size_t count, dim;
    const char *failure; // static; NULL: none
};

static int l_close(lua_State *L)
{
    struct embed_wait *w = lua_touserdata(L, 1); // closing twice is fine

    if (w->job != NULL)
        w->asker->cancel_embed(w->asker->user, w->job);
    if (w->job != NULL && w->task != NULL)
        (void)task_arrived(w->task); // given up
    w->job = NULL;
    free(w->vectors);
    w->vectors = NULL;
    return 0;
}

static const char metatable_key; // its address names the metatable in the registry

struct embed_wait *embed_wait_open(lua_State *L, struct script_services *services)
{
    struct embed_wait *w = NULL;

    task_check_wait(L);
    w = lua_newuserdatauv(L, sizeof(*w), 0); // wait
    memset(w, 0, sizeof(*w));
    w->asker = services->asker;
    closable_scope(L, &metatable_key, l_close);
    return w;
}

static void on_vectors(void *user, const float *vectors, size_t dim, const char *failure)
{
    struct embed_wait *w = user;

    w->job = NULL;
    w->failure = failure;
    if (failure == NULL) {
        w->dim = dim;
        w->vectors = mem_calloc(w->count * dim, sizeof(float));
        memcpy(w->vectors, vectors, w->count * dim * sizeof(float));
    }
    if (task_arrived(w->task))
        w->asker->wake(w->asker->user, w->task);
}

void embed_wait_start(struct embed_wait *w, const struct view *texts, size_t count)
{
    w->count = count;
    w->job = w->asker->embed(w->asker->user, texts, count, on_vectors, w);
}

int embed_wait_then(lua_State *L, struct embed_wait *w, lua_KFunction then, intptr_t ctx)
{
    w->task = task_expect(L);
    return task_wait(L, then, ctx);
}

const float *embed_wait_vectors(const struct embed_wait *w, size_t *dim, const char **failure)
{
    *failure = w->failure;
    *dim = w->dim;
    return w->vectors;
}
