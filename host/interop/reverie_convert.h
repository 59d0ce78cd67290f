#pragma once
// What import_reverie.lua and import_study.lua make of people of the original: texts of files of
// ours, and remarks. The scripts run in a sandbox of their own; what they are given is data, what
// they return is text.

#include "base/buf.h"
#include "base/err.h"
#include "interop/reverie.h"

struct reverie_convert; // the scripts, loaded

/// data: the folder of the installed scripts. NULL on error.
struct reverie_convert *reverie_convert_new(const char *data, struct err *err) NODISCARD;
void reverie_convert_free(struct reverie_convert *c); // takes NULL

/// A persona file: { "text", "name", "living_area", "remarks": [...], "problems": [...] }, the last
/// being what `propersim check` finds in it. NULL on error. Free with json_free.
struct json *reverie_convert_person(struct reverie_convert *c, const struct reverie_person *p,
                                    struct err *err) NODISCARD;

/// What the text of the original's options file says: { "options", "remarks": [...], and, as far as
/// it says them, "persona", "name", "storage", "matrix" }. trainers: the folder of the example
/// trainers, NULL if they are not installed. NULL if it is no such file. Free with json_free.
struct json *reverie_convert_options(struct reverie_convert *c, struct view text,
                                     const char *trainers, struct err *err) NODISCARD;

/// Does a persona file of ours (p->own, as p->id) say what p's scratch.json says? data: as
/// above. Errors: the file does not load.
bool reverie_convert_is_own(const char *data, const struct reverie_person *p, bool *is_own,
                            struct err *err) NODISCARD;

/// A study file that runs the residents of r (ours, if it has none) on a map:
/// { "text", "remarks": [...] }. name: as for a study; source: of the header. options: of
/// reverie_convert_options, or NULL.
struct json *reverie_convert_study(struct reverie_convert *c, const struct reverie *r,
                                   const char *name, const char *source, const char *map,
                                   const struct json *options, struct err *err) NODISCARD;
