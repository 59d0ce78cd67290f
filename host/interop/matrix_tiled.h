#pragma once
// Tiled maps made the original's way: instead of rectangles with names they have layers of coloured
// blocks ("Sector Blocks", "Arena Blocks", ...), whose tile numbers are the ids of
// special_blocks/*.csv (see matrix.h).

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct json;

/// Is there such a layer? Also in groups; spaces around its name do not count.
bool matrix_tiled_has(const struct json *map, const char *layer);

/// The block ids of a layer, by tile. Errors name the layer.
bool matrix_tiled_read(const struct json *map, const char *layer, uint32_t *ids, size_t count,
                       struct err *err) NODISCARD;

/// The folder around the special_blocks/ of a Tiled map: that of the file, `matrix` in it, or
/// `matrix` beside it. NULL on error, naming all three. Caller frees.
char *matrix_tiled_find_blocks(const char *file, struct err *err) NODISCARD;
