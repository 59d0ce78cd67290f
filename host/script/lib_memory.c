// require "memory": the memory streams of the household's residents and their assistants.

#include "script/lib_memory.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "memory/embed.h"
#include "memory/retrieve.h"
#include "script/convert.h"
#include "script/embed_wait.h"
#include "script/fields.h"
#include "script/memory_codes.h"
#include "script/services.h"
#include "text/json.h"

enum { MAX_HITS = 200, MAX_EVIDENCE = 200 };

static const struct object_type stream_type;

static const char *const TYPES[] = { "event", "thought", "chat", NULL };

static struct service_stream *check_stream(lua_State *L)
{
    return object_check(L, 1, &stream_type);
}

static uint32_t check_id(lua_State *L, int arg, const struct memory *m)
{
    lua_Integer id = luaL_checkinteger(L, arg);

    if (id < 1 || (uint64_t)id > memory_count(m))
        luaL_error(L, "there is no memory %d", (int)id);
    return (uint32_t)id;
}

static int l_stream(lua_State *L)
{
    static const char *const names[] = { "resident", "assistant", NULL };
    int which = luaL_checkoption(L, 1, NULL, names);
    struct service_resident *r = services_resident(L, 2);
    struct service_stream *stream = which == 0 ? &r->resident : &r->assistant;

    if (stream->object.generation == 0)
        stream->object = object_open(L, &stream_type, stream);
    object_push(L, stream->object);
    return 1;
}

// Field `keywords` of the table at 2: a list of texts, which stay on the stack.
static size_t read_keywords(lua_State *L, struct view *out)
{
    size_t count = 0;

    if (lua_getfield(L, 2, "keywords") == LUA_TNIL) // keywords
        return 0;
    if (!lua_istable(L, -1) || (count = lua_rawlen(L, -1)) > MEMORY_KEYWORDS_MAX)
        luaL_error(L, "field 'keywords' must be a list of at most %d texts", MEMORY_KEYWORDS_MAX);
    luaL_checkstack(L, (int)count + 2, "too many keywords");
    int list = lua_gettop(L);
    for (size_t i = 0; i < count; i++) {
        if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TSTRING) // keywords text...
            luaL_error(L, "keyword %d must be a text", (int)i + 1);
        out[i].data = lua_tolstring(L, -1, &out[i].len);
    }
    return count;
}

// Field `evidence` of the table at 2: ids of this stream. The depth of a thought follows from it.
static size_t read_evidence(lua_State *L, const struct memory *m, uint32_t *out, unsigned *depth)
{
    size_t count = 0;

    if (lua_getfield(L, 2, "evidence") == LUA_TNIL) // evidence
        return 0;
    if (!lua_istable(L, -1) || (count = lua_rawlen(L, -1)) > MAX_EVIDENCE)
        luaL_error(L, "field 'evidence' must be a list of at most %d ids", MAX_EVIDENCE);
    for (size_t i = 0; i < count; i++) {
        struct memory_node node;
        lua_rawgeti(L, -1, (lua_Integer)i + 1); // evidence id
        out[i] = check_id(L, lua_gettop(L), m);
        memory_get(m, out[i], &node);
        if (node.depth + 1 > *depth)
            *depth = node.depth + 1;
        lua_pop(L, 1);
    }
    return count;
}

// The model's embedder of the household; NULL: texts are embedded here.
static const struct asker *embedder_of(const struct script_services *s)
{
    return s->asker != NULL && s->asker->embed != NULL ? s->asker : NULL;
}

// The vector of a text: the stream's own if it knows the text, else computed into `space`.
static const float *vector_of(const struct service_stream *stream, struct view text, float *space)
{
    const float *known = memory_find_vector(stream->memory, text);
    const struct asker *asker = stream->services->asker;

    if (known != NULL)
        return known;
    if (asker != NULL && asker->meter_text != NULL)
        asker->meter_text(asker->user, text);
    embed_text(text, space);
    return space;
}

static void add_json_list(struct buf *out, const struct memory *m, const struct memory_node *node)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < node->keyword_count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_add_string(out, memory_keyword(m, node->id, i));
    }
    buf_add_char(out, ']');
}

// lines: the dialogue of a chat as JSON; empty for other memories, whose filling is their evidence.
static bool record_node(struct service_stream *stream, uint32_t id, int64_t step, struct view lines,
                        struct err *err)
{
    struct buf keywords = { 0 }, filling = { 0 };
    struct memory_node node;
    bool ok = false;

    memory_get(stream->memory, id, &node);
    add_json_list(&keywords, stream->memory, &node);
    if (lines.len > 0) {
        buf_add_view(&filling, lines);
    } else {
        buf_add_char(&filling, '[');
        for (size_t i = 0; i < node.evidence_count; i++)
            buf_addf(&filling, i > 0 ? ",%u" : "%u", node.evidence[i]);
        buf_add_char(&filling, ']');
    }
    struct row_memory row = {
        .who = stream->who,
        .stream = stream->stream,
        .id = id,
        .step = step,
        .type = NODE_EVENT + (unsigned)node.type,
        .depth = (int)node.depth,
        .created = node.created_s,
        .last_accessed = node.last_accessed_s,
        .expiration = node.expires_s == MEMORY_NEVER ? ROW_NONE : node.expires_s,
        .subject = node.subject,
        .predicate = node.predicate,
        .object = node.object,
        .text = node.description,
        .importance = node.importance,
        .keywords = buf_view(&keywords),
        .filling = buf_view(&filling),
    };
    ok = writer_append_memory(stream->services->writer, &row, err);
    buf_fini(&keywords);
    buf_fini(&filling);
    return ok;
}

// Field `lines` of argument 2: a list of texts, as JSON in `out`, which stays empty without it.
static bool read_lines(lua_State *L, struct buf *out, struct err *err)
{
    if (lua_getfield(L, 2, "lines") == LUA_TNIL) // lines
        return true;
    return convert_to_json(L, lua_gettop(L), "lines", CONVERT_CANONICAL, out, err);
}

static int l_add(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    const struct script_context *context = script_context(script_of(L));
    struct view keywords[MEMORY_KEYWORDS_MAX];
    uint32_t evidence[MAX_EVIDENCE], id = 0;
    float space[EMBED_DIM];
    struct err err = { { 0 } };
    struct memory_node node = { .created_s = context->now_s, .last_accessed_s = context->now_s };
    struct buf lines = { 0 };
    bool ok = false;

    if (stream->services->looking)
        return luaL_error(L, "nothing can be added here: this only looks at the household");
    luaL_checktype(L, 2, LUA_TTABLE);
    fields_keep(L);
    node.type = (enum memory_type)field_choice(L, 2, "type", TYPES);
    node.importance = field_number(L, 2, "importance");
    node.expires_s = field_int_or(L, 2, "expires", MEMORY_NEVER);
    node.subject = field_text(L, 2, "subject");
    node.predicate = field_text(L, 2, "predicate");
    node.object = field_text(L, 2, "object");
    node.description = field_text(L, 2, "text");
    node.text = node.description;
    node.evidence_count = read_evidence(L, stream->memory, evidence, &node.depth);
    node.evidence = evidence;
    node.keyword_count = read_keywords(L, keywords);
    node.keywords = keywords;
    if (embedder_of(stream->services) == NULL) // else the text's vector comes when it is needed
        node.vector = vector_of(stream, node.text, space);
    if (read_lines(L, &lines, &err)) {
        node.filling = buf_view(&lines);
        id = memory_append(stream->memory, &node, &err);
    }
    ok = id != 0 && (stream->services->writer == NULL ||
                     record_node(stream, id, context->step, buf_view(&lines), &err));
    buf_fini(&lines);
    if (!ok)
        return luaL_error(L, "%s", err.text);
    lua_pushinteger(L, id);
    return 1;
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
    struct service_stream *stream = check_stream(L);
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

static int l_retrieve(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    struct view focal = { 0 };
    lua_Integer most = luaL_checkinteger(L, 3);
    float space[EMBED_DIM];

    focal.data = luaL_checklstring(L, 2, &focal.len);
    luaL_argcheck(L, most >= 0 && most <= MAX_HITS, 3, "must be 0 to 200 memories");
    if (embedder_of(stream->services) == NULL)
        return retrieve(L, stream, vector_of(stream, focal, space));
    luaL_argcheck(L, focal.len > 0, 2, "must not be empty");
    if (memory_pending_count(stream->memory) > 0 ||
        memory_find_vector(stream->memory, focal) == NULL)
        return wait_for_vectors(L, stream, focal);
    return retrieve(L, stream, memory_find_vector(stream->memory, focal));
}

// ---- Codes

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

static int l_codes(lua_State *L)
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
    if (embedder_of(s) != NULL) {
        w = embed_wait_open(L, s); // texts text... wait
        embed_wait_start(w, texts, (size_t)count);
        return embed_wait_then(L, w, finish_codes, lua_gettop(L));
    }
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 0; i < count; i++) {
        if (s->asker != NULL && s->asker->meter_text != NULL)
            s->asker->meter_text(s->asker->user, texts[i]);
        embed_text(texts[i], space);
        push_codes(L, space, EMBED_DIM);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int push_ids(lua_State *L, const uint32_t *ids, size_t count)
{
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushinteger(L, ids[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

// The set of types that argument `arg` names; all if it is nil.
static unsigned check_types(lua_State *L, int arg)
{
    if (lua_isnoneornil(L, arg))
        return MEMORY_ALL;
    return 1u << luaL_checkoption(L, arg, NULL, TYPES);
}

static size_t check_count(lua_State *L, int arg, const struct memory *m)
{
    lua_Integer count = luaL_checkinteger(L, arg);

    luaL_argcheck(L, count >= 0, arg, "must not be negative");
    return (uint64_t)count < memory_count(m) ? (size_t)count : memory_count(m);
}

static int l_latest(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    size_t count = check_count(L, 2, stream->memory);
    unsigned types = check_types(L, 3);
    uint32_t *ids = lua_newuserdatauv(L, (count + 1) * sizeof(*ids), 0); // ids

    return push_ids(L, ids, memory_latest(stream->memory, types, ids, count));
}

static int l_lookup(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    struct view keyword = { 0 };
    unsigned types = check_types(L, 3);
    size_t room = memory_count(stream->memory);
    uint32_t *ids = NULL;

    keyword.data = luaL_checklstring(L, 2, &keyword.len);
    ids = lua_newuserdatauv(L, (room + 1) * sizeof(*ids), 0); // ids
    return push_ids(L, ids, memory_find_keyword(stream->memory, keyword, types, ids, room));
}

static int l_text(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    struct memory_node node;

    memory_get(stream->memory, check_id(L, 2, stream->memory), &node);
    lua_pushlstring(L, node.description.data, node.description.len);
    return 1;
}

static void set_view(lua_State *L, const char *name, struct view text)
{
    lua_pushlstring(L, text.len > 0 ? text.data : "", text.len);
    lua_setfield(L, -2, name);
}

static void set_int(lua_State *L, const char *name, lua_Integer value)
{
    lua_pushinteger(L, value);
    lua_setfield(L, -2, name);
}

static int l_node(lua_State *L)
{
    struct service_stream *stream = check_stream(L);
    uint32_t id = check_id(L, 2, stream->memory);
    struct memory_node node;
    struct err err = { { 0 } };

    memory_get(stream->memory, id, &node);
    lua_createtable(L, 0, 13);
    set_int(L, "id", id);
    lua_pushstring(L, TYPES[node.type]);
    lua_setfield(L, -2, "type");
    set_int(L, "depth", (lua_Integer)node.depth);
    set_int(L, "created", node.created_s);
    set_int(L, "last_accessed", node.last_accessed_s);
    if (node.expires_s != MEMORY_NEVER)
        set_int(L, "expires", node.expires_s);
    set_view(L, "subject", node.subject);
    set_view(L, "predicate", node.predicate);
    set_view(L, "object", node.object);
    set_view(L, "text", node.description);
    lua_pushnumber(L, node.importance);
    lua_setfield(L, -2, "importance");
    push_ids(L, node.evidence, node.evidence_count);
    lua_setfield(L, -2, "evidence");
    if (node.filling.len > 0) {
        if (!convert_from_json(L, node.filling, &err)) // node lines
            return luaL_error(L, "%s", err.text);
        lua_setfield(L, -2, "lines");
    }
    return 1;
}

static int l_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)memory_count(check_stream(L)->memory));
    return 1;
}

static const struct script_function methods[] = {
    { "add", l_add, SCRIPT_EFFECT },       { "retrieve", l_retrieve, SCRIPT_EFFECT },
    { "latest", l_latest, SCRIPT_EFFECT }, { "lookup", l_lookup, SCRIPT_EFFECT },
    { "text", l_text, SCRIPT_EFFECT },     { "node", l_node, SCRIPT_EFFECT },
    { "count", l_count, SCRIPT_EFFECT },   { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type stream_type = { .name = "memory stream",
                                                .class_name = "Stream",
                                                .methods = methods };

static const struct script_function functions[] = {
    { "stream", l_stream, SCRIPT_EFFECT },
    { "codes", l_codes, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type *const types[] = { &stream_type, NULL };

const struct script_module lib_memory = { .name = "memory",
                                          .functions = functions,
                                          .types = types };
