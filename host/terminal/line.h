#pragma once
// Lines that a person types at a terminal: editing, history, completion. Everything of the line
// editing library stays in this room.

#include "base/buf.h"
#include "base/err.h"

struct line_reader;

/// Adds a candidate for the word that is being typed.
struct line_candidates;
void line_candidate(struct line_candidates *list, const char *text);
/// Asked when Tab is pressed: `line` is what stands before the cursor, and `word` the part of it
/// that a candidate would replace.
typedef void (*line_complete_fn)(void *user, struct view line, struct view word,
                                 struct line_candidates *list);

struct line_options {
    const char *program; // name for the user's ~/.editrc
    const char *history; // file that keeps what was typed; NULL: none. Made if it does not exist
    line_complete_fn complete;
    void *user;
};

/// Is there a person at the other end of standard input and output?
bool line_is_terminal(void);

/// For a terminal; texts are borrowed. NULL if it cannot be used.
struct line_reader *line_new(const struct line_options *options, struct err *err) NODISCARD;
/// Writes the history. NULL is fine.
void line_free(struct line_reader *r);

/// Shows the prompt and reads a line into `out`, without its end. False at the end of the input
/// (Ctrl-D). Ctrl-C empties the line.
bool line_read(struct line_reader *r, const char *prompt, struct buf *out);
