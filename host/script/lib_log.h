#pragma once
// Messages of scripts to the host's log.

#include "script/state.h"

/// Sends the string at the top of the stack, with the place of the script that called, and pops it.
void log_top(lua_State *L, enum script_level level);

extern const struct script_module lib_log;
