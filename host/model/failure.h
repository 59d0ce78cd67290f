#pragma once
// The ways in which a question can stay without an answer.

#include <stdbool.h>

enum failure {
    FAILURE_NONE,
    // This question's; the household records it and goes on.
    FAILURE_UNREACHABLE, // no connection, time-outs, resets, 5xx, to the last retry
    FAILURE_BUSY,        // 408, 409, 429, to the last retry
    FAILURE_BROKEN,      // half replies, HTML, not JSON, to the last retry
    FAILURE_REFUSED,     // the model or a content filter declines
    FAILURE_LENGTH,      // cut off at the token limit
    FAILURE_EMPTY,       // no text
    FAILURE_UNUSABLE,    // not what the schema asks for, after the repair request too
    FAILURE_REQUEST,     // the server finds the request wrong (too long, say)
    // The study's: every further question would end the same way. Stop, say why, resume later.
    FAILURE_KEY,     // 401, 403
    FAILURE_MODEL,   // 404: no such model, or the URL is wrong
    FAILURE_QUOTA,   // no money left
    FAILURE_BUDGET,  // --max-cost or --max-requests is reached
    FAILURE_REPLAY,  // replay-only, and the reply is not there
    FAILURE_STORE,   // a reply could not be read or kept
    FAILURE_ABSENT,  // nobody there: from the start, or for many questions in a row
    FAILURE_STOPPED, // models_stop: whoever runs the study ends it
};

/// "unreachable" and so on; "" for FAILURE_NONE.
const char *failure_name(enum failure f);
bool failure_stops_study(enum failure f);
/// True if it tells of the model's answer, so that asking again would be a new draw.
bool failure_is_answer(enum failure f);
