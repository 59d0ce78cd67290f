#pragma once
// Does what scripts call of one another exist? Lua finds out at the call, which may be days into a
// run; this finds out when a set of texts is put in force.

#include "base/err.h"

struct script;
struct texts;

/// Looks for `local NAME = require "MODULE"` in every text and for each `NAME.FUNCTION(` after it,
/// outside of comments; each must be a function that MODULE, as far as it is loaded, exports. Host
/// modules are looked at too. Error: "scripts/resident/act.lua: has no function 'step', which
/// scripts/household.lua:51 calls".
/// It reads texts, not programs: a name that is assigned again is looked at all the same.
bool links_check(struct script *script, const struct texts *texts, struct err *err) NODISCARD;
