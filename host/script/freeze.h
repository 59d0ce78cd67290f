#pragma once
// Read-only tables. A frozen table stays the same table, but its content moves to one behind it,
// which reading finds through __index at the cost of a few nanoseconds. rawset does not exist for
// scripts, so nothing gets around __newindex.

#include "script/state.h"

/// Freezes the table at index i and all plain tables in it. `name` ("module resident.plan") is for
/// the message of who tries to write. A top-level table keeps its own metamethods __call and
/// __tostring; inner tables with a metatable of a script are left as they are. Raises if tables are
/// nested more than 100 deep.
void freeze_table(lua_State *L, int i, const char *name);

/// If the table at index i is frozen, pushes the one behind it; else pushes nothing. Allocates
/// nothing.
bool freeze_push_target(lua_State *L, int i);
