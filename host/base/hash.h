#pragma once
// Hashes. SHA-256 (FIPS 180-4, computed by OpenSSL's libcrypto) names contents: scripts, requests,
// run files. FNV-1a 64 (Fowler, Noll, Vo) is for hash tables, features and random stream keys:
// fast, stable across machines, not for security.

#include "base/buf.h"

#include <stdint.h>

enum { HASH_BYTES = 32, HASH_HEX_BYTES = 65 };

struct hash {
    uint8_t bytes[HASH_BYTES];
};

/// Incremental SHA-256: new, add any number of times, end once (which also frees).
struct hasher;
struct hasher *hasher_new(void) NODISCARD;
void hasher_add(struct hasher *h, const void *data, size_t len);
struct hash hasher_end(struct hasher *h);

struct hash hash_of(struct view content);
bool hash_equal(const struct hash *a, const struct hash *b);
/// Writes 64 lower-case hexadecimal digits and a zero byte.
void hash_hex(const struct hash *h, char out[HASH_HEX_BYTES]);

#define HASH64_START UINT64_C(0xcbf29ce484222325)
/// Continues an FNV-1a 64 hash from `state` (start with HASH64_START).
uint64_t hash64_add(uint64_t state, const void *data, size_t len);
uint64_t hash64_str(uint64_t state, const char *text); // includes the terminating zero
uint64_t hash64_u64(uint64_t state, uint64_t value);   // little-endian bytes
