#pragma once
// The inside of a struct script, for the files of this room only.

#include "script/object.h"
#include "script/script.h"
#include "script/task.h"

#include <lua.h>

/// Why a slice was stopped. Once set, nothing of the script may go on: see limits.c.
enum kill { KILL_NO, KILL_INSTRUCTIONS, KILL_CPU, KILL_MEMORY, KILL_STRING };

/// Why a coroutine gave control back.
enum yield_kind { YIELD_SCRIPT, YIELD_WAIT };

struct limits {
    struct script_limits set; // without zeros
    size_t used, ceiling;     // bytes; the ceiling is raised a little while a failure is reported
    int64_t slice, budget;    // instructions of this slice, and what is left of them
    enum kill kill;
    struct buf where; // "scripts/x.lua:12: " where it was stopped, or ""
    bool refused;     // the last attempt to grow was refused, and a second try is due
    const void *refused_block;
    size_t refused_size;
    uint64_t allocations; // attempts to grow, for fail_allocation_at
    int64_t cpu_start_ns; // -1: the slice has not been looked at yet
    uint32_t hook_calls;
};

/// One active coroutine.resume: its frames are on the C stack, innermost first.
struct resume_frame {
    lua_State *resumer;
    struct resume_frame *outer;
};

enum { LOADING_MAX = 64 };

struct script {
    lua_State *L;            // main thread; runs no script code itself
    struct pool *heap, *own; // where L's blocks come from; own: NULL if others share it
    struct limits limits;
    struct script_context context;

    lua_State *running; // the thread whose code runs now; L between slices
    struct resume_frame *frames;
    enum yield_kind yield;
    int depth;         // nested entries from C: 0 between slices
    int no_wait;       // > 0 inside of script_call
    int closing;       // nested closings of coroutines by scripts
    lua_State **inner; // coroutines inside of the task that waits or was stopped, innermost first
    size_t inner_count, inner_cap;
    struct buf trace; // of what went wrong last
    uint32_t busy;    // tasks that are alive
    struct task *current, *tasks, *spare;

    const struct script_module **modules;
    size_t module_count, module_cap;

    struct texts *texts;
    uint32_t generation;
    const char *loading[LOADING_MAX]; // names of the modules whose main chunks run now
    int loading_count;

    struct object_slot *slots;
    uint32_t slot_count, slot_cap, free_slot; // free_slot: index + 1, 0 is none

    struct rng random; // of math.random
    uint64_t random_key;
    bool random_started;
};

// Addresses of these are keys in the registry.
enum registry_key {
    KEY_BASE,    // the table of allowed globals
    KEY_ENV,     // metatable of each chunk's _ENV
    KEY_LOADED,  // module name -> value, of the generation in force
    KEY_CHUNKS,  // during a load: path -> compiled chunk
    KEY_HOST,    // host module name -> read-only table
    KEY_FROZEN,  // in the metatable of a read-only table: the table behind it
    KEY_ARRAY,   // metatable of lists
    KEY_OBJECTS, // slot -> userdata, while open
    KEY_KILLED,  // the error value that travels when a slice is stopped
    KEY_REGEX,   // flags + 1 -> pattern -> compiled pattern
    KEY_TESTS,   // list of the tests of a file
    KEY_SCRATCH, // metatable of scratch buffers
    KEY_MESSAGE, // the string "message": to look at error values without allocating
    KEY_COUNT
};
const void *registry_key(enum registry_key key);
