#include "mock/history.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_CAP = 1024 }; // a power of two, as all later ones

static struct past *place_of(struct past *places, size_t cap, uint64_t key)
{
    size_t i = key & (cap - 1);

    while (places[i].key != 0 && places[i].key != key)
        i = (i + 1) & (cap - 1);
    return &places[i];
}

static void grow(struct history *h)
{
    size_t cap = h->cap > 0 ? h->cap * 2 : FIRST_CAP;
    struct past *places = mem_calloc(cap, sizeof(*places));

    for (size_t i = 0; i < h->cap; i++) {
        if (h->places[i].key != 0)
            *place_of(places, cap, h->places[i].key) = h->places[i];
    }
    free(h->places);
    h->places = places;
    h->cap = cap;
}

struct past *history_of(struct history *h, uint64_t key)
{
    struct past *p = NULL;

    key = key != 0 ? key : 1;
    if ((h->count + 1) * 2 > h->cap)
        grow(h);
    p = place_of(h->places, h->cap, key);
    if (p->key == 0) {
        p->key = key;
        h->count++;
    }
    return p;
}

void history_fini(struct history *h)
{
    free(h->places);
    *h = (struct history){ 0 };
}
