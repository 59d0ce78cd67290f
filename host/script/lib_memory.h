#pragma once
// require "memory": see scripts/stubs/memory.lua.

#include "script/script.h"

extern const struct script_module lib_memory;
