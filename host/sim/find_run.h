#pragma once
// Which run a person means who names a path.

#include "base/err.h"
#include "store/manifest.h"

/// Finds the study folder that a path means, and the run of it: `path` is a study folder (then
/// *cell becomes SIZE_MAX) or a run file. *manifest is read; caller frees *folder and finishes the
/// manifest.
bool find_run(const char *path, char **folder, struct manifest *manifest, size_t *cell,
              struct err *err) NODISCARD;
