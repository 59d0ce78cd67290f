#pragma once
// What the files of the replay buffer share; nobody else includes it.

#include "learn/distinct.h"
#include "learn/replay.h"

struct entry {
    struct example example;
    size_t first, features; // its situation in `situations`
};

struct replay {
    struct candidates **sets;
    uint64_t *set_hashes;
    size_t set_count, set_cap;
    struct distinct *features;
    struct entry *entries;
    size_t count, cap;
    uint32_t *situations; // numbers of features
    size_t situation_count, situation_cap;
};
