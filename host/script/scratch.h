#pragma once
// A buffer for a host function, freed when the function ends in whatever way.

#include "script/state.h"

/// Pushes the owner of an empty buffer, marked to be closed (so nothing below it may be popped
/// before the function returns), and returns the buffer.
struct buf *scratch_push(lua_State *L);
