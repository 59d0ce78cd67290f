#pragma once
// What a mock remembers of each question that came: how often, how many faults it met, and whether
// it has been answered.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct past {
    uint64_t key; // of the question; 0: a free place
    uint32_t asked, faults;
    bool answered;     // a good reply went out
    bool wrong_schema; // FAULT_SCHEMA has befallen it
};

/// All-zero: nothing came yet.
struct history {
    struct past *places;
    size_t cap, count;
};

/// The question with this key, new if it never came; valid until the next call.
struct past *history_of(struct history *h, uint64_t key);
void history_fini(struct history *h);
