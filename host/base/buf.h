#pragma once
// Bytes: `struct view` borrows them, `struct buf` owns and grows them. A buf is always followed by
// a zero byte that `len` does not count, so its data is also a C string. All-zero is an empty buf.

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>

struct view {
    const char *data; // not zero-terminated; may be NULL when len is 0
    size_t len;
};

struct buf {
    char *data; // NULL until something is added
    size_t len, cap;
};

struct view view_of(const char *text);
bool view_equal(struct view a, struct view b);
/// True if `a` starts with `prefix`.
bool view_starts(struct view a, const char *prefix);

void buf_add(struct buf *b, const void *data, size_t len);
void buf_add_str(struct buf *b, const char *text);
void buf_add_view(struct buf *b, struct view v);
void buf_add_char(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/// Makes room for `extra` more bytes and returns where they go; then set b->len.
char *buf_reserve(struct buf *b, size_t extra);
void buf_clear(struct buf *b); // keeps the memory
void buf_fini(struct buf *b);

/// Borrows the content; invalid after the next change of the buf.
struct view buf_view(const struct buf *b);
/// The content as a C string; "" if empty. Invalid after the next change of the buf.
const char *buf_str(const struct buf *b);
/// Takes the content out as a malloc'ed C string that the caller frees; the buf is empty
/// afterwards.
char *buf_take(struct buf *b) NODISCARD;
