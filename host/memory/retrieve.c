#include "memory/retrieve.h"

#include <math.h>
#include <string.h>

#include "memory/internal.h"

static const double recency_gw = 0.5, relevance_gw = 3, importance_gw = 2;
static const double weight_max = 1e6, decay_min = 1e-6;

// A range too small to divide by safely counts as no range at all.
static struct rescale rescale_of(double min, double max, double weight)
{
    struct rescale r = { .min = min, .range = max - min > 1e-200 ? max - min : 0 };

    if (r.range > 0)
        r.scale = weight / r.range;
    else
        r.flat = weight * 0.5;
    return r;
}

static double normal(const struct rescale *r, double x)
{
    return r->range > 0 ? (x - r->min) / r->range : 0.5;
}

static bool check(const struct memory_query *q, struct err *err)
{
    const double weights[] = { q->recency_w, q->relevance_w, q->importance_w };

    for (size_t i = 0; i < 3; i++)
        if (!(fabs(weights[i]) <= weight_max))
            return err_set(err, "retrieval: a weight is %g; it must be within -%g and %g",
                           weights[i], weight_max, weight_max);
    if (!(q->decay >= decay_min && q->decay <= 1))
        return err_set(err, "retrieval: the decay is %g; it must be within %g and 1", q->decay,
                       decay_min);
    return true;
}

// Makes the cosines of all rows with this focal point known.
static bool compare_rows(struct memory *m, const float *vector, struct err *err)
{
    struct scratch *s = &m->scratch;
    size_t bytes = vectors_dim(m->vectors) * sizeof(float);

    if (!s->has_query || memcmp(s->query, vector, bytes) != 0) {
        double length = 0;
        if (!vectors_length(vector, vectors_dim(m->vectors), &length, err))
            return err_wrap(err, "retrieval: focal point");
        memcpy(s->query, vector, bytes);
        s->query_length = length;
        s->has_query = true;
        s->known = 0;
        m->rows_changed = true;
    }
    if (s->known < vectors_count(m->vectors))
        vectors_cosines(m->vectors, s->query, s->query_length, s->known, s->cosines + s->known);
    s->known = vectors_count(m->vectors);
    return true;
}

// Fills in what relevance adds to the score of each row, unless it is there from the last time.
static void weigh_rows(struct memory *m, double weight)
{
    struct scratch *s = &m->scratch;
    double min = INFINITY, max = -INFINITY;

    if (!m->rows_changed && s->weight == weight)
        return;
    for (size_t row = 0; row < s->known; row++) {
        if (m->row_use.items[row] == 0)
            continue;
        min = s->cosines[row] < min ? s->cosines[row] : min;
        max = s->cosines[row] > max ? s->cosines[row] : max;
    }
    s->relevance = rescale_of(min, max, weight);
    for (size_t row = 0; row < s->known; row++)
        s->parts[row] = s->relevance.flat + (s->cosines[row] - min) * s->relevance.scale;
    s->weight = weight;
    m->rows_changed = false;
}

// Repeated multiplication, not pow(): the same bits everywhere.
static void extend_powers(struct scratch *s, double decay, size_t highest)
{
    if (s->powers_len == 0 || s->decay != decay) {
        s->powers[0] = 1;
        s->powers_len = 1;
        s->decay = decay;
    }
    for (; s->powers_len <= highest; s->powers_len++)
        s->powers[s->powers_len] = s->powers[s->powers_len - 1] * decay;
}

static struct rescale importance_range(struct memory *m, double weight)
{
    const struct recency *r = &m->recency;

    if (!m->range_known) {
        m->importance_min = INFINITY;
        m->importance_max = -INFINITY;
        for (size_t i = 0; i < r->len; i++) {
            if (r->items[i].id == 0)
                continue;
            m->importance_min = fmin(m->importance_min, r->items[i].importance);
            m->importance_max = fmax(m->importance_max, r->items[i].importance);
        }
        m->range_known = true;
    }
    return rescale_of(m->importance_min, m->importance_max, weight);
}

static bool is_worse(const struct memory_hit *a, const struct memory_hit *b)
{
    return a->score != b->score ? a->score < b->score : a->id > b->id;
}

// A heap with the worst hit at its root: moves the hole at `at` down until `hit` fits.
static void sift_down(struct memory_hit *heap, size_t count, size_t at, struct memory_hit hit)
{
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && is_worse(&heap[child + 1], &heap[child]))
            child++;
        if (!is_worse(&heap[child], &hit))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = hit;
}

static void sift_up(struct memory_hit *heap, size_t at, struct memory_hit hit)
{
    for (; at > 0 && is_worse(&hit, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = hit;
}

// Turns the heap into a list, best first.
static void sort_heap(struct memory_hit *heap, size_t count)
{
    while (count > 1) {
        struct memory_hit worst = heap[0];
        count--;
        sift_down(heap, count, 0, heap[count]);
        heap[count] = worst;
    }
}

struct scoring {
    struct rescale recency, importance;
    const double *parts;  // by row
    const double *powers; // by rank
    size_t live;
    bool oldest_first;
};

// One pass over the candidates, from the newest to the oldest. A hit keeps the power of its rank
// in `recency` and its row in `relevance` until the parts are worked out.
static size_t score_all(const struct recency *r, const struct scoring *s, size_t max,
                        struct memory_hit *out)
{
    // Locals, so that the compiler knows that nothing in the loop changes them.
    const double recency_min = s->recency.min, recency_scale = s->recency.scale;
    const double importance_min = s->importance.min, importance_scale = s->importance.scale;
    const double flat = s->recency.flat + s->importance.flat, *parts = s->parts;
    const double *power = s->oldest_first ? s->powers + s->live : s->powers + 1;
    const ptrdiff_t older = s->oldest_first ? -1 : 1;
    double bar = -INFINITY; // the least score that is of interest
    size_t found = 0;

    for (const struct recency_item *item = r->items + r->len; item-- != r->items;) {
        double score = (*power - recency_min) * recency_scale + parts[item->vector] + flat +
                       (item->importance - importance_min) * importance_scale;
        struct memory_hit hit;
        if (item->id == 0)
            continue;
        hit = (struct memory_hit){ item->id, score, *power, item->vector, item->importance };
        power += older;
        if (score < bar)
            continue;
        if (found < max)
            sift_up(out, found++, hit);
        else if (is_worse(&out[0], &hit))
            sift_down(out, max, 0, hit);
        bar = found == max ? out[0].score : bar;
    }
    return found;
}

bool memory_retrieve(struct memory *m, const struct memory_query *q, size_t max,
                     struct memory_hit *out, size_t *found, struct err *err)
{
    struct scratch *scratch = &m->scratch;
    struct scoring s = { .live = m->recency.live, .oldest_first = q->oldest_first };

    *found = 0;
    if (!check(q, err) || !compare_rows(m, q->vector, err))
        return false;
    if (s.live == 0 || max == 0)
        return true;
    recency_settle(&m->recency);
    weigh_rows(m, q->relevance_w * relevance_gw);
    extend_powers(scratch, q->decay, s.live + 1); // the scan looks one beyond the oldest
    s.parts = scratch->parts;
    s.powers = scratch->powers;
    s.recency = rescale_of(s.powers[s.live], s.powers[1], q->recency_w * recency_gw);
    s.importance = importance_range(m, q->importance_w * importance_gw);
    *found = score_all(&m->recency, &s, max, out);
    sort_heap(out, *found);
    for (size_t i = 0; i < *found; i++) {
        struct memory_hit *hit = &out[i];
        hit->recency = normal(&s.recency, hit->recency);
        hit->relevance = normal(&scratch->relevance, scratch->cosines[(size_t)hit->relevance]);
        hit->importance = normal(&s.importance, hit->importance);
        if (!q->leave_no_trace)
            memory_touch(m, hit->id, q->now_s);
    }
    return true;
}
