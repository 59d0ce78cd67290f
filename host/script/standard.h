#pragma once
// The modules that need nothing of a household. (lib_rng.h and lib_log.h have two more.)

#include "script/script.h"

extern const struct script_module lib_json, lib_re, lib_clock, lib_stats;
