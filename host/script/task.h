#pragma once
// A task is one coroutine that runs a function of the generation in force, a slice at a time: from
// task_resume to the next wait. A host function that must wait calls task_wait; the loop calls
// task_resume when the answer is there. Never resume from inside a callback of a library or from a
// host function: put the task in a ready queue (ready.h), which the loop drains.
//
// Coroutines are reused: a start and an end of an empty function cost less than a microsecond.
// The caller of task_start owns the task and frees it; script_free ends those that are left.

#include "script/script.h"

struct task;

enum task_state {
    TASK_READY,   // not run yet
    TASK_RUNNING, // in task_resume now
    TASK_WAITING, // inside of task_wait
    TASK_DONE,    // returned; results wait for task_read
    TASK_FAILED,  // raised an error that it did not catch
    TASK_KILLED,  // went over a limit, or was cancelled
};

/// A task that will call `function` of `module` with the arguments that `push` pushes (may be
/// NULL). Runs nothing of it yet. NULL with err if there is no such function or a limit is hit.
struct task *task_start(struct script *s, const char *module, const char *function,
                        script_push_fn push, void *user, struct err *err) NODISCARD;

/// Runs a slice of a READY or WAITING task. push: what task_wait returns in the script (NULL:
/// nothing); must be NULL for a READY task. Afterwards: WAITING, DONE, FAILED or KILLED. What ended
/// has been closed: its to-be-closed variables have run.
enum task_state task_resume(struct task *t, script_push_fn push, void *user);

enum task_state task_state(const struct task *t);
/// FAILED or KILLED: "scripts/x.lua:12: message", newline, traceback. Else "". Lives as long as t.
const char *task_error(const struct task *t);
/// Gives the results of a DONE task to `read`.
bool task_read(struct task *t, script_read_fn read, void *user, struct err *err) NODISCARD;

/// Ends a task that is READY or WAITING: its to-be-closed variables run (under limits), which
/// releases the operations that it waits for. Others are left alone. Then it is KILLED.
void task_cancel(struct task *t);
/// Cancels if need be; takes NULL. Not for a RUNNING task.
void task_free(struct task *t);

struct script *task_script(const struct task *t);

// --- for host functions -----------------------------------------------------------------------

/// The task that L runs in. Raises "cannot wait here" inside of script_call and of main chunks.
struct task *task_current(struct lua_State *L);

/// Ends the slice: `return task_wait(L, then, ctx);`. Of a host function only. With `then` NULL the
/// values given to task_resume are what the host function returns; else `then` is called as a
/// lua_KFunction, with these values on top of what was on the stack. Raises, before it waits, where
/// Lua cannot (callbacks of string.gsub and table.sort, metamethods).
/// What must be released however the wait ends goes into a userdata with __close, and lua_toclose.
int task_wait(struct lua_State *L, int (*then)(struct lua_State *L, int status, intptr_t ctx),
              intptr_t ctx);

/// Raises where task_wait would: call it before acquiring anything.
void task_check_wait(struct lua_State *L);

/// Takes a function and nargs arguments from the top of L's stack and makes a READY task of it,
/// which the caller owns. Raises on a limit.
struct task *task_spawn(struct lua_State *L, int nargs);
/// Moves the results of a DONE task to the top of L's stack and returns how many. Raises if they do
/// not fit on the stack.
int task_take_results(struct lua_State *L, struct task *t);
