#pragma once
// The subcommands. Each is one file, command_NAME.c, which defines its table entry.

#include "base/compiler.h"
#include "base/err.h"

/// Exit codes of the program.
enum {
    EXIT_DONE = 0,
    EXIT_RUN_FAILED = 1,
    EXIT_WRONG_INPUT = 2,
    EXIT_ANSWERS_FAILED = 3, // finished, but some model answers failed
};

struct command {
    const char *name;
    const char *summary; // one line for the list of commands
    const char *help;    // what --help prints
    /// argv[0] is the command's name. Returns an exit code.
    int (*run)(int argc, char **argv);
};

extern const struct command command_run, command_resume, command_report, command_digest,
    command_test, command_check, command_import, command_export, command_policy, command_serve,
    command_fork, command_mock, command_compare, command_doctor, command_repl, command_prompt;

/// Prints "propersim: message" to stderr and returns `code`.
int command_fail(int code, const struct err *err);
/// For wrong usage: prints the message and where to find help; returns EXIT_WRONG_INPUT.
int command_usage(const struct command *command, const char *fmt, ...) PRINTF_LIKE(2, 3);
/// Parses a whole number of an option; false with a message that names the option.
bool command_int(const char *option, const char *text, int min, int max, int *out,
                 struct err *err) NODISCARD;
