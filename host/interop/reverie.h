#pragma once
// The storage folder of a simulation of the original system ("reverie"), as far as it describes
// people before anything has happened to them:
//
//   reverie/meta.json                                       start date, seconds per step, names
//   personas/<Name>/bootstrap_memory/scratch.json           who they are
//   personas/<Name>/bootstrap_memory/spatial_memory.json    world > sector > arena > objects
//   personas/<Name>/bootstrap_memory/associative_memory/nodes.json    memories: only counted
//   propersim/run.json, propersim/personas/<id>.lua         if it was exported by propersim
//
// The resident is who has `criteria` (the rubric that recommendations are rated by). The folder of
// one person alone (it has bootstrap_memory/scratch.json) is read as well. What is read here is
// checked for types only; import_reverie.lua makes sense of it.

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    REVERIE_MAX_BYTES = 4 << 20,        // of scratch.json, spatial_memory.json and meta.json
    REVERIE_MAX_NODES_BYTES = 64 << 20, // of nodes.json
    REVERIE_MAX_PEOPLE = 1000,
    REVERIE_ID_BYTES = 41, // of a name made for a file, with the zero
};

struct json;

struct reverie_person {
    char *name;                // of the folder, printable
    char *source;              // last part of the path of the storage folder, printable
    char *path;                // of scratch.json
    char *storage;             // path of the storage folder; NULL for the folder of one person
    bool is_resident;          // has `criteria`; the following hold for residents only
    char id[REVERIE_ID_BYTES]; // for a file: letters, digits, - and _; unique
    struct json *scratch;      // names and texts are texts, age a whole number, criteria four texts
    struct json *spatial;      // NULL if there is none
    size_t memories;           // in associative_memory/nodes.json
    struct buf own;            // the persona file that `propersim export` put beside; else empty
    // What the run that they are in says, if it was read: with whom they live (people with the same
    // number, which is not 0), and that nobody suggests anything to them.
    int household;
    bool unassisted;
};

struct reverie {
    struct reverie_person *people; // as read; within a folder as in its meta.json
    size_t count, residents;
    char start[11];      // "2025-02-13"; "" if no meta.json says it
    int sec_per_step;    // 0 likewise
    int days;            // that a study of them must have; 0: as many as usual
    char *settings;      // of the run that `propersim export` wrote, as JSON; NULL: none of these
    bool mixed_settings; // those of several such runs differ; none hold
    bool mixed;          // the folders differ in start or sec_per_step; the first one's hold
};

/// True if a folder looks like a storage folder (of which a run may be all that there is), or like
/// that of one person.
bool reverie_is_folder(const char *folder);

/// Adds the people of a folder, in the order of its meta.json; `r` is all-zero before the first. At
/// least one of them is a resident, unless the folder holds a run, which can be looked at without
/// knowing who is in it. Errors name the file, and the key or line.
bool reverie_read(struct reverie *r, const char *folder, struct err *err) NODISCARD;
void reverie_fini(struct reverie *r);

/// A name for a file out of any name: other bytes than letters, digits, - and _ become _, and
/// leading ones are dropped. Never empty; what is too long is cut.
void reverie_make_id(char out[REVERIE_ID_BYTES], const char *prefix, const char *name);

/// The last part of a folder's real path (without "matrix"), with control characters and invalid
/// UTF-8 replaced. Caller frees.
char *reverie_source_name(const char *folder);
