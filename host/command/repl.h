#pragma once
// What the files of `propersim repl` share: repl.c (lines in, answers out), repl_table.c (which
// commands there are), repl_commands.c (what drives the run), repl_history.c (load-history),
// command_repl.c (which run).

#include <stdio.h>

#include "sim/session.h"

struct repl {
    struct session *session;
    bool terminal;   // a person types; else the lines come from a pipe or file
    bool left;       // a command said to leave
    bool warned;     // it was said that leaving drops what is not saved
    int asking;      // resident who is interviewed; 0: none
    char *asked;     // their first name
    struct buf said; // the interview so far, as the members of a JSON list
    int stop_fd;     // readable when a run of steps is to end; -1: nobody can say so
};

struct repl_command {
    const char *name, *arguments; // arguments "": it is refused if anything stands after it
    const char *summary;          // one line
    const char *help;             // more; may be NULL
    /// `rest`: what was typed after the name, without spaces around it. NULL: a command that looks
    /// at the household (scripts/terminal/commands.lua).
    bool (*run)(struct repl *r, const char *rest, struct err *err);
};

/// All commands; a NULL name ends them.
extern const struct repl_command repl_commands[];
/// NULL if there is none of this name, or if it is the beginning of several.
const struct repl_command *repl_find(const char *name);
/// Fails: there is no such command, and which one may have been meant.
bool repl_unknown(const char *name, struct err *err);

/// What drives the run. repl_commands.c.
bool repl_step(struct repl *r, const char *rest, struct err *err);
bool repl_run(struct repl *r, const char *rest, struct err *err);
bool repl_until(struct repl *r, const char *rest, struct err *err);
bool repl_save(struct repl *r, const char *rest, struct err *err);
bool repl_finish(struct repl *r, const char *rest, struct err *err);
bool repl_exit(struct repl *r, const char *rest, struct err *err);
bool repl_reload(struct repl *r, const char *rest, struct err *err);
bool repl_whisper(struct repl *r, const char *rest, struct err *err);
bool repl_interview(struct repl *r, const char *rest, struct err *err);
bool repl_lua(struct repl *r, const char *rest, struct err *err);
/// Puts one question to whom is interviewed.
bool repl_ask(struct repl *r, const char *question, struct err *err);
/// load-history FILE.csv. repl_history.c.
bool repl_load_history(struct repl *r, const char *rest, struct err *err);

/// Calls a function of scripts/terminal/commands.lua with texts; the answer goes to `out`.
bool repl_call(struct repl *r, const char *function, const char *const *arguments, size_t count,
               struct buf *out, struct err *err) NODISCARD;
/// Is it UTF-8 without zero bytes? An error does not say which line of `text` it is.
bool repl_check_text(struct view text, struct err *err) NODISCARD;
/// Prints an answer, if it says anything.
void repl_print(const struct buf *text);

/// Is a run of steps to end? For session_options.
bool repl_is_stopped(void *user);

/// Reads and runs commands until the end; returns an exit code. keep_going: a command that fails
/// does not end it (it never does at a terminal).
int repl_talk(struct repl *r, bool keep_going);
