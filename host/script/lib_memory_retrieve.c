// stream:retrieve of require "memory", which waits where a model embeds.

#include "script/lib_memory_impl.h"

#include <lauxlib.h>
#include <lua.h>

#include "memory/embed.h"
#include "memory/retrieve.h"
#include "script/embed_wait.h"
#include "script/services.h"

enum { MAX_HITS = 200 };

const struct asker *memory_embedder(const struct script_services *s)
{
    return s->asker != NULL && s->asker->embed != NULL ? s->asker : NULL;
}

void memory_meter(const struct script_services *s, struct view text)
{
    if (s->asker != NULL && s->asker->meter_text != NULL)
        s->asker->meter_text(s->asker->user, text);
}

const float *memory_vector(const struct service_stream *stream, struct view text, float *space)
{
    const float *known = memory_find_vector(stream->memory, text);

    if (known != NULL)
        return known;
    memory_meter(stream->services, text);
    embed_text(text, space);
    return space;
}

static bool record_hits(struct service_stream *stream, int64_t step, struct view query,
                        const struct memory_hit *hits, size_t count, struct err *err)
{
    struct script_services *s = stream->services;
    int seq = ++s->residents[stream->who - 1].retrievals;

    for (size_t i = 0; i < count; i++) {
        struct row_retrieval row = { .step = step,
                                     .who = stream->who,
                                     .stream = stream->stream,
                                     .seq = seq,
                                     .rank = (int)i + 1,
                                     .node = hits[i].id,
                                     .query = query,
                                     .score = hits[i].score,
                                     .recency = hits[i].recency,
                                     .relevance = hits[i].relevance,
                                     .importance = hits[i].importance };
        if (!writer_append_retrieval(s->writer, &row, err))
            return false;
    }
    return true;
}

// The memories that a focal point (argument 2) brings to mind, at most argument 3 of them.
static int retrieve(lua_State *L, struct service_stream *stream, const float *vector)
{
    const struct script_services *s = stream->services;
    const struct script_context *context = script_context(script_of(L));
    struct view focal = { 0 };
    struct memory_hit hits[MAX_HITS];
    size_t found = 0;
    struct err err = { { 0 } };
    struct memory_query query = { .vector = vector,
                                  .recency_w = s->recency_w,
                                  .relevance_w = s->relevance_w,
                                  .importance_w = s->importance_w,
                                  .decay = s->recency_decay,
                                  .oldest_first = s->oldest_first,
                                  .leave_no_trace = s->looking,
                                  .now_s = context->now_s };

    focal.data = lua_tolstring(L, 2, &focal.len);
    if (!memory_retrieve(stream->memory, &query, (size_t)lua_tointeger(L, 3), hits, &found, &err))
        return luaL_error(L, "%s", err.text);
    script_charge(L, (lua_Integer)memory_count(stream->memory) / 8);
    if (s->record_retrieval && s->writer != NULL &&
        !record_hits(stream, context->step, focal, hits, found, &err))
        return luaL_error(L, "%s", err.text);
    lua_createtable(L, (int)found, 0);
    for (size_t i = 0; i < found; i++) {
        lua_pushinteger(L, hits[i].id);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// The vectors are there: of the pending texts, then of the focal point.
static int finish_retrieve(lua_State *L, int status, lua_KContext wait)
{
    struct service_stream *stream = memory_check_stream(L);
    size_t pending = memory_pending_count(stream->memory), dim = 0;
    const char *failure = NULL;
    const float *vectors = embed_wait_vectors(lua_touserdata(L, (int)wait), &dim, &failure);
    struct view focal = { 0 };
    const float *known = NULL;
    struct err err = { { 0 } };

    (void)status;
    if (failure != NULL || !memory_fill_pending(stream->memory, vectors, &err)) {
        lua_pushnil(L);
        lua_pushstring(L, failure != NULL ? failure : "broken");
        return 2;
    }
    focal.data = lua_tolstring(L, 2, &focal.len);
    known = memory_find_vector(stream->memory, focal);
    return retrieve(L, stream, known != NULL ? known : vectors + pending * dim);
}

// Asks for the vectors of pending texts and of the focal point, as far as they are not known.
static int wait_for_vectors(lua_State *L, struct service_stream *stream, struct view focal)
{
    size_t pending = memory_pending_count(stream->memory), count = pending;
    struct view *texts = NULL;
    struct embed_wait *w = NULL;

    lua_settop(L, 3);
    texts = lua_newuserdatauv(L, (pending + 1) * sizeof(*texts), 0); // stream focal most texts
    for (size_t i = 0; i < pending; i++)
        texts[i] = memory_pending_text(stream->memory, i);
    if (memory_find_vector(stream->memory, focal) == NULL)
        texts[count++] = focal;
    w = embed_wait_open(L, stream->services); // stream focal most texts wait
    embed_wait_start(w, texts, count);
    return embed_wait_then(L, w, finish_retrieve, lua_gettop(L));
}

int l_memory_retrieve(lua_State *L)
{
    struct service_stream *stream = memory_check_stream(L);
    struct view focal = { 0 };
    lua_Integer most = luaL_checkinteger(L, 3);
    float space[EMBED_DIM];

    focal.data = luaL_checklstring(L, 2, &focal.len);
    luaL_argcheck(L, most >= 0 && most <= MAX_HITS, 3, "must be 0 to 200 memories");
    if (memory_embedder(stream->services) == NULL)
        return retrieve(L, stream, memory_vector(stream, focal, space));
    luaL_argcheck(L, focal.len > 0, 2, "must not be empty");
    if (memory_pending_count(stream->memory) > 0 ||
        memory_find_vector(stream->memory, focal) == NULL)
        return wait_for_vectors(L, stream, focal);
    return retrieve(L, stream, memory_find_vector(stream->memory, focal));
}
