#include "store/intern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/mem.h"
#include "store/siphash.h"

struct intern_slot {
    struct siphash hash;
    int64_t id; // 0: free
};

static struct intern_slot *find(const struct intern *in, const struct siphash *hash)
{
    for (size_t i = hash->a & (in->cap - 1);; i = (i + 1) & (in->cap - 1)) {
        struct intern_slot *slot = &in->slots[i];
        if (slot->id == 0 || (slot->hash.a == hash->a && slot->hash.b == hash->b))
            return slot;
    }
}

static void draw_key(struct intern *in)
{
    // getrandom does not fail for so few bytes once the system is up; if it does, nothing is safe
    if (getrandom(in->key, sizeof(in->key), 0) != (ssize_t)sizeof(in->key)) {
        fprintf(stderr, "propersim: the system gives no random bytes\n");
        abort();
    }
}

static void grow(struct intern *in)
{
    struct intern old = *in;

    if (old.cap == 0)
        draw_key(in);
    in->cap = old.cap == 0 ? 256 : old.cap * 2;
    in->slots = mem_calloc(in->cap, sizeof(*in->slots));
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].id != 0)
            *find(in, &old.slots[i].hash) = old.slots[i];
    free(old.slots);
}

static struct intern_slot *slot_of(struct intern *in, struct view text)
{
    struct siphash hash = { 0 };
    struct intern_slot *slot = NULL;

    if (in->count * 4 >= in->cap * 3) // at most 3/4 full; also makes room for the first
        grow(in);
    hash = siphash_of(text, in->key[0], in->key[1]);
    slot = find(in, &hash);
    slot->hash = hash;
    return slot;
}

int64_t intern_text(struct intern *in, struct view text, bool *added)
{
    struct intern_slot *slot = slot_of(in, text);

    *added = slot->id == 0;
    if (*added) {
        slot->id = ++in->last;
        in->count++;
    }
    return slot->id;
}

void intern_load(struct intern *in, struct view text, int64_t id)
{
    struct intern_slot *slot = slot_of(in, text);

    if (slot->id == 0) {
        slot->id = id;
        in->count++;
    }
    if (id > in->last)
        in->last = id;
}

void intern_fini(struct intern *in)
{
    free(in->slots);
    *in = (struct intern){ 0 };
}
