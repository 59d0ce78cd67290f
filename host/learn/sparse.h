#pragma once
// Arrays of 2^bits floats that are mostly zero (weights, and what an optimiser keeps), as bytes
// for the run file. All numbers little-endian:
//
//   4 bytes "PSW1", u32 bits, u32 count, then count times: u32 index, f32 value
//
// Indexes rise; zeros are left out. In numpy: np.frombuffer(blob, [("bucket", "<u4"),
// ("weight", "<f4")], offset=12).

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

/// Appends the bytes to `out`.
void sparse_save(struct buf *out, const float *values, unsigned bits);
/// Fills all 2^bits values. Fails, and changes nothing, if the bytes are not whole and valid, are
/// of another size, or hold a number that is not finite.
bool sparse_load(float *values, unsigned bits, struct view bytes, struct err *err) NODISCARD;

/// Little-endian numbers for formats like this one.
void bytes_add_u16(struct buf *out, uint16_t value);
void bytes_add_u32(struct buf *out, uint32_t value);
uint16_t bytes_u16(const char *at);
uint32_t bytes_u32(const char *at);
