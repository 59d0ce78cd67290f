#include "memory/internal.h"

#include "base/mem.h"

struct view keyword_lower(struct memory *m, struct view keyword)
{
    buf_clear(&m->lower);
    for (size_t i = 0; i < keyword.len; i++) {
        char c = keyword.data[i];
        buf_add_char(&m->lower, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
    }
    return buf_view(&m->lower);
}

void keyword_post(struct memory *m, uint32_t keyword, uint32_t id)
{
    uint32_t *latest = NULL;

    numbers_extend(&m->latest_post, keyword + (size_t)1);
    latest = &m->latest_post.items[keyword];
    if (*latest != 0 && m->postings[*latest - 1].id == id)
        return;
    if (m->posting_count == m->posting_cap) {
        m->posting_cap += m->posting_cap / 4 + 64;
        m->postings = mem_realloc(m->postings, m->posting_cap, sizeof(*m->postings));
    }
    m->postings[m->posting_count++] = (struct posting){ id, *latest };
    *latest = (uint32_t)m->posting_count;
}

size_t memory_find_keyword(struct memory *m, struct view keyword, unsigned types, uint32_t *out,
                           size_t max)
{
    uint32_t number = strings_find(m->strings, keyword_lower(m, keyword));
    size_t found = 0;

    if (number == STRINGS_NONE || number >= m->latest_post.count)
        return 0;
    for (uint32_t at = m->latest_post.items[number]; at != 0 && found < max;) {
        const struct posting *p = &m->postings[at - 1];
        const struct stored *s = &m->nodes[p->id - 1];
        if ((types >> s->type & 1) != 0 && !s->forgotten)
            out[found++] = p->id;
        at = p->before;
    }
    return found;
}
