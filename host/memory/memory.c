#include "memory/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "memory/internal.h"

struct memory *memory_new(size_t dim)
{
    struct memory *m = mem_calloc(1, sizeof(*m));

    m->vectors = vectors_new(dim);
    m->strings = strings_new();
    m->next_expiry_s = MEMORY_NEVER;
    m->scratch.query = mem_calloc(vectors_stride(m->vectors), sizeof(float));
    return m;
}

void memory_free(struct memory *m)
{
    struct numbers *pools[] = { &m->keywords, &m->evidence,    &m->row_text, &m->row_use,
                                &m->text_row, &m->latest_post, &m->changed,  &m->pending };

    if (m == NULL)
        return;
    for (size_t i = 0; i < sizeof(pools) / sizeof(*pools); i++)
        free(pools[i]->items);
    vectors_free(m->vectors);
    strings_free(m->strings);
    recency_fini(&m->recency);
    free(m->nodes);
    free(m->postings);
    buf_fini(&m->lower);
    free(m->scratch.query);
    free(m->scratch.cosines);
    free(m->scratch.parts);
    free(m->scratch.powers);
    free(m);
}

void numbers_push(struct numbers *n, uint32_t value)
{
    if (n->count == n->cap) {
        n->cap += n->cap / 4 + 32;
        n->items = mem_realloc(n->items, n->cap, sizeof(*n->items));
    }
    n->items[n->count++] = value;
}

void numbers_extend(struct numbers *n, size_t count)
{
    while (n->count < count)
        numbers_push(n, 0);
}

uint32_t memory_find_row(const struct memory *m, struct view text)
{
    uint32_t number = strings_find(m->strings, text);

    if (number == STRINGS_NONE || number >= m->text_row.count || m->text_row.items[number] == 0)
        return STRINGS_NONE;
    return m->text_row.items[number] - 1;
}

void memory_allow_pending(struct memory *m)
{
    m->may_pend = true;
}

size_t memory_pending_count(const struct memory *m)
{
    return m->pending.count;
}

struct view memory_pending_text(const struct memory *m, size_t i)
{
    assert(i < m->pending.count);
    return strings_view(m->strings, m->row_text.items[m->pending.items[i]]);
}

bool memory_fill_pending(struct memory *m, const float *vectors, struct err *err)
{
    size_t dim = vectors_dim(m->vectors);
    double length = 0;

    for (size_t i = 0; i < m->pending.count; i++) {
        if (!vectors_length(vectors + i * dim, dim, &length, err))
            return false;
    }
    for (size_t i = 0; i < m->pending.count; i++) {
        const float *vector = vectors + i * dim;
        if (vectors_length(vector, dim, &length, err)) // it did a moment ago
            vectors_set(m->vectors, m->pending.items[i], vector, length);
    }
    m->pending.count = 0;
    return true;
}

size_t memory_dim(const struct memory *m)
{
    return vectors_dim(m->vectors);
}

size_t memory_count(const struct memory *m)
{
    return m->count;
}

void memory_get(const struct memory *m, uint32_t id, struct memory_node *out)
{
    const struct stored *s = NULL;

    assert(id >= 1 && id <= m->count);
    s = &m->nodes[id - 1];
    *out = (struct memory_node){
        .id = id,
        .type = (enum memory_type)s->type,
        .depth = s->depth,
        .forgotten = s->forgotten,
        .created_s = s->created_s,
        .last_accessed_s = m->recency.times[id - 1],
        .expires_s = s->expires_s,
        .importance = s->importance,
        .subject = strings_view(m->strings, s->subject),
        .predicate = strings_view(m->strings, s->predicate),
        .object = strings_view(m->strings, s->object),
        .description = strings_view(m->strings, s->description),
        .text = strings_view(m->strings, m->row_text.items[s->vector]),
        .vector = vectors_row(m->vectors, s->vector),
        .keyword_count = s->keyword_count,
        .evidence = s->evidence_count == 0 ? NULL : m->evidence.items + s->evidence_at,
        .evidence_count = s->evidence_count,
        .filling = strings_view(m->strings, s->filling),
    };
}

struct view memory_keyword(const struct memory *m, uint32_t id, size_t i)
{
    assert(id >= 1 && id <= m->count && i < m->nodes[id - 1].keyword_count);
    return strings_view(m->strings, m->keywords.items[m->nodes[id - 1].keywords_at + i]);
}

size_t memory_text_count(const struct memory *m)
{
    return vectors_count(m->vectors);
}

struct view memory_text(const struct memory *m, size_t number, const float **vector)
{
    *vector = vectors_row(m->vectors, number);
    return strings_view(m->strings, m->row_text.items[number]);
}

size_t memory_text_of(const struct memory *m, uint32_t id)
{
    assert(id >= 1 && id <= m->count);
    return m->nodes[id - 1].vector;
}

const float *memory_find_vector(const struct memory *m, struct view text)
{
    uint32_t row = memory_find_row(m, text);

    return row == STRINGS_NONE ? NULL : vectors_row(m->vectors, row);
}

size_t memory_latest(const struct memory *m, unsigned types, uint32_t *out, size_t max)
{
    size_t found = 0;

    for (size_t i = m->count; i > 0 && found < max; i--)
        if ((types >> m->nodes[i - 1].type & 1) != 0 && !m->nodes[i - 1].forgotten)
            out[found++] = (uint32_t)i;
    return found;
}

static void note_change(struct memory *m, uint32_t id)
{
    if (m->nodes[id - 1].changed)
        return;
    m->nodes[id - 1].changed = true;
    m->changed.items[m->changed.count++] = id; // has room for every memory
}

void memory_touch(struct memory *m, uint32_t id, int64_t now_s)
{
    assert(id >= 1 && id <= m->count);
    if (m->recency.times[id - 1] == now_s)
        return;
    recency_touch(&m->recency, id, now_s);
    note_change(m, id);
}

size_t memory_forget_expired(struct memory *m, int64_t now_s)
{
    size_t forgotten = 0;

    if (now_s < m->next_expiry_s)
        return 0;
    m->next_expiry_s = MEMORY_NEVER;
    for (size_t i = 0; i < m->count; i++) {
        struct stored *s = &m->nodes[i];
        if (s->forgotten || s->expires_s == MEMORY_NEVER)
            continue;
        if (s->expires_s > now_s) {
            if (s->expires_s < m->next_expiry_s)
                m->next_expiry_s = s->expires_s;
            continue;
        }
        if (m->recency.places[i] != 0) {
            m->rows_changed = m->rows_changed || m->row_use.items[s->vector] == 1;
            m->row_use.items[s->vector]--;
            m->range_known = false;
        }
        recency_remove(&m->recency, (uint32_t)i + 1);
        s->forgotten = true;
        note_change(m, (uint32_t)i + 1);
        forgotten++;
    }
    return forgotten;
}

size_t memory_take_changed(struct memory *m, uint32_t *out, size_t max)
{
    size_t n = m->changed.count < max ? m->changed.count : max;

    if (n == 0)
        return 0;
    memcpy(out, m->changed.items, n * sizeof(*out));
    for (size_t i = 0; i < n; i++)
        m->nodes[out[i] - 1].changed = false;
    m->changed.count -= n;
    memmove(m->changed.items, m->changed.items + n, m->changed.count * sizeof(*out));
    return n;
}

void memory_release(struct memory *m)
{
    vectors_release(m->vectors);
}

struct refilling {
    const struct memory *m;
    void (*embed)(void *user, struct view text, float *out);
    void *user;
};

static void refill_row(void *user, size_t row, float *out)
{
    const struct refilling *r = user;

    r->embed(r->user, strings_view(r->m->strings, r->m->row_text.items[row]), out);
}

void memory_refill(struct memory *m, void (*embed)(void *user, struct view text, float *out),
                   void *user)
{
    struct refilling r = { .m = m, .embed = embed, .user = user };

    vectors_refill(m->vectors, refill_row, &r);
}

size_t memory_bytes(const struct memory *m)
{
    const struct scratch *s = &m->scratch;
    size_t numbers = m->keywords.cap + m->evidence.cap + m->row_text.cap + m->row_use.cap +
                     m->text_row.cap + m->latest_post.cap + m->changed.cap + m->pending.cap;

    return sizeof(*m) + vectors_bytes(m->vectors) + strings_bytes(m->strings) +
           recency_bytes(&m->recency) + m->cap * sizeof(*m->nodes) + numbers * sizeof(uint32_t) +
           m->posting_cap * sizeof(*m->postings) + m->lower.cap +
           vectors_stride(m->vectors) * sizeof(float) + 2 * s->rows_cap * sizeof(double) +
           s->powers_cap * sizeof(double);
}
