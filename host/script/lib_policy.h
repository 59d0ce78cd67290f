#pragma once
// require "policy": see scripts/stubs/policy.lua.

#include "script/script.h"

extern const struct script_module lib_policy;
