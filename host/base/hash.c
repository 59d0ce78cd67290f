#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

// EVP fails only when out of memory or misused; either is the end of the program.
static void must(int ok)
{
    if (ok != 1) {
        fprintf(stderr, "propersim: SHA-256 failed in libcrypto\n");
        abort();
    }
}

struct hasher *hasher_new(void)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    must(ctx != NULL);
    must(EVP_DigestInit_ex(ctx, EVP_sha256(), NULL));
    return (struct hasher *)ctx;
}

void hasher_add(struct hasher *h, const void *data, size_t len)
{
    must(EVP_DigestUpdate((EVP_MD_CTX *)h, data, len));
}

struct hash hasher_end(struct hasher *h)
{
    struct hash out = { 0 };

    must(EVP_DigestFinal_ex((EVP_MD_CTX *)h, out.bytes, NULL));
    EVP_MD_CTX_free((EVP_MD_CTX *)h);
    return out;
}

struct hash hash_of(struct view content)
{
    struct hasher *h = hasher_new();

    hasher_add(h, content.data, content.len);
    return hasher_end(h);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
    return memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

void hash_hex(const struct hash *h, char out[HASH_HEX_BYTES])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < HASH_BYTES; i++) {
        out[2 * i] = digits[h->bytes[i] >> 4];
        out[2 * i + 1] = digits[h->bytes[i] & 15];
    }
    out[HASH_HEX_BYTES - 1] = '\0';
}

uint64_t hash64_add(uint64_t state, const void *data, size_t len)
{
    const uint8_t *bytes = data;

    for (size_t i = 0; i < len; i++)
        state = (state ^ bytes[i]) * UINT64_C(0x100000001b3);
    return state;
}

uint64_t hash64_str(uint64_t state, const char *text)
{
    return hash64_add(state, text, strlen(text) + 1);
}

uint64_t hash64_u64(uint64_t state, uint64_t value)
{
    uint8_t bytes[8];

    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
    return hash64_add(state, bytes, sizeof(bytes));
}
