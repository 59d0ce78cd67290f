#pragma once
// A run as a storage folder of the original ("reverie"), so that its own tools read it:
//
//   reverie/meta.json                            start, seconds per step, names, steps done
//   environment/N.json                           where everybody is when step N begins
//   movement/N.json                              where everybody is after it, what they do, what
//   was
//                                                recommended and how it was rated
//   personas/NAME/bootstrap_memory/              scratch.json, spatial_memory.json,
//                                                associative_memory/, evaluation_memory/
//   propersim/                                   what the original's files have no place for:
//                                                ratings by criterion, persona files, the settings
//
// or, compressed, master_movement.json (changes only), meta.json, personas/ and propersim/. The
// assistant is called "Eddy Lin", the only name that the original's tools know. docs/export.md
// lists all keys and types.

#include "base/err.h"
#include "interop/export_source.h"

struct export_reverie_options {
    const char *data;   // the folder of the installed scripts
    const char *folder; // of the simulation; made if it is missing
    bool compress;
    bool force; // write into a folder that is not empty
};

struct export_reverie_numbers {
    int64_t steps;
    int64_t memories;   // of all residents and assistants
    int64_t mistaken;   // recommendations in whose words the original's notebook sees an abstention
    int64_t unembedded; // memories whose vector is not in the run file; theirs are empty
};

/// Writes one run as of one moment. Errors name the file. O(rows).
bool export_reverie(const struct export_run *run, const struct export_reverie_options *options,
                    struct export_reverie_numbers *numbers, struct err *err) NODISCARD;
