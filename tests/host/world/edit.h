#pragma once
// Text with one passage replaced: how tests make a broken file out of a good one.

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/// Appends `text` to `out` with the first occurrence of `from` replaced. Aborts if there is none,
/// so that no test passes because its edit missed.
static inline void edit_add(struct buf *out, const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);

    if (at == NULL)
        abort();
    buf_add(out, text, (size_t)(at - text));
    buf_add_str(out, to);
    buf_add_str(out, at + strlen(from));
}
