#include "base/pool.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#if defined(__has_include)
#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#endif
#endif
#ifndef ASAN_POISON_MEMORY_REGION // no AddressSanitizer: nothing to tell
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

enum {
    GRAIN = 16,    // sizes are rounded up to a multiple of this
    LARGEST = 512, // larger blocks come from malloc
    CLASSES = LARGEST / GRAIN,
    SLAB = 64 << 10, // taken from malloc at a time
};

// A block that nobody has, in the list of its class.
struct idle {
    struct idle *next;
};

struct slab {
    struct slab *next;
    size_t ignored; // keeps the blocks behind it aligned
};

struct pool {
    struct idle *idle[CLASSES];
    struct slab *slabs;
    char *fresh, *end; // what is left of the newest slab
};

struct pool *pool_new(void)
{
    return mem_calloc(1, sizeof(struct pool));
}

void pool_free(struct pool *p)
{
    if (p == NULL)
        return;
    for (struct slab *s = p->slabs, *next = NULL; s != NULL; s = next) {
        next = s->next;
        ASAN_UNPOISON_MEMORY_REGION(s, SLAB);
        free(s);
    }
    free(p);
}

static bool is_small(size_t size)
{
    return size <= LARGEST;
}

static size_t class_of(size_t size)
{
    return (size - 1) / GRAIN;
}

static size_t bytes_of(size_t class)
{
    return (class + 1) * GRAIN;
}

static void put_idle(struct pool *p, void *block, size_t class)
{
    struct idle *idle = block;

    ASAN_UNPOISON_MEMORY_REGION(block, sizeof(*idle));
    idle->next = p->idle[class];
    p->idle[class] = idle;
    ASAN_POISON_MEMORY_REGION(block, bytes_of(class));
}

static bool add_slab(struct pool *p)
{
    struct slab *s = malloc(SLAB);

    if (s == NULL)
        return false;
    // what is left of the slab before is too small for the block asked for, not for others
    if (p->end - p->fresh >= GRAIN)
        put_idle(p, p->fresh, class_of((size_t)(p->end - p->fresh)));
    s->next = p->slabs;
    p->slabs = s;
    p->fresh = (char *)(s + 1);
    p->end = (char *)s + SLAB;
    ASAN_POISON_MEMORY_REGION(p->fresh, (size_t)(p->end - p->fresh));
    return true;
}

void *pool_take(struct pool *p, size_t size)
{
    size_t class = 0;
    void *block = NULL;

    if (!is_small(size))
        return malloc(size);
    class = class_of(size);
    block = p->idle[class];
    if (block != NULL) {
        ASAN_UNPOISON_MEMORY_REGION(block, sizeof(struct idle));
        p->idle[class] = p->idle[class]->next;
        __builtin_prefetch(p->idle[class], 1); // the next to be taken, cold since it was given back
        ASAN_POISON_MEMORY_REGION(block, sizeof(struct idle));
    } else {
        if ((size_t)(p->end - p->fresh) < bytes_of(class) && !add_slab(p))
            return NULL;
        block = p->fresh;
        p->fresh += bytes_of(class);
    }
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    return block;
}

void pool_give_back(struct pool *p, void *block, size_t size)
{
    if (is_small(size))
        put_idle(p, block, class_of(size));
    else
        free(block);
}

void *pool_resize(struct pool *p, void *block, size_t old_size, size_t new_size)
{
    void *moved = NULL;

    if (!is_small(old_size) && !is_small(new_size))
        return realloc(block, new_size);
    if (is_small(old_size) && is_small(new_size) && class_of(old_size) == class_of(new_size)) {
        ASAN_POISON_MEMORY_REGION(block, bytes_of(class_of(new_size)));
        ASAN_UNPOISON_MEMORY_REGION(block, new_size);
        return block;
    }
    moved = pool_take(p, new_size);
    if (moved == NULL) // who asks for less can go on with what there is
        return new_size < old_size ? block : NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    pool_give_back(p, block, old_size);
    return moved;
}
