#pragma once
// Embeddings that a call of a script waits for, where a model makes them (script/asker.h).

#include "script/services.h"
#include "script/state.h"

struct embed_wait;

/// Pushes what holds the request, marked to be closed: however the call ends, it is cancelled.
/// Raises where the script cannot wait.
struct embed_wait *embed_wait_open(lua_State *L, struct script_services *services);
/// Asks for `count` texts (at least 1), which are copied.
void embed_wait_start(struct embed_wait *w, const struct view *texts, size_t count);
/// `return embed_wait_then(L, w, then, ctx)`: ends the slice; `then` is called with the vectors.
int embed_wait_then(lua_State *L, struct embed_wait *w, lua_KFunction then, intptr_t ctx);
/// The vectors, count * *dim floats in the order of the texts; or NULL and why, in one word.
const float *embed_wait_vectors(const struct embed_wait *w, size_t *dim, const char **failure);
