#pragma once
// Short codes of embeddings, for policies that go by features: texts whose embeddings point nearly
// the same way share most of their codes.

#include <stddef.h>

enum { MEMORY_CODES = 5, MEMORY_CODE_BITS = 4 };

/// Code number i, 0 to 2^MEMORY_CODE_BITS - 1: bit b says on which side of a plane through the
/// origin the vector lies (random hyperplanes: Charikar 2002). The planes are the same for all
/// runs. Sums run in double in order: the same codes everywhere.
void memory_codes(const float *vector, size_t dim, unsigned codes[MEMORY_CODES]);
