#pragma once
// A program that runs beside the loop: started without a shell, its output collected in memory, and
// its end told by a callback. Nobody waits for it meanwhile.
//
// One thread; created from and freed before the loop.

#include "base/buf.h"
#include "base/err.h"

struct loop;
struct process;

/// `code` is the exit status, or 128 + the signal that ended it. `out` is what it printed on
/// standard output (cut off at `most` bytes), `complaint` what it printed on standard error, at
/// most 4 KiB. All borrowed; the process may be freed in the callback.
typedef void (*process_ended_fn)(void *user, int code, struct view out, struct view complaint);

struct process_config {
    const char *const
        *argv;   // argv[0] is a path, or a name that is looked for in PATH; ends in NULL
    size_t most; // bytes of output that are read
    process_ended_fn ended;
    void *user;
};

struct process *process_new(struct loop *loop, const struct process_config *config,
                            struct err *err) NODISCARD;
/// Kills it if it still runs. NULL is fine.
void process_free(struct process *p);
