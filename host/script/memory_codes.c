#include "script/memory_codes.h"

#include "base/hash.h"
#include "base/rng.h"

void memory_codes(const float *vector, size_t dim, unsigned codes[MEMORY_CODES])
{
    for (size_t i = 0; i < MEMORY_CODES; i++) {
        codes[i] = 0;
        for (size_t b = 0; b < MEMORY_CODE_BITS; b++) {
            // The normal of a plane has components 1 and -1, 64 of them from one draw.
            struct rng plane = rng_from_key(hash64_u64(HASH64_START, i * MEMORY_CODE_BITS + b));
            uint64_t signs = 0;
            double sum = 0;
            for (size_t k = 0; k < dim; k++) {
                if (k % 64 == 0)
                    signs = rng_u64(&plane);
                sum += (signs >> (k % 64) & 1) != 0 ? (double)vector[k] : -(double)vector[k];
            }
            codes[i] |= sum > 0 ? 1u << b : 0;
        }
    }
}
