#pragma once
// A file that is written bit by bit and appears complete or not at all: what is added goes to a
// temporary file beside it, which export_file_close renames.

#include "base/buf.h"
#include "base/err.h"

struct export_file;

/// Begins the file at `path`, whose folder must exist. NULL on error.
struct export_file *export_file_open(const char *path, struct err *err) NODISCARD;

/// Where the next bytes go; the caller may add any number, then calls export_file_flush.
struct buf *export_file_buf(struct export_file *f);
/// Writes the buf out if it is large enough to be worth it.
bool export_file_flush(struct export_file *f, struct err *err) NODISCARD;

/// Puts the file in its place. Frees `f` even if that fails; then there is no file.
bool export_file_close(struct export_file *f, struct err *err) NODISCARD;
/// Throws away what was written. Takes NULL.
void export_file_drop(struct export_file *f);
