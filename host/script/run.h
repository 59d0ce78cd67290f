#pragma once
// The two ways into Lua: our own C code that may raise (run_protected), and a slice of a coroutine
// (run_slice), and what is to be done when a slice ends badly.

#include "script/state.h"

/// Calls fn on the thread that runs now, with `arg` as a light userdata at index 1. False with the
/// error's message. For our own functions only: it has no instruction limit.
bool run_protected(struct script *s, lua_CFunction fn, void *arg, struct err *err) NODISCARD;

enum run_end { RUN_DONE, RUN_WAIT, RUN_FAILED, RUN_KILLED };

/// Starts or resumes a coroutine with `nargs` values on its stack. An entry from outside gets
/// a budget of `instructions`; a nested one shares what is left.
enum run_end run_slice(struct script *s, lua_State *co, int nargs, int64_t instructions);

/// Adds the message and the traceback of a slice that ended with FAILED or KILLED, before it is
/// closed.
void run_describe(struct script *s, lua_State *co, enum run_end end, struct buf *out);

/// Closes a coroutine: its to-be-closed variables run, with a small budget. Errors in them are
/// added to `out` (may be NULL).
void run_close(struct script *s, lua_State *co, struct buf *out);

/// Closes the coroutines inside of a stopped or cancelled one, innermost first.
void run_close_inner(struct script *s, lua_State **inner, size_t count, struct buf *out);

/// Remembers that `co` is suspended inside of the slice that is about to end.
void run_note_inner(struct script *s, lua_State *co);

/// Adds the text of the error value at index i of L: its text, or its field `message`.
/// Calls nothing of the script and allocates nothing in Lua.
void run_add_error(lua_State *L, int i, struct buf *out);
