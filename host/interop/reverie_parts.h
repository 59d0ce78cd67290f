#pragma once
// What the readers of storage folders share, for the reverie*.c files only.

#include "interop/reverie.h"

/// Reads a JSON file whose top is an object. A missing file is an error, or NULL without one if it
/// is optional: *ok tells them apart.
struct json *reverie_read_object(const char *path, size_t max_bytes, bool optional, bool *ok,
                                 struct err *err) NODISCARD;

/// Reads propersim/run.json, if there is one: its settings, and the persona files of the residents
/// from `first` on that it names.
bool reverie_read_own(struct reverie *r, size_t first, const char *folder,
                      struct err *err) NODISCARD;
