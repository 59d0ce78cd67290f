#pragma once
// The one way an error travels: a function that can fail returns bool (or NULL) and fills the
// `struct err` that its caller passed last. Callers add context with err_wrap on the way up; only
// the top prints. All-zero is "no error". Messages that are too long are cut, never overflowed.

#include "base/compiler.h"

#include <stdbool.h>

enum { ERR_TEXT_BYTES = 2048 };

struct err {
    char text[ERR_TEXT_BYTES];
};

/// Replaces the message. Always returns false, so that `return err_set(err, ...)` reads well.
bool err_set(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/// Puts "context: " before the message. Always returns false.
bool err_wrap(struct err *err, const char *fmt, ...) PRINTF_LIKE(2, 3);
