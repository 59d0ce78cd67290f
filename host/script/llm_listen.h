#pragma once
// Somebody who listens to all questions of a household and their answers, for `propersim prompt`.
// Nobody does while a study runs: then it costs nothing.

#include "base/buf.h"

#include <stdint.h>

/// A question with its answer; everything is borrowed for the call.
struct heard {
    const char *role, *prompt, *version;
    int who; // the resident whom it is about, from 1
    int64_t step;
    int draw;
    uint64_t seed;            // key of the random stream of the offline answerer
    struct view system, user; // the messages, as a model gets them
    struct view schema;       // of the answer, as JSON
    struct view inputs;       // all that the offline answerer gets, as JSON
    struct view answer;       // as JSON; empty: it failed
    const char *failure;      // NULL: it did not
};

struct llm_ear {
    void *user;
    void (*hear)(void *user, const struct heard *heard);
};

struct lua_State;

/// Completes `heard` with messages, inputs and answer from the tables at these stack indices, and
/// tells it. Raises if a text cannot be written as JSON.
void llm_listen(struct lua_State *L, const struct llm_ear *ear, struct heard *heard, int inputs,
                int answer);
