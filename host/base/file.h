#pragma once
// Files and paths. Every read has a limit; every write is atomic (temporary file, rename).

#include "base/buf.h"
#include "base/err.h"

/// Reads a whole regular file. Fails, saying the size, if it is larger than `max_bytes`.
bool file_read(struct buf *out, const char *path, size_t max_bytes, struct err *err) NODISCARD;

/// Writes a file by way of a temporary one beside it, so that a reader never sees half of it.
bool file_write(const char *path, struct view content, struct err *err) NODISCARD;

/// Like file_write, but never replaces a file. *existed says that another one was there first;
/// that is not an error. Of several processes exactly one wins.
bool file_write_once(const char *path, struct view content, bool *existed,
                     struct err *err) NODISCARD;

bool file_exists(const char *path);
bool file_is_folder(const char *path);
/// Makes a folder and its parents; fine if it exists.
bool file_make_folder(const char *path, struct err *err) NODISCARD;

/// The names (not paths) in a folder, sorted by byte, without "." and ".."; hidden ones are left
/// out. Caller frees with file_list_free.
struct file_list {
    char **names;
    size_t count;
};
bool file_list_folder(struct file_list *out, const char *folder, struct err *err) NODISCARD;
void file_list_free(struct file_list *list);

/// "a" + "b" -> "a/b"; an absolute b wins. Caller frees.
char *path_join(const char *folder, const char *name) NODISCARD;
/// Everything before the last slash, "." if there is none. Caller frees.
char *path_folder(const char *path) NODISCARD;
/// The part after the last slash; borrowed from path.
const char *path_name(const char *path);
/// True for a relative path that stays inside its folder: no "..", no leading slash, not empty.
bool path_is_inside(const char *path);
