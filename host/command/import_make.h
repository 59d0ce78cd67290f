#pragma once
// What `propersim import` makes of what it has read: persona files and a study file, as texts.

#include "base/err.h"
#include "command/print_import.h"

/// Makes im->persons and im->study, with im->convert and im->data. Nothing is written. Of a
/// run of people who are not known no study is made: nobody could simulate them.
bool import_make(struct import *im, struct err *err) NODISCARD;
