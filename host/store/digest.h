#pragma once
// One hash of what happened in a run: equal for equal inputs, whatever the machine, compiler,
// number of processes, interruptions, or server that answered for a model.
//
// Counted: every table but `call`, `reply`, `embedding` (transport), the host's log rows, wall
// times, and meta keys marked as not counted. Texts count by content, not by their id. Rows are
// hashed in key order, as typed values. See docs/run-file.md for the exact bytes.

#include "base/err.h"
#include "base/hash.h"
#include "store/reader.h"

struct digest_table {
    const char *name; // of the view
    int64_t rows;
    struct hash hash;
};

enum { DIGEST_TABLES = 23 };

struct digest {
    struct hash hash;                          // of the whole run
    struct digest_table tables[DIGEST_TABLES]; // to find out where two runs differ
};

/// The digest of what is committed at this moment, finished or not. O(rows).
bool digest_run(struct reader *r, struct digest *out, struct err *err) NODISCARD;
