#pragma once
// Lua values that C holds on to between two entries into Lua, such as a household's own table.

struct lua_State;
struct script;

struct keep {
    int ref; // 0: nothing is kept
};

/// Keeps the value at stack index i (which stays there); what was kept before is let go. Inside of
/// a script_read_fn or a host function.
void keep_set(struct lua_State *L, int i, struct keep *keep);
/// Pushes the kept value, or nil. Inside of a script_push_fn or a host function.
void keep_push(struct lua_State *L, struct keep keep);
/// Pushes field `name` of the kept table, or nil.
void keep_push_field(struct lua_State *L, struct keep keep, const char *name);
