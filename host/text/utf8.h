#pragma once
// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
// A "character" here is a code point.

#include "base/buf.h"

#include <stdint.h>

#define UTF8_REPLACEMENT "\xEF\xBF\xBD" // U+FFFD
#define UTF8_BOM "\xEF\xBB\xBF"         // U+FEFF, at the start of some files

/// Decodes the character at `text.data[at]`. Returns its length in bytes (1..4) and sets *code;
/// returns 0, *code untouched, if no valid character starts there or `at` is the end.
size_t utf8_decode(struct view text, size_t at, uint32_t *code);

/// True if all of it is valid; else *bad_offset (may be NULL) is the first byte that is not.
bool utf8_valid(struct view text, size_t *bad_offset);

/// The number of characters. A byte that is not part of a valid character counts as one.
size_t utf8_count(struct view text);

/// The longest prefix of at most `max_bytes` bytes that does not end inside a valid character.
struct view utf8_cut(struct view text, size_t max_bytes);

/// Replaces each byte that is not part of a valid character by U+FFFD.
void utf8_sanitize(struct buf *b);

/// The line and column of an offset, both from 1. Columns count characters.
void utf8_position(struct view text, size_t offset, size_t *line, size_t *column);
