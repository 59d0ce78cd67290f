#pragma once
// First in, first out: the tasks that can go on. Whoever has an answer adds; the loop runs.

#include "script/task.h"

struct ready_entry {
    struct task *task; // NULL: was freed or cancelled while it waited here
    script_push_fn push;
    void *user;
};

/// All-zero is empty. Must outlive the tasks in it, or be finished before.
struct ready {
    struct ready_entry *entries;
    size_t first, count, cap; // a ring
};

/// push and user are for task_resume and must stay valid until the task has run or was freed.
/// A task is in at most one queue, once.
void ready_add(struct ready *q, struct task *t, script_push_fn push, void *user);
/// Resumes the tasks that are in the queue now, in order; those added meanwhile wait for the next
/// call. Returns how many it resumed. `done` (may be NULL) is called after each slice.
size_t ready_run(struct ready *q, void (*done)(void *user, struct task *t), void *user);
bool ready_is_empty(const struct ready *q);
void ready_fini(struct ready *q);
