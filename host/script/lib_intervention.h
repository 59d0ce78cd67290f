#pragma once
// require "intervention": see scripts/stubs/intervention.lua.

#include "script/script.h"

extern const struct script_module lib_intervention;
