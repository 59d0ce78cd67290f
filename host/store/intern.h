#pragma once
// Text -> id, for the tables in which every text is stored once. The map holds a 128-bit keyed
// hash for each text, not the text: 24 bytes a text, however long.

#include "base/buf.h"

#include <stdint.h>

struct intern_slot;

/// All-zero is an empty map.
struct intern {
    struct intern_slot *slots;
    size_t count, cap; // cap is 0 or a power of two
    uint64_t key[2];   // drawn when the first text comes; never reaches a result
    int64_t last;      // largest id given
};

/// The id of a text, counting from 1. *added says that it is new (and must be stored).
int64_t intern_text(struct intern *in, struct view text, bool *added);
/// Enters a text that was stored before under this id.
void intern_load(struct intern *in, struct view text, int64_t id);
void intern_fini(struct intern *in);
