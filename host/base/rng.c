#include "base/rng.h"

#include <math.h>

#include "base/hash.h"

static uint64_t splitmix(uint64_t *x)
{
    uint64_t z = (*x += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static uint64_t rotl(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

struct rng rng_from_key(uint64_t key)
{
    struct rng r = { { 0 } };

    for (int i = 0; i < 4; i++)
        r.s[i] = splitmix(&key);
    return r;
}

uint64_t rng_key(uint64_t seed, const char *who, const char *purpose, uint64_t number)
{
    uint64_t h = hash64_u64(HASH64_START, seed);

    h = hash64_str(h, who);
    h = hash64_str(h, purpose);
    return hash64_u64(h, number);
}

struct rng rng_start(uint64_t seed, const char *who, const char *purpose, uint64_t number)
{
    return rng_from_key(rng_key(seed, who, purpose, number));
}

uint64_t rng_u64(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_u64(r) >> 11) * 0x1.0p-53;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    unsigned __int128 m = (unsigned __int128)rng_u64(r) * n;

    if ((uint64_t)m < n) {
        uint64_t threshold = (0 - n) % n;
        while ((uint64_t)m < threshold)
            m = (unsigned __int128)rng_u64(r) * n;
    }
    return (uint64_t)(m >> 64);
}

double rng_normal(struct rng *r)
{
    double u = 0, v = 0, s = 0;

    do {
        u = 2 * rng_unit(r) - 1;
        v = 2 * rng_unit(r) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    return u * sqrt(-2 * log(s) / s);
}
