#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "memory/internal.h"

static bool check_text(struct view text, const char *what, struct err *err)
{
    if (text.len > MEMORY_TEXT_MAX)
        return err_set(err, "the %s is %zu bytes long; at most %d are allowed", what, text.len,
                       MEMORY_TEXT_MAX);
    return true;
}

static bool check_lists(const struct memory *m, const struct memory_node *n, struct err *err)
{
    if (n->keyword_count > MEMORY_KEYWORDS_MAX)
        return err_set(err, "%zu keywords; at most %d are allowed", n->keyword_count,
                       MEMORY_KEYWORDS_MAX);
    for (size_t i = 0; i < n->keyword_count; i++)
        if (!check_text(n->keywords[i], "keyword", err))
            return false;
    if (n->evidence_count > MEMORY_EVIDENCE_MAX)
        return err_set(err, "%zu memories as evidence; at most %d are allowed", n->evidence_count,
                       MEMORY_EVIDENCE_MAX);
    if (m->evidence.count + n->evidence_count > UINT32_MAX)
        return err_set(err, "the stream is full: no more evidence can be listed");
    for (size_t i = 0; i < n->evidence_count; i++)
        if (n->evidence[i] < 1 || n->evidence[i] > m->count)
            return err_set(err, "evidence %u does not exist: there are memories 1 to %zu",
                           n->evidence[i], m->count);
    return true;
}

static bool check(const struct memory *m, const struct memory_node *n, struct err *err)
{
    if (m->count >= MEMORY_COUNT_MAX)
        return err_set(err, "the stream is full: it holds %zu memories", m->count);
    if (n->type < MEMORY_EVENT || n->type > MEMORY_CHAT)
        return err_set(err, "%d is no type of memory", (int)n->type);
    if (n->depth > MEMORY_DEPTH_MAX)
        return err_set(err, "depth %u; at most %d is allowed", n->depth, MEMORY_DEPTH_MAX);
    if (!(fabs(n->importance) <= MEMORY_IMPORTANCE_MAX))
        return err_set(err, "the importance is %g; it must be within -%d and %d", n->importance,
                       MEMORY_IMPORTANCE_MAX, MEMORY_IMPORTANCE_MAX);
    return check_text(n->subject, "subject", err) && check_text(n->predicate, "predicate", err) &&
           check_text(n->object, "object", err) && check_text(n->description, "description", err) &&
           check_text(n->text, "embedding text", err) && check_text(n->filling, "filling", err) &&
           check_lists(m, n, err);
}

static struct view text_of(const struct memory_node *n)
{
    return n->text.len != 0 ? n->text : n->description;
}

// Makes room for the results of scoring every row, so that retrieval itself allocates nothing.
static void grow_rows(struct scratch *s, size_t rows)
{
    if (rows <= s->rows_cap)
        return;
    s->rows_cap += s->rows_cap / 4 + 64;
    s->cosines = mem_realloc(s->cosines, s->rows_cap, sizeof(*s->cosines));
    s->parts = mem_realloc(s->parts, s->rows_cap, sizeof(*s->parts));
}

static uint32_t add_row(struct memory *m, struct view text, const float *vector, double length)
{
    uint32_t number = strings_add(m->strings, text);
    uint32_t row = (uint32_t)vectors_count(m->vectors);

    vectors_add(m->vectors, vector, length);
    numbers_push(&m->row_text, number);
    numbers_push(&m->row_use, 0);
    numbers_extend(&m->text_row, number + (size_t)1);
    m->text_row.items[number] = row + 1;
    grow_rows(&m->scratch, row + (size_t)1);
    return row;
}

// A row of zeros, to be filled later; for good if there is nothing to embed.
static uint32_t add_pending(struct memory *m, struct view text)
{
    float *zeros = mem_calloc(vectors_dim(m->vectors), sizeof(*zeros));
    uint32_t row = add_row(m, text, zeros, 0);

    free(zeros);
    if (text.len > 0)
        numbers_push(&m->pending, row);
    return row;
}

// The original leaves out whatever has "idle" in its embedding text, and conversations.
static bool is_candidate(const struct memory_node *n)
{
    struct view text = text_of(n);

    return n->type != MEMORY_CHAT && !n->forgotten &&
           (text.len == 0 || memmem(text.data, text.len, "idle", 4) == NULL);
}

static void list_candidate(struct memory *m, double importance, uint32_t row)
{
    m->rows_changed = m->rows_changed || m->row_use.items[row] == 0;
    m->row_use.items[row]++;
    if (m->recency.live == 0) {
        m->importance_min = m->importance_max = importance;
        m->range_known = true;
    }
    m->importance_min = fmin(m->importance_min, importance);
    m->importance_max = fmax(m->importance_max, importance);
}

static void grow_nodes(struct memory *m)
{
    struct scratch *s = &m->scratch;

    if (m->count == m->cap) {
        m->cap += m->cap / 4 + 64;
        m->nodes = mem_realloc(m->nodes, m->cap, sizeof(*m->nodes));
        m->changed.items = mem_realloc(m->changed.items, m->cap, sizeof(*m->changed.items));
        m->changed.cap = m->cap;
        s->powers_cap = m->cap + 2;
        s->powers = mem_realloc(s->powers, s->powers_cap, sizeof(*s->powers));
    }
}

static void store_lists(struct memory *m, struct stored *s, const struct memory_node *n,
                        uint32_t id)
{
    s->keywords_at = (uint32_t)m->keywords.count;
    for (size_t i = 0; i < n->keyword_count; i++) {
        uint32_t keyword = strings_add(m->strings, keyword_lower(m, n->keywords[i]));
        numbers_push(&m->keywords, keyword);
        keyword_post(m, keyword, id);
    }
    s->keyword_count = (uint8_t)n->keyword_count;
    s->evidence_at = (uint32_t)m->evidence.count;
    for (size_t i = 0; i < n->evidence_count; i++)
        numbers_push(&m->evidence, n->evidence[i]);
    s->evidence_count = (uint16_t)n->evidence_count;
}

uint32_t memory_append(struct memory *m, const struct memory_node *n, struct err *err)
{
    uint32_t row = memory_find_row(m, text_of(n)), id = (uint32_t)m->count + 1;
    double length = 0;
    struct stored s = { .created_s = n->created_s,
                        .expires_s = n->expires_s,
                        .importance = n->importance,
                        .depth = (uint16_t)n->depth,
                        .type = (uint8_t)n->type,
                        .forgotten = n->forgotten };

    if (!check(m, n, err))
        return 0;
    if (row == STRINGS_NONE && n->vector == NULL && !m->may_pend) {
        struct view text = text_of(n);
        err_set(err, "no embedding vector for the new text \"%.*s\"",
                text.len > 80 ? 80 : (int)text.len, text.len == 0 ? "" : text.data);
        return 0;
    }
    if (row == STRINGS_NONE && n->vector == NULL) {
        row = add_pending(m, text_of(n));
    } else if (row == STRINGS_NONE) {
        if (!vectors_length(n->vector, vectors_dim(m->vectors), &length, err))
            return 0;
        row = add_row(m, text_of(n), n->vector, length);
    }
    s.vector = row;
    s.subject = strings_add(m->strings, n->subject);
    s.predicate = strings_add(m->strings, n->predicate);
    s.object = strings_add(m->strings, n->object);
    s.description = strings_add(m->strings, n->description);
    s.filling = strings_add(m->strings, n->filling);
    store_lists(m, &s, n, id);
    grow_nodes(m);
    if (is_candidate(n))
        list_candidate(m, n->importance, row);
    recency_add(&m->recency, n->last_accessed_s, is_candidate(n), row, n->importance);
    if (!n->forgotten && n->expires_s < m->next_expiry_s)
        m->next_expiry_s = n->expires_s;
    m->nodes[m->count++] = s;
    return id;
}
