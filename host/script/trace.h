#pragma once
// Tracebacks, and the bottom frame of every thread that runs scripts.
//
// A traceback is taken where things go wrong: in the hook or the allocator when a slice is stopped,
// in a message handler when nothing catches an error. It looks like luaL_traceback's and reads the
// stack in the same way, but needs no memory of Lua, which may just have run out.

#include "script/state.h"

/// Forgets the last traceback and takes that of `L` from `level` on (0: the function that runs),
/// and of the threads that resumed it, into s->trace. Allocates nothing in Lua; may be called from
/// a hook and from the allocator.
void trace_take(struct script *s, lua_State *L, int level);

/// Adds "scripts/x.lua:12: " of the innermost script function of a thread, or nothing.
void trace_add_where(lua_State *L, struct buf *out);

/// The bottom of a thread: calls its first argument with the others, protected. Without it an
/// error raised by the hook would leave the thread with hooks turned off for good, and what is
/// closed afterwards could run for ever (Lua 5.4.4 never turns them on again). With `traced`, an
/// error that nothing caught leaves its traceback. Errors and stops are passed on.
int trace_l_bottom(lua_State *L);
int trace_l_traced_bottom(lua_State *L);
