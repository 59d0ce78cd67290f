#include "memory/strings.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { CHUNK_BYTES = 16384, SLOTS_START = 64 };

struct entry {
    const char *text;
    uint32_t len;
    uint32_t hash;
};

struct strings {
    struct entry *entries;
    size_t count, cap;
    uint32_t *slots; // open addressing: number + 1, 0 is free; a power of two of them
    size_t slot_count;
    char **chunks;
    size_t chunk_count, chunk_cap;
    char *free_at; // in the chunk that is being filled
    size_t free_bytes, chunk_bytes;
};

struct strings *strings_new(void)
{
    struct strings *s = mem_calloc(1, sizeof(*s));

    s->slot_count = SLOTS_START;
    s->slots = mem_calloc(s->slot_count, sizeof(*s->slots));
    (void)strings_add(s, (struct view){ "", 0 });
    return s;
}

void strings_free(struct strings *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->chunk_count; i++)
        free(s->chunks[i]);
    free(s->chunks);
    free(s->slots);
    free(s->entries);
    free(s);
}

static uint32_t hash_text(struct view text)
{
    uint64_t h = hash64_add(HASH64_START, text.data, text.len);

    return (uint32_t)(h ^ (h >> 32));
}

// The slot that holds the text, or the free one where it belongs.
static size_t find_slot(const struct strings *s, struct view text, uint32_t hash)
{
    size_t at = hash & (s->slot_count - 1);

    for (; s->slots[at] != 0; at = (at + 1) & (s->slot_count - 1)) {
        const struct entry *e = &s->entries[s->slots[at] - 1];
        if (e->hash == hash && view_equal((struct view){ e->text, e->len }, text))
            break;
    }
    return at;
}

static void grow_slots(struct strings *s)
{
    s->slot_count *= 2;
    free(s->slots);
    s->slots = mem_calloc(s->slot_count, sizeof(*s->slots));
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->entries[i].hash & (s->slot_count - 1);
        while (s->slots[at] != 0)
            at = (at + 1) & (s->slot_count - 1);
        s->slots[at] = (uint32_t)i + 1;
    }
}

// A long text gets a chunk of its own, so that the one being filled is not cut short.
static const char *keep(struct strings *s, struct view text)
{
    size_t need = text.len + 1;
    bool own = need > CHUNK_BYTES / 4;
    char *at = s->free_at;

    if (own || need > s->free_bytes) {
        size_t bytes = own ? need : CHUNK_BYTES;
        if (s->chunk_count == s->chunk_cap) {
            s->chunk_cap = mem_grow(s->chunk_cap, s->chunk_count + 1);
            s->chunks = mem_realloc(s->chunks, s->chunk_cap, sizeof(*s->chunks));
        }
        at = s->chunks[s->chunk_count++] = mem_calloc(bytes, 1);
        s->chunk_bytes += bytes;
        if (!own)
            s->free_bytes = bytes;
    }
    if (!own) {
        s->free_at = at + need;
        s->free_bytes -= need;
    }
    if (text.len != 0)
        memcpy(at, text.data, text.len);
    at[text.len] = '\0';
    return at;
}

uint32_t strings_add(struct strings *s, struct view text)
{
    uint32_t hash = hash_text(text);
    size_t at = find_slot(s, text, hash);

    if (s->slots[at] != 0)
        return s->slots[at] - 1;
    assert(text.len < UINT32_MAX && s->count < STRINGS_NONE - 1);
    if (s->count == s->cap) {
        s->cap += s->cap / 4 + 32;
        s->entries = mem_realloc(s->entries, s->cap, sizeof(*s->entries));
    }
    s->entries[s->count++] = (struct entry){ keep(s, text), (uint32_t)text.len, hash };
    s->slots[at] = (uint32_t)s->count;
    if (s->count * 4 > s->slot_count * 3)
        grow_slots(s);
    return (uint32_t)s->count - 1;
}

uint32_t strings_find(const struct strings *s, struct view text)
{
    uint32_t slot = s->slots[find_slot(s, text, hash_text(text))];

    return slot == 0 ? STRINGS_NONE : slot - 1;
}

struct view strings_view(const struct strings *s, uint32_t number)
{
    assert(number < s->count);
    return (struct view){ s->entries[number].text, s->entries[number].len };
}

size_t strings_count(const struct strings *s)
{
    return s->count;
}

size_t strings_bytes(const struct strings *s)
{
    return sizeof(*s) + s->cap * sizeof(*s->entries) + s->slot_count * sizeof(*s->slots) +
           s->chunk_bytes + s->chunk_cap * sizeof(*s->chunks);
}
