#include <stdlib.h>

#include "base/mem.h"
#include "memory/embed.h"
#include "sim/household_data.h"
#include "store/reader.h"

enum { KEYWORDS_MAX = MEMORY_KEYWORDS_MAX, EVIDENCE_MAX = MEMORY_EVIDENCE_MAX };

// One stream being filled from its rows.
struct filling {
    struct memory *memory;
    bool offline; // texts are embedded here; else their vectors come when they are needed
    struct err *err;
    bool ok;
};

static bool fill_node(struct filling *f, const struct row_memory *row, struct json *keywords,
                      struct json *evidence)
{
    struct view words[KEYWORDS_MAX];
    uint32_t *ids = mem_calloc(json_count(evidence), sizeof(*ids));
    float space[EMBED_DIM];
    struct memory_node node = {
        .type = (enum memory_type)(row->type - NODE_EVENT),
        .depth = (unsigned)row->depth,
        .created_s = row->created,
        .last_accessed_s = row->last_accessed,
        .expires_s = row->expiration == ROW_NONE ? MEMORY_NEVER : row->expiration,
        .importance = row->importance,
        .subject = row->subject,
        .predicate = row->predicate,
        .object = row->object,
        .description = row->text,
        .text = row->text,
        .keywords = words,
        .evidence = ids,
        .filling = row->type == NODE_CHAT ? row->filling : (struct view){ 0 },
        .vector = memory_find_vector(f->memory, row->text),
    };
    uint32_t id = 0;

    for (const struct json *k = json_first(keywords); k != NULL; k = json_next(k)) {
        if (node.keyword_count < KEYWORDS_MAX)
            words[node.keyword_count++] = json_string(k);
    }
    for (const struct json *e = json_first(evidence); e != NULL; e = json_next(e)) {
        if (json_type(e) == JSON_NUMBER) // a chat has its lines there instead
            ids[node.evidence_count++] = (uint32_t)json_number(e);
    }
    if (node.vector == NULL && f->offline) {
        embed_text(row->text, space);
        node.vector = space;
    }
    id = memory_append(f->memory, &node, f->err);
    free(ids);
    if (id != 0 && id != (uint64_t)row->id)
        return err_set(f->err, "memory %lld is missing", (long long)id);
    return id != 0;
}

static bool fill_row(void *user, const struct row_memory *row)
{
    struct filling *f = user;
    struct json *keywords = json_parse(row->keywords, f->err);
    struct json *evidence = json_parse(row->filling, f->err);

    f->ok = keywords != NULL && evidence != NULL && fill_node(f, row, keywords, evidence);
    json_free(keywords);
    json_free(evidence);
    return f->ok;
}

static bool fill_stream(struct reader *reader, const struct service_stream *stream, struct err *err)
{
    const struct asker *asker = stream->services->asker;
    struct filling f = { .memory = stream->memory,
                         .offline = asker == NULL || asker->embed == NULL,
                         .err = err,
                         .ok = true };
    uint32_t ignored[64];

    if (!reader_memory(reader, stream->who, stream->stream, fill_row, &f, err) || !f.ok)
        return false;
    while (memory_take_changed(stream->memory, ignored, 64) > 0)
        continue; // what was read is not news to the file
    return true;
}

bool household_restore(struct household *h, struct err *err)
{
    int days = household_days(h);
    struct reader *reader = NULL;
    bool ok = false;

    if (days == 0)
        return true;
    reader = reader_open(h->path, err);
    ok = reader != NULL && reader_state(reader, days, &h->saved, err);
    if (ok) {
        h->state = json_parse(buf_view(&h->saved), err);
        ok = h->state != NULL;
    }
    for (int i = 0; ok && i < h->services.resident_count; i++) {
        struct service_resident *r = &h->services.residents[i];
        ok = fill_stream(reader, &r->resident, err) && fill_stream(reader, &r->assistant, err) &&
             household_restore_learning(reader, r, i + 1, days, err);
    }
    reader_close(reader);
    return ok;
}

static void embed_again(void *user, struct view text, float *out)
{
    (void)user;
    embed_text(text, out);
}

void household_rest(struct household *h)
{
    script_collect(h->script);
    if (h->embedder != NULL)
        return; // its vectors are not computed again in no time
    for (int i = 0; i < h->services.resident_count; i++) {
        memory_release(h->services.residents[i].resident.memory);
        memory_release(h->services.residents[i].assistant.memory);
    }
    h->resting = true;
}

void household_wake(struct household *h)
{
    if (!h->resting)
        return;
    for (int i = 0; i < h->services.resident_count; i++) {
        memory_refill(h->services.residents[i].resident.memory, embed_again, NULL);
        memory_refill(h->services.residents[i].assistant.memory, embed_again, NULL);
    }
    h->resting = false;
}

static void take_from(const struct service_stream *stream, struct row_access **rows, size_t *count,
                      size_t *cap)
{
    uint32_t ids[256];

    for (size_t n = memory_take_changed(stream->memory, ids, 256); n > 0;
         n = memory_take_changed(stream->memory, ids, 256)) {
        if (*count + n > *cap) {
            *cap = mem_grow(*cap, *count + n);
            *rows = mem_realloc(*rows, *cap, sizeof(**rows));
        }
        for (size_t i = 0; i < n; i++) {
            struct memory_node node;
            memory_get(stream->memory, ids[i], &node);
            (*rows)[(*count)++] = (struct row_access){ .who = stream->who,
                                                       .stream = stream->stream,
                                                       .id = ids[i],
                                                       .last_accessed = node.last_accessed_s };
        }
    }
}

struct row_access *household_take_accessed(struct household *h, size_t *count)
{
    struct row_access *rows = NULL;
    size_t cap = 0;

    *count = 0;
    for (int i = 0; i < h->services.resident_count; i++) {
        take_from(&h->services.residents[i].resident, &rows, count, &cap);
        take_from(&h->services.residents[i].assistant, &rows, count, &cap);
    }
    return rows;
}
