#pragma once
// require "record": see scripts/stubs/record.lua.

#include "script/script.h"

extern const struct script_module lib_record;
