#pragma once
// require "map": see scripts/stubs/map.lua.

#include "script/script.h"

extern const struct script_module lib_map;
