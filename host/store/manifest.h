#pragma once
// The manifest of a study folder, `study.json`: which study it is and which run files belong to it.
//
//     study.json                    this manifest
//     texts/                        the texts that days were simulated with (store/texts.h)
//     runs/<condition>/<persona>-s<seed>.sqlite

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct manifest_cell {
    char *condition, *persona; // persona: several residents are joined by "+"
    int64_t seed;
    char *file; // relative to the study folder
};

struct manifest {
    char *name;   // of the study
    char *config; // canonical JSON of the whole study
    struct manifest_cell *cells;
    size_t cell_count, cell_cap;
};

void manifest_init(struct manifest *m, const char *name, const char *config);
/// Adds a cell; its file name follows from the other three. Fails if the cell is there already.
bool manifest_add(struct manifest *m, const char *condition, const char *persona, int64_t seed,
                  struct err *err) NODISCARD;
void manifest_fini(struct manifest *m);

/// "runs/learning/p01-s1.sqlite". Letters, digits and "._+-" are kept; a name with anything else
/// (or that starts with "." or "-", is empty, or longer than 60 bytes) has it replaced by "_" and
/// gets "~" and 16 hexadecimal digits of its hash, so that different names get different files.
/// Caller frees.
char *manifest_file_name(const char *condition, const char *persona, int64_t seed) NODISCARD;

/// Writes study.json atomically.
bool manifest_write(const struct manifest *m, const char *folder, struct err *err) NODISCARD;
/// Reads study.json. Errors name what is wrong with it; a file name that leaves the folder is
/// refused. *m is all-zero before and, on failure, after.
bool manifest_read(struct manifest *m, const char *folder, struct err *err) NODISCARD;
/// True if the folder has a study.json.
bool manifest_exists(const char *folder);
