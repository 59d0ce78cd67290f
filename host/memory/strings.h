#pragma once
// A pool of texts, each kept once and named by a small number. Texts never move and are never
// removed, so a view stays valid as long as the pool. Number 0 is the empty text. Every text is
// followed by a zero byte that its length does not count. Not thread-safe; one owner.

#include "base/buf.h"

#include <stdint.h>

#define STRINGS_NONE UINT32_MAX

struct strings;

struct strings *strings_new(void) NODISCARD;
void strings_free(struct strings *s);

/// The number of a text, which is added if it is new. Texts are numbered 0, 1, 2, ... as they come.
uint32_t strings_add(struct strings *s, struct view text);
/// The number of a text, or STRINGS_NONE.
uint32_t strings_find(const struct strings *s, struct view text);
struct view strings_view(const struct strings *s, uint32_t number);
size_t strings_count(const struct strings *s);
/// Bytes held.
size_t strings_bytes(const struct strings *s);
