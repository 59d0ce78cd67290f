#pragma once
// Modules of the generation in force: texts compiled, required and run. generation.c puts another
// one in force.

#include "script/state.h"

/// The script's `require`.
int loader_l_require(lua_State *L);

/// Pushes the value of a module that has been loaded (or of a host module) and returns true;
/// else pushes nothing.
bool loader_push_loaded(lua_State *L, const char *module);

/// Pushes the function of this name of the module at the top of the stack and returns true; else
/// pushes nothing. Looks at fields as they are: runs nothing of the script.
bool loader_push_export(lua_State *L, const char *name);

/// Runs a module's main chunk, if that has not happened, as a slice of its own.
bool loader_need(struct script *s, const char *module, struct err *err) NODISCARD;

/// Compiles a text as a chunk with the _ENV at the top of the stack, which is popped, and pushes
/// the function. Raises what is wrong with the text.
void loader_compile(lua_State *L, const char *chunk_name, struct view text);

struct text_file;
/// The same for a file of the set in force, with an _ENV of its own. What was compiled is kept with
/// the set (texts.h) for all scripts that load it.
void loader_compile_file(lua_State *L, const struct text_file *file);
