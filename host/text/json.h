#pragma once
// JSON, read strictly: UTF-8 must be valid, no text after the value, no leading zeros, no duplicate
// keys, at most JSON_MAX_DEPTH levels, numbers must be finite. Parsing is cJSON's behind this type.
// Written by appending to a buf: numbers are exact (shortest text that reads back to the same
// double; integers up to 2^53 without a point), so print + parse changes nothing.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum { JSON_MAX_DEPTH = 100, JSON_MAX_BYTES = 256 << 20 };

struct json; // one value of a document; all values are owned by the document's root

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/// Parses a whole document; NULL with "line L, column C: ..." on error. Free the root with
/// json_free.
struct json *json_parse(struct view text, struct err *err) NODISCARD;
void json_free(struct json *root);

/// "null", "boolean", "number", "text", "list", "object": for messages.
const char *json_type_name(enum json_type type);
/// The same as a phrase: "a number", "text", "an object".
const char *json_type_phrase(enum json_type type);
enum json_type json_type(const struct json *value);

bool json_bool(const struct json *value);     // must be JSON_BOOL
double json_number(const struct json *value); // must be JSON_NUMBER
/// Borrowed text of a JSON_STRING; zero-terminated as well; may hold no zero byte (\u0000 is
/// refused).
struct view json_string(const struct json *value);

/// Children of an array or object in order: for (v = json_first(a); v != NULL; v = json_next(v)).
const struct json *json_first(const struct json *parent);
const struct json *json_next(const struct json *value);
/// The key of a child of an object.
const char *json_key(const struct json *child);
size_t json_count(const struct json *parent); // O(n)
/// The child with this key (case matters) or NULL; also NULL if `object` is NULL or no object.
/// O(log n): objects of more than a few keys are indexed when they are parsed.
const struct json *json_get(const struct json *object, const char *key);

/// Required members. Errors: "`key` is missing" / "`key` must be a number, not a list".
bool json_want_string(const struct json *object, const char *key, struct view *out,
                      struct err *err) NODISCARD;
bool json_want_number(const struct json *object, const char *key, double *out,
                      struct err *err) NODISCARD;
/// Integer within lo..hi. Magnitudes of 2^53 and more are refused: a double cannot tell them apart.
bool json_want_int(const struct json *object, const char *key, int64_t lo, int64_t hi, int64_t *out,
                   struct err *err) NODISCARD;
bool json_want_array(const struct json *object, const char *key, const struct json **out,
                     struct err *err) NODISCARD;

/// Appends a quoted, escaped string. Invalid UTF-8 bytes become U+FFFD, and so do zero bytes, which
/// json_parse would refuse.
void json_add_string(struct buf *out, struct view text);
/// Appends a number; NaN and infinities are our bug (assert).
void json_add_number(struct buf *out, double number);
/// Appends a value in canonical form: keys sorted by byte, no spaces.
void json_add_canonical(struct buf *out, const struct json *value);
