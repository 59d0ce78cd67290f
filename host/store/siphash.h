#pragma once
// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein 2012): a fast keyed hash. With a
// secret key nobody can find two texts with the same hash, so it can stand for the text itself.

#include "base/buf.h"

#include <stdint.h>

struct siphash {
    uint64_t a, b;
};

struct siphash siphash_of(struct view text, uint64_t key0, uint64_t key1);
