#pragma once
// Checks answers against a small part of JSON Schema: type, properties, required,
// additionalProperties (true or false), items, enum, minimum, maximum, minLength, maxLength (in
// characters), minItems, maxItems; title and description are allowed and mean nothing. Any other
// keyword is an error, so that no schema promises what is not checked.

#include "text/json.h"

struct schema;

/// Copies what it needs. NULL on error, which names the keyword and the property it stands in.
struct schema *schema_compile(const struct json *schema, struct err *err) NODISCARD;
void schema_free(struct schema *s);

/// False with the first thing that is wrong, in words for the one who wrote the value:
/// "answer.items[2].minutes: must be a number between 5 and 60, not 500".
bool schema_check(const struct schema *s, const struct json *value, struct err *err) NODISCARD;
