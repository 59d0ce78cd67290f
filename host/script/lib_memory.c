// require "memory": the memory streams of the household's residents and their assistants.

#include "script/lib_memory.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "memory/embed.h"
#include "script/convert.h"
#include "script/fields.h"
#include "script/lib_memory_impl.h"
#include "script/services.h"
#include "text/json.h"

enum { MAX_EVIDENCE = 200 };

static const struct object_type stream_type;

static const char *const TYPES[] = { "event", "thought", "chat", NULL };

struct service_stream *memory_check_stream(lua_State *L)
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
    struct service_stream *stream = memory_check_stream(L);
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
    if (memory_embedder(stream->services) == NULL) // else the text's vector comes when it is needed
        node.vector = memory_vector(stream, node.text, space);
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
    struct service_stream *stream = memory_check_stream(L);
    size_t count = check_count(L, 2, stream->memory);
    unsigned types = check_types(L, 3);
    uint32_t *ids = lua_newuserdatauv(L, (count + 1) * sizeof(*ids), 0); // ids

    return push_ids(L, ids, memory_latest(stream->memory, types, ids, count));
}

static int l_lookup(lua_State *L)
{
    struct service_stream *stream = memory_check_stream(L);
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
    struct service_stream *stream = memory_check_stream(L);
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
    struct service_stream *stream = memory_check_stream(L);
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
    lua_pushinteger(L, (lua_Integer)memory_count(memory_check_stream(L)->memory));
    return 1;
}

static const struct script_function methods[] = {
    { "add", l_add, SCRIPT_EFFECT },       { "retrieve", l_memory_retrieve, SCRIPT_EFFECT },
    { "latest", l_latest, SCRIPT_EFFECT }, { "lookup", l_lookup, SCRIPT_EFFECT },
    { "text", l_text, SCRIPT_EFFECT },     { "node", l_node, SCRIPT_EFFECT },
    { "count", l_count, SCRIPT_EFFECT },   { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type stream_type = { .name = "memory stream",
                                                .class_name = "Stream",
                                                .methods = methods };

static const struct script_function functions[] = {
    { "stream", l_stream, SCRIPT_EFFECT },
    { "codes", l_memory_codes, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

static const struct object_type *const types[] = { &stream_type, NULL };

const struct script_module lib_memory = { .name = "memory",
                                          .functions = functions,
                                          .types = types };
