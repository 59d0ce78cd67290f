#include "script/ready.h"

#include "base/mem.h"
#include "script/task_state.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void grow(struct ready *q)
{
    size_t cap = mem_grow(q->cap, q->count + 1);
    struct ready_entry *entries = mem_calloc(cap, sizeof(*entries));

    for (size_t i = 0; i < q->count; i++)
        entries[i] = q->entries[(q->first + i) % q->cap];
    free(q->entries);
    q->entries = entries;
    q->first = 0;
    q->cap = cap;
}

void ready_add(struct ready *q, struct task *t, script_push_fn push, void *user)
{
    assert(t->queue == NULL);
    assert(t->state == TASK_READY || t->state == TASK_WAITING || t->state == TASK_RUNNING);
    if (q->count == q->cap)
        grow(q);
    q->entries[(q->first + q->count) % q->cap] = (struct ready_entry){ t, push, user };
    q->count++;
    t->queue = q;
}

void ready_forget(struct task *t)
{
    struct ready *q = t->queue;

    for (size_t i = 0; q != NULL && i < q->count; i++) {
        struct ready_entry *e = &q->entries[(q->first + i) % q->cap];

        if (e->task == t)
            e->task = NULL;
    }
    t->queue = NULL;
}

size_t ready_run(struct ready *q, void (*done)(void *user, struct task *t), void *user)
{
    size_t count = 0;

    for (size_t left = q->count; left > 0; left--) {
        struct ready_entry e = q->entries[q->first];

        q->first = (q->first + 1) % q->cap;
        q->count--;
        if (e.task == NULL)
            continue;
        e.task->queue = NULL;
        task_resume(e.task, e.push, e.user);
        count++;
        if (done != NULL)
            done(user, e.task);
    }
    return count;
}

bool ready_is_empty(const struct ready *q)
{
    return q->count == 0;
}

void ready_fini(struct ready *q)
{
    for (size_t i = 0; i < q->count; i++) {
        struct task *t = q->entries[(q->first + i) % q->cap].task;

        if (t != NULL)
            t->queue = NULL;
    }
    free(q->entries);
    memset(q, 0, sizeof(*q));
}
