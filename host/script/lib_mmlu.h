#pragma once
// require "mmlu": see scripts/stubs/mmlu.lua.

#include "script/script.h"

extern const struct script_module lib_mmlu;
