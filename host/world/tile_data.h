#pragma once
// The text in which Tiled keeps the tiles of a layer when it does not list them: base64 of
// little-endian 32-bit numbers, plain or compressed.
// https://doc.mapeditor.org/en/stable/reference/json-map-format/

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

/// compression: "" (none), "zlib", "gzip" or "zstd". The text must hold exactly `count` numbers.
bool tile_data_decode(struct view text, struct view compression, uint32_t *gids, size_t count,
                      struct err *err) NODISCARD;
