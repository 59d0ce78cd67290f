#include "sim/meter.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct day_count {
    double questions, bytes_in, bytes_out;
};

struct tally {
    enum role role;
    char *prompt;
    const struct json *model;
    struct day_count *days; // measured ones
};

struct house {
    struct meter *meter;
    const struct json *options;
    const struct script_context *context;
    struct asker asker;
    double *waits; // by measured day
};

struct meter {
    const struct study *study;
    int days;
    struct tally *tallies;
    size_t tally_count;
    struct house **houses; // by cell; NULL: not opened yet
    uint64_t *seen;        // hashes of questions: an open table of a power of two; 0 is empty
    size_t seen_count, seen_cap;
    struct meter_row *rows;
};

struct meter *meter_new(const struct study *study, int days)
{
    struct meter *m = mem_calloc(1, sizeof(*m));

    m->study = study;
    m->days = days;
    m->houses = mem_calloc(study->cell_count, sizeof(*m->houses));
    m->seen_cap = 1024;
    m->seen = mem_calloc(m->seen_cap, sizeof(*m->seen));
    return m;
}

void meter_free(struct meter *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->tally_count; i++) {
        free(m->tallies[i].prompt);
        free(m->tallies[i].days);
    }
    for (size_t i = 0; i < m->study->cell_count; i++) {
        if (m->houses[i] != NULL)
            free(m->houses[i]->waits);
        free(m->houses[i]);
    }
    free(m->tallies);
    free(m->houses);
    free(m->seen);
    free(m->rows);
    free(m);
}

// ---- Equal questions

static bool place(uint64_t *table, size_t cap, uint64_t key)
{
    size_t at = key & (cap - 1);

    while (table[at] != 0 && table[at] != key)
        at = (at + 1) & (cap - 1);
    if (table[at] == key)
        return false;
    table[at] = key;
    return true;
}

// False if the question was there before.
static bool is_new(struct meter *m, uint64_t key)
{
    if (m->seen_count * 2 >= m->seen_cap) {
        uint64_t *wider = mem_calloc(m->seen_cap * 2, sizeof(*wider));
        for (size_t i = 0; i < m->seen_cap; i++) {
            if (m->seen[i] != 0)
                place(wider, m->seen_cap * 2, m->seen[i]);
        }
        free(m->seen);
        m->seen = wider;
        m->seen_cap *= 2;
    }
    if (!place(m->seen, m->seen_cap, key != 0 ? key : 1))
        return false;
    m->seen_count++;
    return true;
}

// ---- Measuring

// NULL: offline.
static const struct json *model_of(const struct house *h, enum role role)
{
    const struct json *model = roles_model(h->options, role);

    return roles_is_offline(model) ? NULL : model;
}

static bool same_model(const struct json *a, const struct json *b)
{
    struct buf x = { 0 }, y = { 0 };
    bool same = false;

    json_add_canonical(&x, a);
    json_add_canonical(&y, b);
    same = view_equal(buf_view(&x), buf_view(&y));
    buf_fini(&x);
    buf_fini(&y);
    return same;
}

static struct tally *find(struct meter *m, enum role role, const char *prompt,
                          const struct json *model)
{
    struct tally *t = NULL;

    for (size_t i = 0; i < m->tally_count; i++) {
        t = &m->tallies[i];
        if (t->role == role && strcmp(t->prompt, prompt) == 0 &&
            (t->model == model || same_model(t->model, model)))
            return t;
    }
    m->tallies = mem_realloc(m->tallies, m->tally_count + 1, sizeof(*m->tallies));
    t = &m->tallies[m->tally_count++];
    *t = (struct tally){ .role = role,
                         .prompt = mem_strdup(prompt),
                         .model = model,
                         .days = mem_calloc((size_t)m->days, sizeof(*t->days)) };
    return t;
}

static int day_of(const struct house *h)
{
    int day = h->context->day;

    return day < 1 ? 0 : day > h->meter->days ? h->meter->days - 1 : day - 1;
}

static void count(struct house *h, enum role role, const char *prompt, uint64_t key, double in,
                  double out)
{
    const struct json *model = model_of(h, role);
    struct day_count *d = NULL;

    if (!is_new(h->meter, key))
        return;
    d = &find(h->meter, role, prompt, model)->days[day_of(h)];
    d->questions++;
    d->bytes_in += in;
    d->bytes_out += out;
}

static enum asker_kind kind(void *user, const char *role)
{
    (void)user;
    (void)role;
    return ASKER_OFFLINE;
}

static bool metered(void *user, const char *role)
{
    enum role which = role_find(role);

    return which < ROLE_COUNT && model_of(user, which) != NULL;
}

static void meter(void *user, const struct asker_question *q, struct view answer)
{
    struct house *h = user;
    uint64_t key =
        rng_key(h->context->seed, h->context->who, q->prompt, (uint64_t)h->context->step);

    key = hash64_add(key, q->user.data, q->user.len);
    key = hash64_add(key, answer.data, answer.len); // tells draws apart, as far as they differ
    count(h, role_find(q->role), q->prompt, key, (double)(q->system.len + q->user.len),
          (double)answer.len);
}

static void meter_text(void *user, struct view text)
{
    struct house *h = user;

    if (model_of(h, ROLE_EMBEDDING) != NULL && text.len > 0)
        count(h, ROLE_EMBEDDING, "embedding", hash64_add(0, text.data, text.len), (double)text.len,
              0);
}

static void meter_wait(void *user)
{
    struct house *h = user;

    h->waits[day_of(h)]++;
}

const struct asker *meter_asker(struct meter *m, size_t household, const struct json *options,
                                const struct script_context *context)
{
    struct house *h = m->houses[household];

    if (h == NULL) {
        h = m->houses[household] = mem_calloc(1, sizeof(*h));
        h->waits = mem_calloc((size_t)m->days, sizeof(*h->waits));
    }
    h->meter = m;
    h->options = options;
    h->context = context;
    h->asker = (struct asker){ .user = h,
                               .kind = kind,
                               .metered = metered,
                               .meter = meter,
                               .meter_text = meter_text,
                               .meter_wait = meter_wait };
    return &h->asker;
}

// ---- The whole study

// How often something that happens v[d] times on measured day d happens in all: the days that
// were not measured are taken to be like the last one.
static double over_all(const struct meter *m, const double *v)
{
    double sum = 0;

    for (int d = 0; d < m->days; d++)
        sum += v[d];
    return sum + (m->study->days - m->days) * v[m->days - 1];
}

static int compare(const void *a, const void *b)
{
    const struct meter_row *x = a, *y = b;

    return x->role != y->role ? (int)x->role - (int)y->role : strcmp(x->prompt, y->prompt);
}

size_t meter_rows(struct meter *m, struct meter_row **rows)
{
    double *v = mem_calloc((size_t)m->days * 3, sizeof(*v));

    free(m->rows);
    m->rows = mem_calloc(m->tally_count, sizeof(*m->rows));
    for (size_t i = 0; i < m->tally_count; i++) {
        const struct tally *t = &m->tallies[i];
        for (int d = 0; d < m->days; d++) {
            v[d] = t->days[d].questions;
            v[m->days + d] = t->days[d].bytes_in;
            v[2 * m->days + d] = t->days[d].bytes_out;
        }
        m->rows[i] = (struct meter_row){ .role = t->role,
                                         .prompt = t->prompt,
                                         .model = t->model,
                                         .questions = over_all(m, v),
                                         .tokens_in = over_all(m, v + m->days) / 4,
                                         .tokens_out = over_all(m, v + 2 * m->days) / 4 };
    }
    free(v);
    qsort(m->rows, m->tally_count, sizeof(*m->rows), compare);
    *rows = m->rows;
    return m->tally_count;
}

double meter_longest(const struct meter *m)
{
    double longest = 0;

    for (size_t i = 0; i < m->study->cell_count; i++) {
        double waits = m->houses[i] != NULL ? over_all(m, m->houses[i]->waits) : 0;
        longest = waits > longest ? waits : longest;
    }
    return longest;
}
