#pragma once
// Runs of the original as run files: the part of `propersim import` that comes after people, map
// and study file have been written.

#include "command/print_import.h"

/// Reads the steps of every imported person that has any, into im->runs. Nothing is written.
bool import_read_runs(struct import *im, struct err *err) NODISCARD;
/// Is there room for them? Fails if DIR/run is there already.
bool import_check_run_folder(const struct import *im, struct err *err) NODISCARD;
/// Makes the study folder DIR/run of the study file that was written, with the runs in it.
bool import_write_runs(const struct import *im, struct err *err) NODISCARD;
/// Says what came of them, and what a resume does. Nothing if there are none.
void import_print_runs(const struct import *im);
void import_free_runs(struct import *im);
