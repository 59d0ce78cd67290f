// personas/NAME/bootstrap_memory/{associative,evaluation}_memory/{nodes,embeddings,kw_strength}.json
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "memory/embed.h"
#include "text/json.h"

// One of the two memory folders of a person.
struct folder {
    const struct reverie_export *e;
    struct err *err;
    bool ok;
    const char *person;
    char *name;       // "bootstrap_memory/associative_memory"
    bool with_triple; // nodes have subject, predicate and object
    struct buf out;
    int64_t *ids; // of the nodes so far, ascending: node n is ids[n - 1]
    size_t count, cap;
    int64_t of_type[3]; // how many events, thoughts, chats so far
};

// Of every source of nodes: what a node has.
#define NODE_COLUMNS                                                                               \
    "id, type, depth, created_clock, expiration_clock, subject, predicate, object, text,"          \
    " importance, keywords, filling"
enum column {
    C_ID,
    C_TYPE,
    C_DEPTH,
    C_CREATED,
    C_EXPIRATION,
    C_SUBJECT,
    C_PREDICATE,
    C_OBJECT,
    C_TEXT,
    C_IMPORTANCE,
    C_KEYWORDS,
    C_FILLING,
};

// ?1 is the resident, ?2 the stream.
static const char stream_sql[] =
    "SELECT " NODE_COLUMNS " FROM memory WHERE who = ?1 AND stream = ?2 AND cleared_step IS NULL";

// What the resident remembers of their assistant: what was said on the last day, ?2 being their
// name. The original empties this memory each midnight, and keeps no abstentions in it.
static const char received_sql[] =
    "SELECT row_number() OVER (ORDER BY d.step) AS id, 'event' AS type, 0 AS depth,"
    " d.clock AS created_clock, NULL AS expiration_clock, NULL AS subject, NULL AS predicate,"
    " NULL AS object, ?2 || '''s Action: ' || s.action || char(10) || 'Agent''s Suggestion: '"
    " || d.text || char(10) AS text, 5 AS importance, json_array(s.action, d.text) AS keywords,"
    " '[]' AS filling"
    " FROM delivery d JOIN step s ON s.step = d.step AND s.who = d.who"
    " WHERE d.who = ?1 AND NOT d.silent AND d.day = (SELECT max(day) FROM day)";

static bool write_file(struct folder *f, const char *name)
{
    struct buf path = { 0 };
    bool ok = false;

    buf_addf(&path, "%s/%s", f->name, name);
    ok = reverie_export_write(f->e, "personas", f->person, buf_str(&path), buf_view(&f->out),
                              f->err);
    buf_fini(&path);
    buf_clear(&f->out);
    return ok;
}

// The number of the node with this id, 0 if it is no longer there.
static size_t number_of(const struct folder *f, int64_t id)
{
    size_t low = 0, high = f->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (f->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->count && f->ids[low] == id ? low + 1 : 0;
}

// Evidence, which is numbers of nodes, becomes their names.
static bool add_evidence(struct folder *f, struct view text)
{
    struct json *list = text.len > 0 ? json_parse(text, f->err) : NULL;
    struct buf *out = &f->out;

    if (text.len > 0 && list == NULL)
        return err_wrap(f->err, "filling of a memory");
    buf_add_char(out, '[');
    for (const struct json *item = list != NULL ? json_first(list) : NULL; item != NULL;
         item = json_next(item)) {
        size_t number = 0;
        if (json_type(item) != JSON_NUMBER) {
            export_json_comma(out);
            json_add_canonical(out, item);
            continue;
        }
        number = number_of(f, (int64_t)json_number(item));
        if (number > 0) {
            export_json_comma(out);
            buf_addf(out, "\"node_%zu\"", number);
        }
    }
    buf_add_char(out, ']');
    json_free(list);
    return true;
}

enum { TYPE_CHAT = 2 };

static size_t type_of(struct view name)
{
    return view_starts(name, "event") ? 0 : view_starts(name, "thought") ? 1 : TYPE_CHAT;
}

static void keep_id(struct folder *f, int64_t id)
{
    if (f->count == f->cap) {
        f->cap = mem_grow(f->cap, f->count + 1);
        f->ids = mem_realloc(f->ids, f->cap, sizeof(*f->ids));
    }
    f->ids[f->count++] = id;
}

static bool add_node(void *user, const struct value *row, size_t columns)
{
    struct folder *f = user;
    struct buf *out = &f->out;

    (void)columns;
    keep_id(f, row[C_ID].i);
    buf_addf(out, "%s\n\"node_%zu\":{", f->count > 1 ? "," : "", f->count);
    export_json_int(out, "node_count", (int64_t)f->count);
    export_json_int(out, "type_count", ++f->of_type[type_of(row[C_TYPE].bytes)]);
    export_json_text(out, "type", row[C_TYPE].bytes);
    export_json_int(out, "depth", row[C_DEPTH].i);
    export_json_text(out, "created", row[C_CREATED].bytes);
    export_json_text(out, "expiration", row[C_EXPIRATION].bytes);
    if (f->with_triple) {
        export_json_text(out, "subject", row[C_SUBJECT].bytes);
        export_json_text(out, "predicate",
                         reverie_predicate(f->e, row[C_PREDICATE].bytes, row[C_OBJECT].bytes));
        export_json_text(out, "object", row[C_OBJECT].bytes);
    }
    export_json_text(out, "description", row[C_TEXT].bytes);
    export_json_text(out, "embedding_key", row[C_TEXT].bytes);
    export_json_key(out, "poignancy");
    json_add_number(out, row[C_IMPORTANCE].r);
    export_json_key(out, "keywords");
    buf_add_view(out, row[C_KEYWORDS].bytes.len > 0 ? row[C_KEYWORDS].bytes : view_of("[]"));
    export_json_key(out, "filling");
    f->ok = type_of(row[C_TYPE].bytes) == TYPE_CHAT
                ? reverie_add_lines(out, row[C_FILLING].bytes, f->err)
                : add_evidence(f, row[C_FILLING].bytes);
    buf_add_char(out, '}');
    return f->ok;
}

static void add_vector(struct buf *out, const float *vector, size_t dim)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < dim; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        buf_addf(out, "%.9g", (double)vector[i]);
    }
    buf_add_char(out, ']');
}

// A text and, if it came from an endpoint, its stored vector.
static bool add_embedding(void *user, const struct value *row, size_t columns)
{
    struct folder *f = user;
    float offline[EMBED_DIM];

    (void)columns;
    export_json_comma(&f->out);
    buf_add_char(&f->out, '\n');
    json_add_string(&f->out, row[0].bytes);
    buf_add_char(&f->out, ':');
    if (row[1].type == VALUE_BLOB) {
        float *vector = mem_calloc(row[1].bytes.len / sizeof(float), sizeof(float));
        memcpy(vector, row[1].bytes.data, row[1].bytes.len / sizeof(float) * sizeof(float));
        add_vector(&f->out, vector, row[1].bytes.len / sizeof(float));
        free(vector);
    } else if (strcmp(f->e->info->embedder, EMBED_VERSION) == 0) {
        embed_text(row[0].bytes, offline);
        add_vector(&f->out, offline, EMBED_DIM);
    } else {
        buf_add_str(&f->out, "[]");
        f->e->numbers->unembedded++;
    }
    return true;
}

static bool add_strength(void *user, const struct value *row, size_t columns)
{
    struct folder *f = user;

    (void)columns;
    export_json_comma(&f->out);
    json_add_string(&f->out, row[0].bytes);
    buf_addf(&f->out, ":%lld", (long long)row[1].i);
    return true;
}

static bool query(struct folder *f, const char *fmt, const char *source, const char *type,
                  const struct value *params, reader_row_fn fn)
{
    struct buf sql = { 0 };
    const char *at = fmt;
    bool ok = false;

    // $S is the source of the nodes, $T their type
    for (const char *mark = strchr(at, '$'); mark != NULL; mark = strchr(at, '$')) {
        buf_add(&sql, at, (size_t)(mark - at));
        buf_add_str(&sql, mark[1] == 'S' ? source : type);
        at = mark + 2;
    }
    buf_add_str(&sql, at);
    ok = reader_query(f->e->reader, buf_str(&sql), params, 2, fn, f, f->err) && f->ok;
    buf_fini(&sql);
    return ok;
}

// How often each keyword occurs, idle objects apart, as the original counts.
static bool add_strengths(struct folder *f, const char *source, const char *type,
                          const struct value *params)
{
    buf_addf(&f->out, "%s\"kw_strength_%s\":{", f->out.len > 1 ? "," : "", type);
    if (!query(f,
               "SELECT lower(j.value), count(*) FROM ($S) n, json_each(coalesce(n.keywords, '[]'))"
               " j WHERE n.type = '$T'"
               " AND coalesce(n.predicate || ' ' || n.object, '') <> 'is idle'"
               " GROUP BY 1 ORDER BY 1",
               source, type, params, add_strength))
        return false;
    buf_add_char(&f->out, '}');
    return true;
}

static bool write_folder(struct folder *f, const char *source, const struct value *params)
{
    bool ok = false;

    buf_add_char(&f->out, '{');
    ok = query(f, "SELECT * FROM ($S) ORDER BY id", source, "", params, add_node);
    buf_add_str(&f->out, "}\n");
    ok = ok && write_file(f, "nodes.json");
    buf_add_char(&f->out, '{');
    ok = ok && query(f,
                     "SELECT n.text, (SELECT e.vector FROM embedding e WHERE e.text = n.text"
                     " LIMIT 1) FROM (SELECT DISTINCT text FROM ($S) WHERE text IS NOT NULL) n"
                     " ORDER BY n.text",
                     source, "", params, add_embedding);
    buf_add_str(&f->out, "}\n");
    ok = ok && write_file(f, "embeddings.json");
    buf_add_char(&f->out, '{');
    ok = ok && add_strengths(f, source, "event", params) &&
         add_strengths(f, source, "thought", params);
    buf_add_str(&f->out, "}\n");
    ok = ok && write_file(f, "kw_strength.json");
    f->e->numbers->memories += (int64_t)f->count;
    free(f->ids);
    buf_fini(&f->out);
    return ok;
}

static bool write_memory(const struct reverie_export *e, const char *person, const char *kind,
                         const char *source, int who, const char *second, struct err *err)
{
    const struct value params[] = { value_int(who), value_text(view_of(second)) };
    struct buf name = { 0 };
    struct folder f = { .e = e, .err = err, .ok = true, .person = person };
    bool ok = false;

    buf_addf(&name, "bootstrap_memory/%s_memory", kind);
    f.name = buf_take(&name);
    f.with_triple = strcmp(kind, "associative") == 0;
    ok = write_folder(&f, source, params);
    free(f.name);
    return ok ? true : err_wrap(err, "%s: %s_memory", person, kind);
}

bool reverie_export_memories(const struct reverie_export *e, struct err *err)
{
    for (int i = 0; i < e->count; i++) {
        const char *name = e->info->residents[i].name, *assistant = e->assistants[i];
        if (!write_memory(e, name, "associative", stream_sql, i + 1, "resident", err) ||
            !write_memory(e, name, "evaluation", received_sql, i + 1, name, err))
            return false;
        // an assistant of the original perceives nothing; what it was told is in its evaluations
        if (assistant != NULL &&
            (!write_memory(e, assistant, "associative", stream_sql, i + 1, "nobody", err) ||
             !write_memory(e, assistant, "evaluation", stream_sql, i + 1, "assistant", err)))
            return false;
    }
    return true;
}
