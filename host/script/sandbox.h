#pragma once
// What scripts may use, built up from nothing: the table of globals behind each chunk's _ENV.

#include "script/state.h"

/// Fills the registry of a fresh state. Raises when memory is out.
void sandbox_build(lua_State *L);

/// Pushes a fresh _ENV for a chunk. With `extra` not 0, the table at this index is looked into
/// before the common globals (it gets a metatable).
void sandbox_push_env(lua_State *L, int extra);

// Each adds its functions to the table at the top of the stack, or pushes its table.
void sandbox_add_base(lua_State *L);    // the table of base functions is at the top
void sandbox_add_sorted(lua_State *L);  // pairs and next, likewise
void sandbox_push_string(lua_State *L); // also locks the metatable of strings
void sandbox_push_table(lua_State *L);
void sandbox_push_math(lua_State *L);
void sandbox_push_coroutine(lua_State *L);

/// The text of a value for people: like tostring, but without addresses, which differ from run to
/// run: a table is "table". Calls __tostring. Pushes it and returns it.
const char *sandbox_tostring(lua_State *L, int i, size_t *len);

/// Copies the named fields of the table at the top into the table at `target`.
void sandbox_copy(lua_State *L, int target, const char *const *names);
