#pragma once
// Pushing and reading Lua values without lua.h, for the rooms above this one. Only inside of
// script_push_fn and script_read_fn, where errors of Lua are caught.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

struct json;
struct lua_State;

void value_push_nil(struct lua_State *L);
void value_push_bool(struct lua_State *L, bool value);
void value_push_int(struct lua_State *L, int64_t value);
void value_push_number(struct lua_State *L, double value);
void value_push_text(struct lua_State *L, struct view text);
/// A parsed document as Lua values: see convert.h. Whole numbers up to 2^53 become integers.
void value_push_json(struct lua_State *L, const struct json *value);
/// A random stream for this key.
void value_push_rng(struct lua_State *L, uint64_t key);

/// The value at stack index i of a script_read_fn. Errors: "result 1 must be text, not a table".
bool value_read_bool(struct lua_State *L, int i, bool *out, struct err *err) NODISCARD;
bool value_read_int(struct lua_State *L, int i, int64_t *out, struct err *err) NODISCARD;
bool value_read_number(struct lua_State *L, int i, double *out, struct err *err) NODISCARD;
bool value_read_text(struct lua_State *L, int i, struct view *out, struct err *err) NODISCARD;
bool value_is_nil(struct lua_State *L, int i);
