#pragma once
// What the files of reverie_convert share.
//
// reverie_convert.c        loads the scripts, calls them
// reverie_convert_about.c  what import_study.lua is told of a study
// reverie_convert_own.c    is somebody a persona of ours, as we wrote it?

#include "interop/reverie_convert.h"

#define REVERIE_MODULE "propersim.import_reverie"

/// Appends, as JSON: { name, source, map, personas, households?, assistants?, settings?,
/// mixed_settings?, start?, sec_per_step?, days?, options?, comments? }. options: as
/// reverie_convert_options gave them; NULL: none.
void reverie_add_about(struct buf *out, const struct reverie *r, const char *name,
                       const char *source, const char *map, const struct json *options);
