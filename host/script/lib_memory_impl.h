#pragma once
// Shared by the files of require "memory", for lib_memory*.c only.

#include "base/buf.h"
#include "script/asker.h"

struct lua_State;
struct script_services;
struct service_stream;

/// Argument 1 as a memory stream; raises if it is none.
struct service_stream *memory_check_stream(struct lua_State *L);

/// The model's embedder of the household; NULL: texts are embedded here.
const struct asker *memory_embedder(const struct script_services *s);
/// The vector of a text: the stream's own if it knows the text, else computed into `space`
/// (EMBED_DIM numbers).
const float *memory_vector(const struct service_stream *stream, struct view text, float *space);
/// Tells whoever counts what embedding costs about a text that is embedded here.
void memory_meter(const struct script_services *s, struct view text);

int l_memory_retrieve(struct lua_State *L);
int l_memory_codes(struct lua_State *L);
