#pragma once
// What the files of the wire formats share.

#include "model/wire.h"

/// Appends `"key":` after a comma where one is needed.
void wire_add_key(struct buf *out, const char *key);
/// Appends the endpoint's extra fields, each after a comma.
void wire_add_extra(const struct endpoint *e, struct buf *out);
/// Appends the messages: canonical, or as OpenAI takes them, with `more` at the end of the last
/// one.
void wire_add_messages(const struct wire_question *q, bool canonical, struct view more,
                       struct buf *out);
/// Appends what mocks and programs get along, after a comma; nothing for others.
void wire_add_mock(const struct endpoint *e, const struct wire_question *q, struct buf *out);
/// The seed that is sent: 31 bits of the endpoint's seed, the question's, and the draw.
int64_t wire_seed(const struct endpoint *e, const struct wire_question *q);

/// Appends the schema as OpenAI takes it; true if it may be marked strict.
bool wire_schema_openai(const struct json *schema, struct buf *out);
/// Appends the schema as Gemini takes it.
void wire_schema_gemini(const struct json *schema, struct buf *out);
/// Appends what tells the model of the schema where the server does not enforce it.
void wire_schema_words(const struct json *schema, struct buf *out);

void wire_gemini_chat(const struct endpoint *e, const struct wire_question *q,
                      const struct wire_mode *mode, struct buf *out);
void wire_gemini_read(const struct endpoint *e, const struct json *doc, struct wire_reply *out);

void wire_exec_chat(const struct endpoint *e, const struct wire_question *q, struct buf *out);
void wire_exec_read(const struct json *doc, struct wire_reply *out);

/// Sets outcome and message.
void wire_fail(struct wire_reply *out, enum wire_outcome outcome, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/// Reads an error object of OpenAI's or Gemini's kind, or whatever body came with this status.
void wire_read_error(int status, const struct json *doc, struct view body, struct wire_reply *out);
/// The first entry of a list or object; NULL for anything else, NULL too.
const struct json *wire_children(const struct json *v);
/// The text of an object's member, or "".
struct view wire_text(const struct json *object, const char *key);
/// The number of an object's member, or -1.
int64_t wire_int(const struct json *object, const char *key);
/// Makes the message one line of printable text without the endpoint's keys.
void wire_finish(const struct endpoint *e, struct wire_reply *out);
/// The document of an answer; NULL with out filled in if it has none, or is an error.
struct json *wire_document(const struct endpoint *e, int status, const char *content_type,
                           struct view body, struct wire_reply *out);
/// Puts a stream of server-sent events together into one chat completion. False: an error, in out.
bool wire_unstream(struct view body, struct buf *completion, struct wire_reply *out);
/// True for a body that is a stream of events.
bool wire_is_stream(const char *content_type, struct view body);
