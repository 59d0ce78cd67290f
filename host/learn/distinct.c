#include "learn/distinct.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

struct distinct {
    struct feature *items;
    size_t count, cap;
    uint32_t *slots; // open addressing: number + 1, 0 is free
    size_t slot_count;
};

struct distinct *distinct_new(void)
{
    struct distinct *d = mem_calloc(1, sizeof(*d));

    d->slot_count = 256;
    d->slots = mem_calloc(d->slot_count, sizeof(*d->slots));
    return d;
}

void distinct_free(struct distinct *d)
{
    if (d == NULL)
        return;
    free(d->items);
    free(d->slots);
    free(d);
}

static size_t find_slot(const struct distinct *d, const struct feature *f)
{
    uint64_t bits = 0;
    size_t at = 0;

    memcpy(&bits, &f->value, sizeof(bits));
    at = hash64_u64(hash64_u64(HASH64_START, f->key), bits) & (d->slot_count - 1);
    while (d->slots[at] != 0) {
        const struct feature *other = &d->items[d->slots[at] - 1];
        if (other->key == f->key && memcmp(&other->value, &f->value, sizeof(f->value)) == 0)
            break;
        at = (at + 1) & (d->slot_count - 1);
    }
    return at;
}

static void grow(struct distinct *d)
{
    d->slot_count *= 2;
    free(d->slots);
    d->slots = mem_calloc(d->slot_count, sizeof(*d->slots));
    for (size_t i = 0; i < d->count; i++)
        d->slots[find_slot(d, &d->items[i])] = (uint32_t)i + 1;
}

uint32_t distinct_add(struct distinct *d, struct feature f)
{
    size_t at = find_slot(d, &f);

    if (d->slots[at] != 0)
        return d->slots[at] - 1;
    if (d->count == d->cap) {
        d->cap = mem_grow(d->cap, d->count + 1);
        d->items = mem_realloc(d->items, d->cap, sizeof(*d->items));
    }
    d->items[d->count++] = f;
    d->slots[at] = (uint32_t)d->count;
    if (d->count * 2 > d->slot_count)
        grow(d);
    return (uint32_t)d->count - 1;
}

struct feature distinct_get(const struct distinct *d, uint32_t number)
{
    assert(number < d->count);
    return d->items[number];
}

size_t distinct_count(const struct distinct *d)
{
    return d->count;
}
