#pragma once
// One Lua state: the scripts of one household (or of a study file, or of a test run), sandboxed and
// limited. A process may hold hundreds; all of them are used by one thread, one at a time.
//
// C enters Lua in two ways only: script_call here (short, must not wait) and task_resume (task.h).
// Both are protected: no script can end the process, keep it busy or take more than its memory.
//
// Life: script_new; script_add_module for each binding; script_load a set of texts (texts.h);
// script_call / task_start functions of it by name; script_load again to reload; script_free.

#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"

#include <stdint.h>

struct lua_State;
struct object_type;
struct script;
struct texts;

/// 0 means the default, which stands behind each line.
struct script_limits {
    size_t memory_bytes;         // ceiling of the Lua heap; 256 MiB
    size_t string_bytes;         // longest single string; 16 MiB
    int64_t slice_instructions;  // from one entry into Lua to the next wait or return; 100 million
    int64_t load_instructions;   // for one whole script_load; 200 million
    int slice_cpu_ms;            // last resort for work that instructions do not show; 30,000.
                                 // Ends a run with an error, never changes a result; -1: off
    uint32_t tasks;              // tasks alive at the same time; 1,024
    struct pool *heap;           // where its blocks come from, borrowed; NULL: a heap of its own
    int collect_at_percent;      // the heap grows to so many per cent of what was in use before it
                                 // is collected again: 200; up to 1000
    bool gc_stress;              // tests: a full garbage collection at every allocation check
    uint64_t fail_allocation_at; // tests: refuse the n-th allocation (from 1) and its second try
};

enum script_level { SCRIPT_DEBUG, SCRIPT_INFO, SCRIPT_WARN, SCRIPT_ERROR };
/// where: "scripts/x.lua:12", or "" if it is not known. Both texts are borrowed for the call.
typedef void (*script_log_fn)(void *user, enum script_level level, const char *where,
                              struct view text);

/// What scripts are told about where they are. The owner of the script updates it between slices;
/// nothing is copied, so `who` must live as long as it stands here.
struct script_context {
    uint64_t seed;
    const char *who;   // persona id: names the random streams; NULL counts as ""
    int64_t start_s;   // simulated time at which the study started (simtime.h)
    int64_t now_s;     // simulated time of this step
    int step_seconds;  // 0: there is no clock, and the functions of `clock` raise
    int64_t step;      // from 0
    int day;           // from 1
    script_log_fn log; // NULL: messages are dropped
    void *log_user;
    void *user; // for the owner's bindings: script_context(script_of(L))->user
};

struct script *script_new(const struct script_limits *limits, struct err *err) NODISCARD;
/// Ends all tasks first. Takes NULL. Objects (object.h) stay their owners'.
void script_free(struct script *s);

struct script_context *script_context(struct script *s);
/// The script that a host function runs for.
struct script *script_of(struct lua_State *L);

// --- host modules -----------------------------------------------------------------------------

enum script_kind {
    SCRIPT_PURE,   // may be called at any time
    SCRIPT_EFFECT, // touches the household or waits: raises "not while loading" in main chunks
};

/// A lua_CFunction. It checks all arguments before it acquires anything.
struct script_function {
    const char *name;
    int (*call)(struct lua_State *L);
    enum script_kind kind;
};

/// Static const; must outlive the script.
struct script_module {
    const char *name;                        // scripts say require "name"
    const struct script_function *functions; // ends with a NULL name
    /// Adds constants to the module's table, which is at the top of the stack. May be NULL.
    void (*add_constants)(struct lua_State *L);
    /// Types of objects that the module hands out, for the check of the editor stubs; NULL at the
    /// end; may be NULL.
    const struct object_type *const *types;
};

/// Makes require "name" give a read-only table of the functions. Before the first script_load.
bool script_add_module(struct script *s, const struct script_module *module,
                       struct err *err) NODISCARD;
/// json, re, rng, log, clock, stats.
bool script_add_standard_modules(struct script *s, struct err *err) NODISCARD;

/// The registered modules in order of registration; NULL past the end.
const struct script_module *script_module_at(const struct script *s, size_t i);

// --- generations ------------------------------------------------------------------------------

/// What a set of texts must be good for. Module names are as for require: "household",
/// "propersim.prompt", "prompts.rater.timing", "personas.p01".
struct script_needs {
    const char *const *exports; // "household.step": a function that must exist; NULL at the end
    const char *const *modules; // run at load besides those of the exports; NULL at the end
    const char *const *folders; // all files below are run at load: "prompts/"; NULL at the end
    bool compile_all;           // also compile the files that nothing runs. Once per set will do
    /// Called in the load phase with the new generation in force for script_call, before it is
    /// final; false refuses the set. May be NULL.
    bool (*check)(struct script *s, void *user, struct err *err);
    void *user;
};

/// Compiles the set, runs the main chunks in a load phase (host functions that have effects raise;
/// load_instructions is the budget) and puts it in force as a whole. If anything is wrong, the set
/// that was in force stays, and err says where: "scripts/x.lua:12: ..." and a traceback. Fails
/// while tasks are alive. Keeps a reference to `texts`.
bool script_load(struct script *s, struct texts *texts, const struct script_needs *needs,
                 struct err *err) NODISCARD;

/// The set in force, NULL before the first script_load; borrowed.
struct texts *script_texts(const struct script *s);
/// Counts successful loads, from 1; 0 before.
uint32_t script_generation(const struct script *s);

// --- calls ------------------------------------------------------------------------------------

/// Pushes arguments or results on L and returns how many. It runs protected: it may raise.
/// Callers without lua.h use value.h.
typedef int (*script_push_fn)(struct lua_State *L, void *user);
/// Reads `count` values, at stack indices 1..count of L. Runs protected. False with err: the call
/// counts as failed.
typedef bool (*script_read_fn)(struct lua_State *L, int count, void *user, struct err *err);

/// Calls `function` of `module` of the generation in force; the module is loaded if it is not yet.
/// For short work: the function must not wait. From inside a host function it shares the budget of
/// the slice. push and read may be NULL. Errors have the message, then a traceback.
bool script_call(struct script *s, const char *module, const char *function, script_push_fn push,
                 script_read_fn read, void *user, struct err *err) NODISCARD;

/// True if the module is in the set and exports a function of this name. Runs nothing that has
/// not been loaded.
bool script_has(struct script *s, const char *module, const char *function);
/// True if the module's main chunk has run in the generation in force, or if it is a host module.
bool script_is_loaded(struct script *s, const char *module);

/// Bytes of the Lua heap now.
size_t script_memory(const struct script *s);
/// Collects all garbage, e.g. after a reload or at midnight.
void script_collect(struct script *s);

/// Host functions whose C work is not small (a loop over data) take it off the slice's budget:
/// `work` in units of about one Lua instruction (10 ns). Never raises; the script is stopped at
/// its next instruction.
void script_charge(struct lua_State *L, int64_t work);
