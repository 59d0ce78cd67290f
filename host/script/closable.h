#pragma once
// Userdata that must be released however a function or a wait ends.

struct lua_State;

/// The userdata at the top of the stack is closed by `close` when it goes out of scope, and when it
/// is collected; so closing twice must be fine. `key`: an address that names this kind of userdata
/// in the registry.
void closable_scope(struct lua_State *L, const void *key, int (*close)(struct lua_State *L));
