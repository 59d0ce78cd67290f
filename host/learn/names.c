#include "learn/names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS = 2 * NAMES_MAX };

struct names {
    char **texts; // by number - 1
    uint64_t *keys;
    size_t count, cap;
    uint16_t *slots; // open addressing by key: a number, 0 is free
    uint64_t refused;
};

uint64_t name_key(const char *name)
{
    uint64_t h = hash64_str(HASH64_START, name);

    // FNV barely changes its high bits for the last letters; buckets are read from those.
    h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
    h ^= h >> 31;
    return h != 0 ? h : 1;
}

struct names *names_new(void)
{
    struct names *n = mem_calloc(1, sizeof(*n));

    n->slots = mem_calloc(SLOTS, sizeof(*n->slots));
    return n;
}

void names_free(struct names *n)
{
    if (n == NULL)
        return;
    for (size_t i = 0; i < n->count; i++)
        free(n->texts[i]);
    free(n->texts);
    free(n->keys);
    free(n->slots);
    free(n);
}

static size_t find_slot(const struct names *n, uint64_t key)
{
    size_t at = key % SLOTS;

    while (n->slots[at] != 0 && n->keys[n->slots[at] - 1] != key)
        at = (at + 1) % SLOTS;
    return at;
}

uint64_t names_add(struct names *n, const char *name)
{
    uint64_t key = name_key(name);
    size_t at = find_slot(n, key);

    assert(name[0] != '\0' && strlen(name) <= NAME_BYTES_MAX);
    if (n->slots[at] != 0)
        return key;
    if (n->count == NAMES_MAX) {
        n->refused++;
        return key;
    }
    if (n->count == n->cap) {
        n->cap = mem_grow(n->cap, n->count + 1);
        n->texts = mem_realloc(n->texts, n->cap, sizeof(*n->texts));
        n->keys = mem_realloc(n->keys, n->cap, sizeof(*n->keys));
    }
    n->texts[n->count] = mem_strdup(name);
    n->keys[n->count++] = key;
    n->slots[at] = (uint16_t)n->count;
    return key;
}

uint16_t names_find(const struct names *n, uint64_t key)
{
    return n->slots[find_slot(n, key)];
}

const char *names_text(const struct names *n, uint16_t number)
{
    assert(number >= 1 && number <= n->count);
    return n->texts[number - 1];
}

size_t names_count(const struct names *n)
{
    return n->count;
}

uint64_t names_refused(const struct names *n)
{
    return n->refused;
}
