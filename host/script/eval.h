#pragma once
// Lua that a person types at a terminal. Never for texts of models or of files.

#include "base/buf.h"

struct lua_State;

/// Compiles `text` ("h.state.residents[1].x", or statements) in an environment of its own that has
/// what every script has and `name`, the value at stack index i. Pushes the function. Raises what
/// is wrong with the text. Inside of a script_push_fn.
void eval_push(struct lua_State *L, struct view text, const char *name, int i);
