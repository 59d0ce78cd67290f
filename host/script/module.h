#pragma once
// Tables of host functions.

#include "script/state.h"

/// Pushes a table of the functions. Those that have effects are wrapped so that they raise "NAME:
/// not while loading" in main chunks; `owner` is the first part of NAME.
void module_push_functions(lua_State *L, const struct script_function *functions,
                           const char *owner);
