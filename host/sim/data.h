#pragma once
// Where the installed scripts, prompts, maps and personas are.

#include "base/err.h"

#include <stddef.h>

/// The data folder: $PROPERSIM_DATA; else share/propersim beside the program's bin folder; else the
/// installation's folder that the build was configured for; else the source tree that the program
/// was built from. NULL if none of them has scripts/household.lua. Caller frees.
char *data_find(struct err *err);

/// The file `name` (a map, say) in the first of the folders that has it; NULL, naming all places
/// that were searched, if none has. An absolute name is taken as it is. Caller frees.
char *data_find_file(const char *name, const char *const *folders, size_t count, struct err *err);
