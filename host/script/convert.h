#pragma once
// Plain Lua data <-> JSON text, exactly: what is written and read back is the same data, integers
// stay integers, floats stay floats (3.0 is written "3.0", -0.0 "-0.0").
//
// Plain data: nil only as json.null inside of tables; booleans; numbers (not NaN or infinite);
// strings in UTF-8; tables that are a list (keys 1..n) or a record (string keys), without a
// metatable (the array mark and the read-only tables of modules excepted), at most
// JSON_MAX_DEPTH deep and without cycles. An empty table is a record unless it has the array mark.
// A table that is reached on two ways is written twice: whoever keeps data (h.state) over a
// save reads back what it saved, so that a resumed run has the same data as one that went on.

#include "base/buf.h"
#include "base/err.h"

struct json;
struct lua_State;

enum convert_style { CONVERT_CANONICAL, CONVERT_PRETTY };

/// Appends the value at stack index `i` as JSON, keys sorted by byte. False with
/// "state.plan[3].start: a function cannot be stored" if it is not plain; then `out` holds a part.
/// `name` is what the path starts with. Needs no protection: allocates nothing in Lua.
bool convert_to_json(struct lua_State *L, int i, const char *name, enum convert_style style,
                     struct buf *out, struct err *err) NODISCARD;

/// Reads a document by the rules of text/json.h and pushes it; false with "line L, column C: ..."
/// pushes nothing. Lists get the array mark. Raises only when memory is out.
bool convert_from_json(struct lua_State *L, struct view text, struct err *err) NODISCARD;

/// Pushes a document that was parsed elsewhere.
void convert_push_json(struct lua_State *L, const struct json *value);

/// Pushes json.null, which stands for null in tables.
void convert_push_null(struct lua_State *L);
bool convert_is_null(struct lua_State *L, int i);
/// Gives the table at index `i` the array mark.
void convert_mark_array(struct lua_State *L, int i);
