#pragma once
// Base64 as RFC 4648 section 4 defines it.

#include "base/buf.h"

enum base64_result {
    BASE64_OK,
    BASE64_BAD_CHARACTER,
    BASE64_CUT_SHORT, // ends inside a group of digits
};

/// Appends the decoded bytes to `out`. Spaces and line ends between the digits are skipped; padding
/// may be left out. On failure *at (may be NULL) is the offset of the first wrong byte, and `out`
/// holds what was decoded up to there.
enum base64_result base64_decode(struct view text, struct buf *out, size_t *at) NODISCARD;

/// Appends the bytes as padded base64 in one line.
void base64_encode(struct view bytes, struct buf *out);
