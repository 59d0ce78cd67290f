#pragma once
// What `propersim import` reads besides people: maps, and the original's options file.

#include "base/err.h"
#include "command/print_import.h"

/// The folder of a matrix map: the one named, or "matrix" in it. NULL if there is none. Caller
/// frees.
char *import_find_matrix(const char *folder);
/// Reads the map of a folder into im->map.
bool import_read_map(struct import *im, const char *folder, struct err *err) NODISCARD;
/// Reads the options file, and the persona and the map that it names, if they lie where it says.
bool import_read_options(struct import *im, struct err *err) NODISCARD;
