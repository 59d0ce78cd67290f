#pragma once
// What a mock says: the bodies of its replies, good and bad. No socket.

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "mock/faults.h"

struct json;
struct script;

/// A request, read. All borrowed from its document.
struct mock_request {
    struct json *doc; // owned; json_free
    bool embeddings;
    struct view model;
    const struct json *ours; // the field `propersim` of an endpoint marked as mock, or NULL
    struct view prompt;      // of that field, or empty
    uint64_t key;            // names the question: two requests for the same have the same
    uint64_t seed;           // of our question
    bool stream, base64;
};

/// Reads the body of a request. False: what is wrong with it, for the one who sent it.
bool mock_read(struct view body, bool embeddings, struct mock_request *out,
               struct err *err) NODISCARD;

/// What a model would say to a chat request. False: the request is wrong.
bool mock_say(struct script *s, const struct mock_request *r, struct view body, struct buf *out,
              struct err *err) NODISCARD;

/// Appends the reply of a chat in which `text` is said. fault: NONE, SCHEMA, REFUSAL, EMPTY or
/// LENGTH. number: of the reply, for its id.
void mock_add_chat(const struct mock_request *r, struct view text, enum fault fault,
                   uint64_t number, struct buf *out);
/// The same as a stream of events.
void mock_add_stream(const struct mock_request *r, struct view text, uint64_t number,
                     struct buf *out);
/// Appends the embeddings of the request's texts. False: the request is wrong.
bool mock_add_embeddings(const struct mock_request *r, struct buf *out, struct err *err) NODISCARD;
/// Appends an error as OpenAI writes it.
void mock_add_error(const char *type, const char *message, struct buf *out);
