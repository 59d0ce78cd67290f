#pragma once
// Small pieces of JSON that exporters put together.

#include "base/buf.h"

#include <stdint.h>

/// Appends "key": and the text, null if it has no data; a comma before it if need be, as all do.
void export_json_text(struct buf *out, const char *key, struct view text);
/// Appends "key":number.
void export_json_int(struct buf *out, const char *key, int64_t number);
/// Appends "key":, whatever the caller adds next being the value.
void export_json_key(struct buf *out, const char *key);
/// Appends the comma between two members, unless `out` ends with the opening of an object or list.
void export_json_comma(struct buf *out);
