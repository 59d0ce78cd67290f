#pragma once
// A plain picture of coloured squares, as PNG (RFC 2083): enough for the tiles of an imported map.

#include "base/buf.h"

#include <stdint.h>

/// Appends a picture of `count` squares in a row, of px x px pixels each, of the colours 0xRRGGBB,
/// with a darker line on their right and lower edges. 1 <= count <= 128.
void matrix_add_png(struct buf *out, const uint32_t *colours, uint32_t count, uint32_t px);
