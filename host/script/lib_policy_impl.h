#pragma once
// Shared by the files of require "policy", for lib_policy*.c only.

#include <stdint.h>

#include "learn/replay.h"

struct lua_State;
struct service_resident;

/// Argument 1 as a policy; raises if it is none.
struct service_resident *policy_check(struct lua_State *L);
/// Fields `replay` and `half_life_days` of the table at 2; what is not given stays.
void policy_read_replay(struct lua_State *L, struct replay_options *replay);
/// The day up to which ratings have come in: yesterday, less the days of argument 4 (0 if none).
uint32_t policy_read_last_day(struct lua_State *L);

int l_policy_examples(struct lua_State *L);
int l_policy_weight(struct lua_State *L);
int l_policy_add_weight(struct lua_State *L);
