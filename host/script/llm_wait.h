#pragma once
// Questions of one call of llm.ask or llm.all that wait for their models.

#include "script/services.h"
#include "script/state.h"

struct llm_wait;

/// Pushes what holds up to `count` questions, marked to be closed: however the call ends, those
/// that are still open are cancelled.
struct llm_wait *llm_wait_open(lua_State *L, struct script_services *services, size_t count);

/// Where the next question's inputs are encoded; emptied with each question.
struct buf *llm_wait_inputs(struct llm_wait *w);

/// Asks. `check`: stack index of the prompt's check function (or nil); `inputs`: of the inputs.
void llm_wait_ask(lua_State *L, struct llm_wait *w, const struct asker_question *q, int check,
                  int inputs);

/// Questions that are still open.
size_t llm_wait_left(const struct llm_wait *w);

/// `return llm_wait_then(L, w, then, ctx)`: ends the slice; `then` is called when none is open.
int llm_wait_then(lua_State *L, struct llm_wait *w, lua_KFunction then, intptr_t ctx);

/// Pushes answer number i, from 0 in the order of llm_wait_ask, as a table; or nil, and *failure.
void llm_wait_push(lua_State *L, struct llm_wait *w, size_t i, const char **failure);
