#include "memory/recency.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

// An item that belongs further from the end than this is left to one sort of everything.
enum { SHIFT_MAX = 512 };

// Gaps cost a mispredicted branch each when items are read, so that there are never many.
static bool has_many_gaps(const struct recency *r)
{
    return r->len > r->live + r->live / 16 + 8;
}

void recency_fini(struct recency *r)
{
    free(r->items);
    free(r->times);
    free(r->places);
    *r = (struct recency){ 0 };
}

static bool is_before(const struct recency *r, uint32_t a, uint32_t b)
{
    int64_t ta = r->times[a - 1], tb = r->times[b - 1];

    return ta != tb ? ta < tb : a < b;
}

static int compare(const void *a, const void *b, void *user)
{
    const struct recency_item *x = a, *y = b;

    return is_before(user, x->id, y->id) ? -1 : 1; // ids differ, so there are no ties
}

static void close_gaps(struct recency *r)
{
    size_t len = 0;

    for (size_t i = 0; i < r->len; i++) {
        if (r->items[i].id == 0)
            continue;
        r->items[len++] = r->items[i];
        r->places[r->items[i].id - 1] = (uint32_t)len;
    }
    r->len = len;
}

// Puts an item where its time and id say; usually that is the end.
static void place(struct recency *r, struct recency_item item)
{
    size_t at = 0;

    while (r->len > 0 && r->items[r->len - 1].id == 0)
        r->len--;
    if (r->len == r->cap || has_many_gaps(r))
        close_gaps(r);
    assert(r->len < r->cap); // recency_add keeps room, and a touched item leaves a gap
    at = r->len++;
    for (size_t shifts = 0; r->sorted && at > 0; at--) {
        struct recency_item *before = &r->items[at - 1];
        if (before->id != 0 && is_before(r, before->id, item.id))
            break;
        if (++shifts > SHIFT_MAX)
            r->sorted = false;
        r->items[at] = *before;
        if (before->id != 0)
            r->places[before->id - 1] = (uint32_t)at + 1;
    }
    r->items[at] = item;
    r->places[item.id - 1] = (uint32_t)at + 1;
}

void recency_add(struct recency *r, int64_t time_s, bool listed, uint32_t vector, double importance)
{
    if (r->ids == r->ids_cap) {
        r->ids_cap += r->ids_cap / 4 + 64;
        r->times = mem_realloc(r->times, r->ids_cap, sizeof(*r->times));
        r->places = mem_realloc(r->places, r->ids_cap, sizeof(*r->places));
    }
    r->times[r->ids] = time_s;
    r->places[r->ids] = 0;
    r->ids++;
    if (!listed)
        return;
    // An eighth of the room stays free for gaps, so that closing them stays rare.
    if (r->cap - r->live < r->live / 8 + 8) {
        r->cap = r->live + r->live / 4 + 64;
        r->items = mem_realloc(r->items, r->cap, sizeof(*r->items));
    }
    r->sorted = r->live == 0 || r->sorted;
    r->live++;
    place(r, (struct recency_item){ (uint32_t)r->ids, vector, importance });
}

void recency_touch(struct recency *r, uint32_t id, int64_t time_s)
{
    uint32_t at = r->places[id - 1];

    if (r->times[id - 1] == time_s)
        return;
    r->times[id - 1] = time_s;
    if (at != 0) {
        struct recency_item item = r->items[at - 1];
        r->items[at - 1].id = 0;
        place(r, item);
    }
}

void recency_remove(struct recency *r, uint32_t id)
{
    uint32_t at = r->places[id - 1];

    if (at == 0)
        return;
    r->items[at - 1].id = 0;
    r->places[id - 1] = 0;
    r->live--;
}

void recency_settle(struct recency *r)
{
    if (r->sorted || r->live == 0)
        return;
    close_gaps(r);
    qsort_r(r->items, r->len, sizeof(*r->items), compare, r);
    for (size_t i = 0; i < r->len; i++)
        r->places[r->items[i].id - 1] = (uint32_t)i + 1;
    r->sorted = true;
}

size_t recency_bytes(const struct recency *r)
{
    return r->cap * sizeof(*r->items) + r->ids_cap * (sizeof(*r->times) + sizeof(*r->places));
}
