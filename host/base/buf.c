#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct view view_of(const char *text)
{
    return (struct view){ .data = text, .len = text == NULL ? 0 : strlen(text) };
}

bool view_equal(struct view a, struct view b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool view_starts(struct view a, const char *prefix)
{
    size_t len = strlen(prefix);

    return a.len >= len && (len == 0 || memcmp(a.data, prefix, len) == 0);
}

char *buf_reserve(struct buf *b, size_t extra)
{
    if (b->cap - b->len <= extra) {
        b->cap = mem_grow(b->cap, b->len + extra + 1);
        b->data = mem_realloc(b->data, b->cap, 1);
        b->data[b->len] = '\0';
    }
    return b->data + b->len;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
    char *end = buf_reserve(b, len);

    if (len != 0)
        memcpy(end, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_add_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_add_view(struct buf *b, struct view v)
{
    buf_add(b, v.data, v.len);
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    int need = 0;

    va_start(args, fmt);
    va_copy(again, args);
    need = vsnprintf(NULL, 0, fmt, args);
    if (need > 0) {
        char *end = buf_reserve(b, (size_t)need);
        vsnprintf(end, (size_t)need + 1, fmt, again);
        b->len += (size_t)need;
    }
    va_end(again);
    va_end(args);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->data != NULL)
        b->data[0] = '\0';
}

void buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ 0 };
}

struct view buf_view(const struct buf *b)
{
    return (struct view){ .data = b->data, .len = b->len };
}

const char *buf_str(const struct buf *b)
{
    return b->data == NULL ? "" : b->data;
}

char *buf_take(struct buf *b)
{
    char *text = b->data == NULL ? mem_strndup("", 0) : b->data;

    *b = (struct buf){ 0 };
    return text;
}
