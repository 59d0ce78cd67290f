#pragma once
// The night of a household whose assistant is a model that is fine-tuned: writes the pairs so far
// as a data set, runs the study's trainer (assistant.learn.trainer) on it, and loads the adapter
// that comes of it into the server, which answers with it from the day that begins. If any of that
// fails, all stays as it was, and the run file and the log say so. docs/learning.md has the whole.

#include "base/err.h"
#include "sim/household.h"

struct reader;

/// Which pairs of a run, in which form, and where to.
struct night_set {
    struct reader *reader;
    const char *data;   // the folder of the installed scripts
    const char *method; // assistant.learn.method
    int who;
    const int64_t *steps; // ascending
    size_t step_count;
    const char *path;
};
/// Writes a data set; *examples: how many lines.
typedef bool (*night_write_fn)(const struct night_set *set, int64_t *examples, struct err *err);

struct night {
    const char *out; // the study folder; data sets and adapters go below trainer/
    night_write_fn write;
    bool (*stopped)(void *user); // is the run to end?
    void (*tell)(void *user, const char *household, const char *text);
    void *user;
};

/// Before the household's next day begins; nothing if it has no trainer. *stopped: the run is to
/// end, and the night is to be done again. False: the household cannot go on.
bool night_pass(struct household *h, const struct night *night, bool *stopped,
                struct err *err) NODISCARD;
