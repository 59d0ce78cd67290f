#pragma once
// The files that `propersim import` writes: DIR/study.lua, DIR/personas/ID.lua, DIR/maps/NAME.tmj.

#include "base/err.h"
#include "command/print_import.h"

/// Is there room for all of them? Fails on the first that is there already, unless it may be
/// replaced (--force).
bool import_check_files(const struct import *im, struct err *err) NODISCARD;
/// Writes them, and prints a line for each.
bool import_write_files(const struct import *im, struct err *err) NODISCARD;
