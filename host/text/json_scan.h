#pragma once
// The strict grammar check that runs before cJSON builds a tree: cJSON accepts trailing text,
// leading zeros, bad UTF-8, control characters and cut numbers, and says no line. Builds nothing.

#include "base/buf.h"
#include "base/err.h"

/// False with "line L, column C: ..." if `text` is not one JSON document as text/json.h wants it.
/// Does not look for duplicate keys: two spellings of a key are only equal once decoded.
bool json_scan(struct view text, struct err *err) NODISCARD;

/// The offset of the n-th key (from 0, in document order) of a text that json_scan accepted.
size_t json_scan_key(struct view text, size_t n);
