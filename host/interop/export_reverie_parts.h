#pragma once
// The parts of export_reverie, for the export_reverie*.c files only.

#include "interop/export_reverie.h"

struct reverie_export {
    struct reader *reader;
    const struct run_info *info;
    const struct export_reverie_options *options;
    struct export_reverie_numbers *numbers;
    int64_t steps;     // that have been written
    int days;          // that are finished
    int count;         // of residents
    char **assistants; // by resident: the name, NULL if there is none
};

/// Writes DIR/a/b/c (c may be NULL, and b).
bool reverie_export_write(const struct reverie_export *e, const char *a, const char *b,
                          const char *c, struct view text, struct err *err) NODISCARD;

/// movement/ and environment/, or master_movement.json.
bool reverie_export_steps(const struct reverie_export *e, struct err *err) NODISCARD;
/// personas/: scratch.json, spatial_memory.json.
bool reverie_export_people(const struct reverie_export *e, struct err *err) NODISCARD;
/// personas/: associative_memory, evaluation_memory.
bool reverie_export_memories(const struct reverie_export *e, struct err *err) NODISCARD;
/// propersim/: what has no place in the others.
bool reverie_export_extras(const struct reverie_export *e, struct err *err) NODISCARD;

/// True if the original's notebook takes these words for an abstention.
bool reverie_sounds_silent(struct view text);
