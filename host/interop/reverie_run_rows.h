#pragma once
// What readers and makers of rows share, for the reverie_run_*.c files only.

#include "interop/reverie_run.h"

enum { REVERIE_MAX_STEPS = 10000000 };

/// A text of an object, a number as text; *out stays as it is if it is null or missing. Other types
/// are errors. Caller frees.
bool reverie_optional_text(const struct json *object, const char *key, char **out,
                           struct err *err) NODISCARD;
/// Reads propersim/ beside the run, if it is there.
bool reverie_run_read_extras(struct reverie_run *run, const char *folder,
                             struct err *err) NODISCARD;

struct reverie_day {
    const struct reverie_run *run;
    struct writer *w;
    int day, slot;
    int64_t first, last; // steps; `last` is the first that is not in it
    struct err *err;
};

/// The parts of "block (task) @ address"; borrowed from the text, which may be NULL.
struct reverie_description {
    struct view block, task, address;
};
struct reverie_description reverie_take_apart(const char *text);

/// The simulated time at which a step begins.
int64_t reverie_time_of(const struct reverie_day *d, int64_t step);

/// Writes the nodes of a memory folder (NULL: none) that belong to the day.
bool reverie_write_nodes(const struct reverie_day *d, const struct json *nodes,
                         enum row_stream stream) NODISCARD;
/// Makes the assistant's memory of what it said in a step, as ours remembers it by default: for
/// runs whose assistant's memories were not saved (the original saves only when it is told to).
bool reverie_remember(const struct reverie_day *d, int64_t step, int64_t id) NODISCARD;
