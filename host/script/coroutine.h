#pragma once
// Coroutines of scripts, for host functions that run some themselves.

#include "script/state.h"

/// Pushes a new coroutine that will run the function at index `function`.
lua_State *coroutine_push(lua_State *L, int function);

enum { COROUTINE_ERROR = -1, COROUTINE_WAIT = -2 };

/// Runs co with the nargs values at the top of L. Leaves its results, or the error, at the top of L
/// and returns their number, or COROUTINE_ERROR; lua_status(co) tells a yield from an end.
/// COROUTINE_WAIT: a host function in it waits. Then L has to wait as well, with lua_yieldk, and to
/// resume co, no longer held (thread.h), when it is resumed itself.
int coroutine_resume(lua_State *L, lua_State *co, int nargs);
