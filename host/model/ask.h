#pragma once
// One question to a model, from the rendered messages to an answer that matches the schema, or to
// the reason why there is none. Stored replies first; then the endpoint, through its limits, with
// retries, and one repair request if the answer does not match.
//
// The same question (same request hash and draw) is asked once, whoever asks: those who ask while
// it is under way get the same answer. Answers that are no use (refused, cut off, not what the
// schema asks for after the repair) are kept as well, so that a resume does not pay for them again;
// failures of transport are kept for replay-only alone, and asked again otherwise.
//
// What a stored reply is, in the run file and in a file of replies: {"text": ...}, or
// {"failure": ..., "message": ..., "text": ...}.

#include "model/models.h"
#include "model/wire.h"
#include "text/schema.h"

struct question {
    const char *role, *prompt, *version; // for the run file and for mocks
    uint64_t household;                  // tells households apart, for turns
    int who;
    int64_t step;
    const struct wire_message *messages;
    size_t message_count;
    const struct json *schema;    // of the answer; NULL: any text
    const struct schema *checker; // the same, compiled
    /// What a schema cannot say: false with err counts as an answer that does not match. May be
    /// NULL; called with an answer that matches the schema, as long as the question is open.
    bool (*check)(void *user, const struct json *answer, struct err *err);
    void *check_user;
    struct view inputs; // JSON, for mocks
    uint64_t seed;      // part of the request: tells moments apart
    int draw;
    struct reply_store store; // of the household's run; all-zero: none
    bool keep_text;           // the messages are kept with the reply
};

/// Valid during the callback.
struct answer {
    enum failure failure;
    const char *message; // what went wrong, one line, for people; "" if nothing
    struct view text;    // what the model said
    struct json *json;   // the answer if there is a schema; set to NULL to keep it (json_free)
    int64_t requests;    // that were sent for it
    bool stored;         // cost nothing: was there, or another household asked it
    bool repaired;       // was right only after the repair request
    struct row_call row; // ready for writer_append_call
};

typedef void (*ask_fn)(void *user, struct answer *answer);

/// Asks. Copies the question but for schema and checker, which must live until the callback. fn is
/// called once, later, from the loop, unless the question is cancelled; then the handle is gone.
struct ask *ask_start(struct channel *c, const struct question *question, ask_fn fn,
                      void *user) NODISCARD;
/// Ends it without a callback. What was sent and not answered is given up.
void ask_cancel(struct ask *a);

/// The hash of the question's canonical request, as stored replies are known by.
struct hash ask_hash(const struct channel *c, const struct question *question);
