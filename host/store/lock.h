#pragma once
// One writer per run file. The lock is flock(2) on `FILE-lock`, not on the file itself, whose own
// locks belong to SQLite. The kernel frees it when the process ends in whatever way; the file that
// stays behind then does no harm.

#include "base/err.h"

/// Takes the lock and returns its descriptor, or -1 with an error that names the process that
/// holds it. Does not wait.
int lock_take(const char *path, struct err *err) NODISCARD;
/// -1 is fine.
void lock_release(const char *path, int fd);
