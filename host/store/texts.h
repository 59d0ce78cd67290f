#pragma once
// The texts (scripts, prompts, personas...) that a day is simulated with, and their pinning: the
// first household of a study that reaches a day's midnight fixes the day's texts for all others.
//
// In the study folder: `texts/<hash>` holds a text under the hexadecimal SHA-256 of its bytes;
// `texts/day-0003.json` maps path to hash for day 3. Both are written once and never changed, so
// any number of processes may pin at the same time.

#include "base/err.h"
#include "base/hash.h"

/// Never changes once it is in a set, so that sets share it by counting references.
struct pinned_text {
    size_t references;
    char *path; // relative, as scripts name it: "scripts/household.lua"
    struct buf text;
    char hash[HASH_HEX_BYTES];
};

/// A set of texts, sorted by path. All-zero is an empty set.
struct text_set {
    struct pinned_text **files;
    size_t count, cap;
};

/// Adds a text (copied). Fails if the path is already there, leaves the folder ("..", leading "/"),
/// or is not printable.
bool text_set_add(struct text_set *set, const char *path, struct view text,
                  struct err *err) NODISCARD;
/// Adds a text of another set, without copying it. Fails if its path is already there.
bool text_set_share(struct text_set *set, struct pinned_text *file, struct err *err) NODISCARD;
/// The file at `path`, or NULL.
struct pinned_text *text_set_find(const struct text_set *set, const char *path);
/// The set's hash: SHA-256 over "path\0hash\n" of each file, by path.
void text_set_hash(const struct text_set *set, char out[HASH_HEX_BYTES]);
void text_set_fini(struct text_set *set);

/// Pins `mine` for `day`, unless the day has been pinned: then `out` is what was pinned, and
/// *first is false. `out` (all-zero before) is always filled on success; text_set_fini it.
bool texts_pin(const char *study_folder, int day, const struct text_set *mine, struct text_set *out,
               bool *first, struct err *err) NODISCARD;

/// Pins `mine` for `day` in the place of what is pinned. Only where nobody has simulated the day
/// with that, or does: the one exception to "never changed".
bool texts_pin_again(const char *study_folder, int day, const struct text_set *mine,
                     struct err *err) NODISCARD;

/// Reads what is pinned for `day`; *found is false (and no error) if nothing is.
bool texts_read_pinned(const char *study_folder, int day, struct text_set *out, bool *found,
                       struct err *err) NODISCARD;
