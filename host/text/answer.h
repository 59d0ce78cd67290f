#pragma once
// Reads the JSON out of a language model's reply. Tolerant where models are sloppy and the meaning
// is plain; everything else is an error that can be sent back to the model.
//
// Accepted around the value: a byte order mark, a leading <think>...</think> part, code fences, and
// prose before and after. The value is the one that the reply starts with, else the one that a
// code fence starts with, else the first object or list in the prose (a bracket counts if what
// follows it could be JSON). It must be complete: nothing is read out of a value that is cut off.
// Accepted inside the value, if it is not JSON without: a comma after the last entry, and
// typographic instead of straight quotes around keys and texts.

#include "text/json.h"

enum { ANSWER_MAX_BYTES = 1 << 20 };

/// The object or list in the reply, or NULL and an error; lines and columns in it count from where
/// the value starts. Takes linear time. Free with json_free.
struct json *answer_parse(struct view reply, struct err *err) NODISCARD;
