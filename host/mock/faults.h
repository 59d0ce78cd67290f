#pragma once
// The ways in which a mock answers badly, and how often.

#include "base/err.h"
#include "base/rng.h"

enum fault {
    FAULT_NONE,
    FAULT_BUSY,     // "429": too many requests, with Retry-After
    FAULT_ERROR,    // "500"
    FAULT_RESET,    // the connection breaks before a byte of the reply
    FAULT_HALF,     // half of the reply, then the connection ends
    FAULT_HANG,     // nothing, until the client gives up
    FAULT_NOT_JSON, // status 200, and a text that is no JSON
    FAULT_HTML,     // a page of a proxy's, status 502
    FAULT_SCHEMA,   // JSON, but not what was asked for
    FAULT_REFUSAL,  // the model declines
    FAULT_EMPTY,    // no choice in the reply
    FAULT_LENGTH,   // cut off at the token limit
    FAULT_DRIP,     // a good reply, in pieces over some seconds
    FAULT_COUNT
};

/// "429" and so on.
const char *fault_name(enum fault f);
/// True for those that need an answer of a model: they do not befall embeddings.
bool fault_is_answer(enum fault f);

/// All-zero: none.
struct faults {
    double rate[FAULT_COUNT]; // of each; their sum is at most 1
};

/// "429=0.05,reset=0.01", or "all=0.05" for every kind, which single ones may then change.
bool faults_parse(const char *text, struct faults *out, struct err *err) NODISCARD;
enum fault faults_draw(const struct faults *f, struct rng *rng);
