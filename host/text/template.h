#pragma once
// Prompt templates: text with `{{name}}` fields and nothing else. A name is [a-z_][a-z0-9_]*,
// without spaces around it; `{{{{` stands for a literal `{{`; single braces and `}}` outside a
// field are plain text, so JSON examples need no escapes but for `{{`. Values are inserted as they
// are and never read again: a value that holds `{{` changes nothing.

#include "base/buf.h"
#include "base/err.h"

enum { TEMPLATE_MAX_FIELDS = 256 }; // different names in one template

struct template;

/// Copies what it needs. NULL with "line L, column C: ..." on error.
struct template *template_compile(struct view text, struct err *err) NODISCARD;
void template_free(struct template *t);

/// The names of the fields, each once, in order of first use. Borrowed.
size_t template_field_count(const struct template *t);
const char *template_field(const struct template *t, size_t i);

/// Gives the value of a field; false if there is none. The value must stay valid until
/// template_render returns. Called once for each name, in order of first use.
typedef bool (*template_field_fn)(void *user, const char *name, struct view *value);

/// Appends the text with all fields filled in. On error ("field `name` has no value") adds nothing.
bool template_render(const struct template *t, template_field_fn field, void *user, struct buf *out,
                     struct err *err) NODISCARD;
