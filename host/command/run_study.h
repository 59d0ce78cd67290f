#pragma once
// What `run` and `resume` share: running a prepared study with progress, and saying how it ended.

#include "sim/roles.h"
#include "sim/study.h"

struct run_how {
    const char *out;
    int jobs;                   // processes; 0: as many as are worth it here
    struct roles_options roles; // about models
    bool pause, quiet;
    bool brief;       // no report at the end: one of several studies
    bool serve, open; // show it in the browser meanwhile, and after it until Ctrl-C
    int port;
};

/// Letters of the options --serve, --port N and --open, and what takes them.
enum { RUN_SERVE = 'S', RUN_PORT = 'P', RUN_OPEN = 'O' };
bool run_take_serve(struct run_how *how, int letter, const char *argument,
                    struct err *err) NODISCARD;
/// Their part of the help.
#define RUN_SERVE_HELP                                                                             \
    "  --serve            show the study in the browser while it runs, and after it until\n"       \
    "                     Ctrl-C; prints the address\n"                                            \
    "  --port N           with --serve: the port, 8765 if not said, 0 for any that is free\n"      \
    "  --open             with --serve: open the page in the browser\n"

/// How it ended, beside the exit code.
struct run_end {
    bool stopped;            // the user ended it, or it could not begin
    int64_t failed;          // households
    int64_t unmet, expected; // expectations that are not met, and all of them
};

/// Runs what is not finished of the study and prints the outcome. Returns an exit code. Fills *end
/// (all-zero before; may be NULL).
int run_study(const struct study *study, const struct run_how *how, struct run_end *end);
