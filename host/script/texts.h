#pragma once
// The texts of one generation of scripts: an immutable set of files, relative path -> bytes and
// SHA-256. Immutable after it was built, so any number of scripts share one by reference counting
// (not thread-safe: one thread per process uses it).
//
// A set holds scripts/**/*.lua (without scripts/stubs, which editors read), prompts/**/*.lua and
// personas/*.lua.

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"

enum { TEXTS_MAX_FILE_BYTES = 1 << 20, TEXTS_MAX_FILES = 10000, TEXTS_MAX_PATH = 240 };

struct texts;

struct text_file {
    const char *path; // "scripts/household.lua", with '/' and no "." or ".." in it
    struct view text; // valid UTF-8 without control characters other than tab, CR and LF
    struct hash hash; // SHA-256 of text
    const char *root; // the folder that it was read from; "" for a set made from rows
};

/// Reads the set from folders in order of precedence: a file of the study's folder hides that of
/// the installed data. Each root may lack any of the three folders, but must itself be a folder.
/// Hidden files are skipped; links that leave their root, files that are too large, binary or not
/// UTF-8 are errors that name the file and the place.
struct texts *texts_read(const char *const *roots, size_t count, struct err *err) NODISCARD;

/// Builds a set from rows that were stored (pinned days). Each text must have its row's hash.
/// Paths must be unique and such as texts_read gives. Copies.
struct text_row {
    const char *path;
    struct view text;
    struct hash hash;
};
struct texts *texts_from_rows(const struct text_row *rows, size_t count, struct err *err) NODISCARD;

/// One more reference; returns its argument.
struct texts *texts_ref(struct texts *t);
void texts_unref(struct texts *t); // takes NULL

size_t texts_count(const struct texts *t);
/// In byte order of the paths. i < texts_count.
const struct text_file *texts_at(const struct texts *t, size_t i);
const struct text_file *texts_find(const struct texts *t, const char *path); // NULL if absent
/// What a file of the set compiles to, left here by the first script that loads it so that others
/// need not compile it again; empty until then. Belongs to the set.
struct buf *texts_chunk(struct texts *t, const struct text_file *file);

/// SHA-256 over the sorted (path, hash) pairs: equal for equal sets, wherever they lie.
struct hash texts_hash(const struct texts *t);

enum text_change { TEXT_ADDED, TEXT_CHANGED, TEXT_REMOVED };
/// Calls `fn` for each path that differs, in path order; returns how many. `old` may be NULL
/// (everything is added); fn may be NULL.
size_t texts_compare(const struct texts *old, const struct texts *now,
                     void (*fn)(void *user, enum text_change change, const char *path), void *user);

/// The path that require looks for, in `out`: "household" -> scripts/household.lua,
/// "resident.plan" -> scripts/resident/plan.lua, "propersim.x" -> scripts/lib/x.lua,
/// "personas.p01" -> personas/p01.lua, "prompts.rater.timing" -> prompts/rater/timing.lua.
/// False if it is no module name (letters, digits, _ and -; parts joined by single points).
bool texts_module_path(const char *module, char out[TEXTS_MAX_PATH]);
/// The inverse, for paths of a set.
void texts_path_module(const char *path, char out[TEXTS_MAX_PATH]);
