#include "store/siphash.h"

#include <string.h>

struct sip {
    uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static void rounds(struct sip *s, int count)
{
    for (int i = 0; i < count; i++) {
        s->v0 += s->v1;
        s->v1 = rotate(s->v1, 13) ^ s->v0;
        s->v0 = rotate(s->v0, 32);
        s->v2 += s->v3;
        s->v3 = rotate(s->v3, 16) ^ s->v2;
        s->v0 += s->v3;
        s->v3 = rotate(s->v3, 21) ^ s->v0;
        s->v2 += s->v1;
        s->v1 = rotate(s->v1, 17) ^ s->v2;
        s->v2 = rotate(s->v2, 32);
    }
}

static void absorb(struct sip *s, uint64_t word)
{
    s->v3 ^= word;
    rounds(s, 2);
    s->v0 ^= word;
}

struct siphash siphash_of(struct view text, uint64_t key0, uint64_t key1)
{
    struct sip s = { .v0 = key0 ^ UINT64_C(0x736f6d6570736575),
                     .v1 = key1 ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
                     .v2 = key0 ^ UINT64_C(0x6c7967656e657261),
                     .v3 = key1 ^ UINT64_C(0x7465646279746573) };
    struct siphash out = { 0 };
    uint64_t word = 0;
    size_t at = 0;

    for (; at + 8 <= text.len; at += 8) {
        memcpy(&word, text.data + at, 8); // little-endian machines only; the hash stays in memory
        absorb(&s, word);
    }
    word = 0;
    if (at < text.len)
        memcpy(&word, text.data + at, text.len - at);
    absorb(&s, word | (uint64_t)text.len << 56);
    s.v2 ^= 0xee;
    rounds(&s, 4);
    out.a = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    s.v1 ^= 0xdd;
    rounds(&s, 4);
    out.b = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    return out;
}
