#pragma once
// What a run is: whose, of which study, on which clock. Written once, when the run file is
// created; a file can be continued only by the same run.

#include "base/buf.h"

#include <stdint.h>

struct run_resident {
    const char *persona; // id, "p01"
    const char *name;    // "Ada Lind"
};

struct run_info {
    const char *study, *condition;
    int64_t seed;
    int64_t start; // simulated time of step 0
    int sec_per_step, steps_per_day;
    const char *map;      // as the study names it
    const char *map_hash; // hexadecimal SHA-256 of the map's files
    /// Canonical JSON of all that decides the results; so without the number of days (a run may
    /// be lengthened), jobs, and which server answers for a model.
    const char *config;
    // From here on: recorded, but neither compared on resume nor part of the digest.
    const char *models;   // JSON: role -> endpoint, "offline"
    const char *embedder; // name and version of what computed the embeddings
    const char *program;  // version of propersim that created the file
    const struct run_resident *residents;
    int resident_count; // at least 1; resident 1 is the first
};
