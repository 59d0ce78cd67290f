#pragma once
// A thread's extra space holds the script that it belongs to. Scripts are aligned, so the lowest
// bit is free; it says that the host holds the thread: it belongs to a task or waits for the host,
// and scripts may neither resume nor close it. New threads copy the main thread's, without the bit.

#include "script/state.h"

#include <string.h>

static inline uintptr_t thread_word(lua_State *L)
{
    uintptr_t word = 0;

    memcpy(&word, lua_getextraspace(L), sizeof(word));
    return word;
}

static inline bool thread_is_held(lua_State *L)
{
    return (thread_word(L) & 1) != 0;
}

static inline void thread_hold(lua_State *L, bool held)
{
    uintptr_t word = (thread_word(L) & ~(uintptr_t)1) | (held ? 1 : 0);

    memcpy(lua_getextraspace(L), &word, sizeof(word));
}
