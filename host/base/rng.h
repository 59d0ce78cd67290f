#pragma once
// Random streams. A stream is named by what it is for, never by time or by the order in which
// things happen to run: rng_start(seed, "p01", "plan", day). The same name gives the same draws on
// every machine. Generator: xoshiro256** 1.0 (Blackman and Vigna 2018), seeded by SplitMix64 from
// an FNV-1a 64 hash of the name. A stream is a plain value; copying it forks it.

#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

/// A stream for a 64-bit key that was hashed elsewhere.
struct rng rng_from_key(uint64_t key);

/// The key of a named stream: seed, whose (persona id), purpose, and a number (the day, or a step).
uint64_t rng_key(uint64_t seed, const char *who, const char *purpose, uint64_t number);

struct rng rng_start(uint64_t seed, const char *who, const char *purpose, uint64_t number);

uint64_t rng_u64(struct rng *r);
/// Uniform in [0, 1), 53 bits.
double rng_unit(struct rng *r);
/// Uniform in 0..n-1 without bias (Lemire 2019). n >= 1.
uint64_t rng_below(struct rng *r, uint64_t n);
/// Standard normal (Marsaglia's polar method; uses sqrt and log of libm).
double rng_normal(struct rng *r);
