#pragma once
// Random streams for scripts, and math.random.

#include "script/state.h"

/// math.random: draws from the stream "math.random" of the day.
int rng_l_random(lua_State *L);

/// Pushes a random stream for scripts that goes on from `stream`.
void rng_push(lua_State *L, struct rng stream);
/// The stream behind argument `arg`, to draw from; raises if it is none.
struct rng *rng_check(lua_State *L, int arg);

extern const struct script_module lib_rng;
