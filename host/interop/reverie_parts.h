#pragma once
// What the readers of storage folders share, for the reverie*.c files only.
//
// reverie.c         the folder as a whole
// reverie_person.c  what lies in one person's folder
// reverie_meta.c    meta.json, and the order of people that it gives
// reverie_names.c   names from outside, made fit to be printed and to name files
// reverie_own.c     the persona files that `propersim export reverie` puts beside

#include "interop/reverie.h"

/// Reads a JSON file whose top is an object. A missing file is an error, or NULL without one if it
/// is optional: *ok tells them apart.
struct json *reverie_read_object(const char *path, size_t max_bytes, bool optional, bool *ok,
                                 struct err *err) NODISCARD;

/// True if this is the folder of one person.
bool reverie_is_person(const char *folder);
/// Reads what lies in one person's folder; of who is no resident, scratch.json only.
bool reverie_read_person(struct reverie_person *p, const char *folder, struct err *err) NODISCARD;

/// Reads reverie/meta.json, or meta.json, if there is one: the start, the seconds per step, and the
/// order of the people of this folder, who begin at `first`.
bool reverie_read_meta(struct reverie *r, size_t first, const char *folder,
                       struct err *err) NODISCARD;

/// The name with control characters and invalid UTF-8 replaced. Caller frees.
char *reverie_printable(const char *name);
/// Gives each resident from `first` on a name for a file: that of the simulation, with the person's
/// if there are several. Persona files of ours keep theirs.
void reverie_name_files(struct reverie *r, size_t first, size_t residents);

/// Reads propersim/run.json, if there is one: its settings, and the persona files of the residents
/// from `first` on that it names.
bool reverie_read_own(struct reverie *r, size_t first, const char *folder,
                      struct err *err) NODISCARD;
