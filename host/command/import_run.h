#pragma once
// Runs of the original as run files: the part of `propersim import` that comes after people, map
// and study file have been written.

#include "command/print_import.h"

enum { IMPORT_USUAL_DAYS = 14 }; // of a study

/// Reads the steps of every source that has any, into im->runs; people who are in a run together
/// become a household. Nothing is written.
bool import_read_runs(struct import *im, struct err *err) NODISCARD;
/// Is all that there is a run of people who are not known? Then there is no study to run.
bool import_is_replay(const struct import *im);
/// Is there room for them? Fails if DIR/run is there already.
bool import_check_run_folder(const struct import *im, struct err *err) NODISCARD;
/// Makes the study folder DIR/run of the study file that was written, with the runs in it.
bool import_write_runs(struct import *im, struct err *err) NODISCARD;
/// Says what came of them, and what a resume does. Nothing if there are none.
void import_print_runs(const struct import *im);
void import_free_runs(struct import *im);

// ---- For import_run*.c and import_replay.c only.

/// Are all tiles of the run on the map?
bool import_check_tiles(const struct import *im, const struct import_run *run,
                        const struct map *map, const char *map_name, struct err *err) NODISCARD;
/// Finds the ways between the tiles, if the map is the run's own.
void import_find_ways(const struct import *im, struct import_run *run, const struct map *map,
                      struct paths *paths);
/// Notes in the run file where its days are from: `imported_days` (whole ones), `imported_from` and,
/// if so, `imported_compressed`. Call it before the first day.
bool import_note_origin(const struct import_run *run, struct writer *w, struct err *err) NODISCARD;
/// DIR/run with the one run of people who are not known, which can be looked at only.
bool import_write_replay(struct import *im, struct err *err) NODISCARD;
