#pragma once
// The formats in which endpoints are asked and answer: OpenAI's chat completions and embeddings,
// Gemini's generateContent and batchEmbedContents. Bytes in, bytes out; no socket.

#include <stdint.h>

#include "base/hash.h"
#include "model/endpoint.h"

enum wire_role { WIRE_SYSTEM, WIRE_USER, WIRE_ASSISTANT };

struct wire_message {
    enum wire_role role;
    struct view text;
};

/// What is asked. All borrowed.
struct wire_question {
    const struct wire_message *messages;
    size_t message_count;
    const struct json *schema; // of the answer; NULL: any text
    uint64_t seed;             // tells questions apart that are asked at different moments
    int draw;                  // 0 is the first answer to this question
    // For endpoints marked as mock, and no others:
    const char *prompt, *version;
    struct view inputs; // JSON
};

/// What the server was found to accept.
struct wire_mode {
    enum structured structured;
    bool completion_tokens; // max_completion_tokens instead of max_tokens
    bool no_temperature, no_seed, no_max_tokens;
};

/// Where to start with this endpoint.
struct wire_mode wire_mode_start(const struct endpoint *e);

/// Canonical JSON of all that decides the answer: messages, model, schema, sampling, seed. Neither
/// keys, nor the server, nor how the answer is made to be JSON. The draw counts beside it.
void wire_canonical(const struct endpoint *e, const struct wire_question *q, struct buf *out);

/// The body of a chat request.
void wire_chat(const struct endpoint *e, const struct wire_question *q,
               const struct wire_mode *mode, struct buf *out);
void wire_chat_url(const struct endpoint *e, size_t url, struct buf *out);

/// The body of a request for the embeddings of `count` texts.
void wire_embed(const struct endpoint *e, const struct view *texts, size_t count, struct buf *out);
void wire_embed_url(const struct endpoint *e, size_t url, struct buf *out);

/// What an answer means.
enum wire_outcome {
    WIRE_ANSWER,  // `text` holds what the model said, to its end
    WIRE_REFUSED, // the model, or a filter before or behind it, declines
    WIRE_LENGTH,  // `text` is cut off at the token limit
    WIRE_EMPTY,   // no choice, or one without text
    WIRE_BROKEN,  // not what the format says: half a reply, a page of HTML, an error in a stream
    WIRE_BUSY,    // 408, 409, 425, 429, 5xx: ask again later
    WIRE_UNSUPPORTED, // 400 because of one field that can be left out: see wire_adapt
    WIRE_REQUEST,     // 400, 413, 422 and others: this request is wrong
    WIRE_KEY,         // 401, 403: the key is missing, wrong, or not allowed to do this
    WIRE_MODEL,       // 404: no such model, or no such path
    WIRE_QUOTA,       // the account has no money left
};

struct wire_reply {
    enum wire_outcome outcome;
    struct buf text;                              // of the model; scrubbed
    struct buf message;                           // what is wrong, for people; scrubbed, one line
    struct buf field;                             // WIRE_UNSUPPORTED: which
    int64_t tokens_in, tokens_out, tokens_cached; // -1: not reported
    int64_t retry_ms;                             // what the body says of when to try again; -1
};

void wire_reply_fini(struct wire_reply *r);

/// Reads the answer of a chat request.
void wire_read_chat(const struct endpoint *e, int status, const char *content_type,
                    struct view body, struct wire_reply *out);

/// Reads the answer of a request for `count` embeddings; with WIRE_ANSWER, *vectors holds
/// count * *dimensions floats, which the caller frees.
void wire_read_embed(const struct endpoint *e, int status, const char *content_type,
                     struct view body, size_t count, struct wire_reply *out, float **vectors,
                     size_t *dimensions);

/// Changes the mode after WIRE_UNSUPPORTED of a request that was sent with `sent`. False if there
/// is nothing left to change.
bool wire_adapt(struct wire_mode *mode, const struct wire_mode *sent, const char *field);

/// About how many tokens a text has, for limits and estimates: bytes / 4, at least 1.
int64_t wire_tokens_of(size_t bytes);
