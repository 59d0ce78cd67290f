#pragma once
// The inside of a struct task, for the files of tasks and for host functions that wait.
//
// task.c        runs a slice, ends, tells what came of it
// task_start.c  puts a function and its arguments on the stack of a new task
// task_pool.c   where tasks and their threads come from, and go back to
// task_wait.c   how host functions wait
// ready.c       the tasks that can go on

#include "script/ready.h"
#include "script/state.h"

struct task {
    struct script *script;
    lua_State *co; // NULL after it was closed
    int ref;       // of co, in the registry
    int args;      // values on co's stack for the next resume
    enum task_state state;
    size_t waits; // what it waits for; it goes on when all of it is there
    struct buf error;
    lua_State **inner; // coroutines inside of which it waits, innermost first
    size_t inner_count;
    struct task *previous, *next; // in the list of the script: alive or spare
    struct ready *queue;          // in which it is, or NULL
};

/// Like task_start, for a function that `push` pushes first, before its arguments.
struct task *task_start_pushed(struct script *s, script_push_fn push, void *user,
                               struct err *err) NODISCARD;
/// Like script_call, for a function that `push` pushes first.
bool script_call_pushed(struct script *s, script_push_fn push, script_read_fn read, void *user,
                        struct err *err) NODISCARD;
/// The task at work begins to wait for one thing more; call it before task_wait.
struct task *task_expect(lua_State *L);
/// One of the things that a task waits for is there, or given up. True: it was the last.
bool task_arrived(struct task *t);
/// Takes a task that ends out of its queue.
void ready_forget(struct task *t);

/// A READY task with a thread, empty yet. NULL with err on a limit.
struct task *task_acquire(struct script *s, struct err *err) NODISCARD;
/// Gives back a task that has ended; a thread that came to its end in peace is used again.
void task_release(struct task *t);
/// Lets go of a thread that was closed.
void task_drop_thread(struct task *t);
/// Ends and frees all tasks of a script.
void task_fini_all(struct script *s);
