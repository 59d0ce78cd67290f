#pragma once
// require "llm": see scripts/stubs/llm.lua.

#include "script/script.h"

extern const struct script_module lib_llm;
