#pragma once
// The limits of a slice of script: memory by the allocator, instructions by a count hook, with CPU
// time as the last resort. Both work together: an allocation that is refused for good ends the
// slice, because a script that catches the error would go on allocating.
//
// A slice is stopped by yielding from the hook, which nothing in a script can catch. Where a
// yield is impossible (below a callback of C), an error is raised instead, the hook fires again at
// the very next instruction, and everything of ours that catches errors (pcall, xpcall,
// coroutines) passes it on: limits_pass_on.

#include "script/state.h"

enum {
    LIMITS_HOOK_COUNT = 1000,
    LIMITS_RESERVE_BYTES = 1 << 20, // for reporting a failure and for closing variables
    LIMITS_CLOSE_INSTRUCTIONS = 1000000,
};

void limits_init(struct limits *l, const struct script_limits *set);
/// A lua_Alloc; `user` is the struct script.
void *limits_allocate(void *user, void *block, size_t old_size, size_t new_size);

/// A new slice: full budget, nothing killed.
void limits_start_slice(struct script *s, int64_t instructions);
/// Gives a thread the hook. Threads that it creates inherit it.
void limits_watch(lua_State *co);

/// Takes work off the budget; stops the slice at its next instruction when nothing is left.
void limits_charge(struct script *s, int64_t work);

/// For host functions that caught an error or got control back from a coroutine, when
/// s->limits.kill is set: `return limits_pass_on(L);`. Never comes back.
int limits_pass_on(lua_State *L);

/// While a failure is reported or variables are closed: a small budget and some more memory.
struct limits_relaxed {
    enum kill kill;
    int64_t budget;
};
struct limits_relaxed limits_relax(struct script *s);
void limits_restore(struct script *s, struct limits_relaxed before);

/// Adds "scripts/x.lua:12: stopped: ..." for the slice that was stopped last.
void limits_describe(const struct script *s, struct buf *out);
