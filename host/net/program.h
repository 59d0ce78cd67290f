#pragma once
// A program that is talked to by lines: what it is sent goes to its standard input, what it prints
// comes back a line at a time, on the loop. Started by the shell; stays until it ends or is freed.
//
// One thread; created from and freed before the loop. Callbacks come from the loop; of them `ended`
// alone may free the program.

#include "base/buf.h"
#include "base/err.h"

struct loop;
struct program;

struct program_config {
    const char *command; // for sh -c
    const char *folder;  // to run it in; NULL: this process's own
    size_t max_line;     // of what it prints, in bytes; a longer line ends it
    /// A line of its standard output, without the line end; borrowed.
    void (*line)(void *user, struct view line);
    /// The same of its standard error; lines beyond 4 KiB come in pieces.
    void (*complaint)(void *user, struct view line);
    /// It has ended, or closed its output: `code` is its exit status, or 128 + the signal. Called
    /// once, and the last call.
    void (*ended)(void *user, int code);
    void *user;
};

struct program *program_new(struct loop *loop, const struct program_config *config,
                            struct err *err) NODISCARD;
/// Closes its input, gives it a moment to end by itself, and kills it and all that it started if
/// it does not. No callback comes any more. NULL is fine.
void program_free(struct program *p);

/// Sends a line; the line end is added. It waits here until the program reads it.
void program_send(struct program *p, struct view line);
