#pragma once
// require "text": see scripts/stubs/text.lua.

#include "script/script.h"

extern const struct script_module lib_text;
