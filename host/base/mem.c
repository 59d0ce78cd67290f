#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die_out_of_memory(size_t count, size_t size)
{
    fprintf(stderr, "propersim: out of memory (asked for %zu x %zu bytes)\n", count, size);
    abort();
}

void *mem_calloc(size_t count, size_t size)
{
    void *p = calloc(count != 0 ? count : 1, size != 0 ? size : 1);

    if (p == NULL)
        die_out_of_memory(count, size);
    return p;
}

void *mem_realloc(void *old, size_t count, size_t size)
{
    size_t bytes = 0;
    void *p = NULL;

    if (!__builtin_mul_overflow(count, size, &bytes))
        p = realloc(old, bytes != 0 ? bytes : 1);
    if (p == NULL)
        die_out_of_memory(count, size);
    return p;
}

char *mem_strndup(const char *text, size_t len)
{
    char *copy = mem_calloc(len + 1, 1);

    if (len != 0)
        memcpy(copy, text, len);
    return copy;
}

char *mem_strdup(const char *text)
{
    return text == NULL ? NULL : mem_strndup(text, strlen(text));
}

size_t mem_grow(size_t cap, size_t need)
{
    size_t grown = cap < 16 ? 16 : cap;

    while (grown < need)
        grown *= 2;
    return grown;
}
