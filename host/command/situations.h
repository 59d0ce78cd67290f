#pragma once
// Stored situations: questions of a run with all that was asked and answered.

#include "base/err.h"
#include "store/reader.h"

#include <stddef.h>
#include <stdint.h>

struct situation {
    char *role, *prompt, *version, *system, *user; // as a model got it
    char *schema, *inputs;                         // JSON; inputs: all of the offline answerer's
    char *answer;                                  // JSON; NULL: it failed
    char *failure;                                 // NULL: it did not
    int who, draw;
    int64_t step;
    uint64_t seed;
};

/// All-zero: none. Set the filters before.
struct situations {
    struct situation *all;
    size_t count, cap;
    const char *prompt; // only questions of this prompt; NULL: of any
    int64_t step;       // only questions of this step; -1: of any. All-zero means step 0
};

/// Adds those of a day of the run, by simulating it again (sim/rehearse.h).
bool situations_add_day(struct situations *s, const char *run, int day, struct err *err) NODISCARD;
void situations_fini(struct situations *s);

/// A whole number that the run file notes.
bool situations_meta(struct reader *r, const char *key, int64_t *out, struct err *err) NODISCARD;
