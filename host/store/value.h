#pragma once
// One typed value of the run file, as it comes out of a query or goes into a placeholder.

#include "base/buf.h"

#include <stdint.h>

enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };

struct value {
    enum value_type type;
    int64_t i;         // VALUE_INT
    double r;          // VALUE_REAL; of a VALUE_INT that was read: the same number
    struct view bytes; // VALUE_TEXT, VALUE_BLOB; borrowed
};

static inline struct value value_null(void)
{
    return (struct value){ .type = VALUE_NULL };
}

static inline struct value value_int(int64_t i)
{
    return (struct value){ .type = VALUE_INT, .i = i, .r = (double)i };
}

static inline struct value value_real(double r)
{
    return (struct value){ .type = VALUE_REAL, .r = r };
}

/// A text; a view without data is NULL.
static inline struct value value_text(struct view text)
{
    return (struct value){ .type = text.data == NULL ? VALUE_NULL : VALUE_TEXT, .bytes = text };
}

/// Bytes; a view without data is NULL.
static inline struct value value_blob(struct view bytes)
{
    return (struct value){ .type = bytes.data == NULL ? VALUE_NULL : VALUE_BLOB, .bytes = bytes };
}
