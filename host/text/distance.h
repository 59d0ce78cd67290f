#pragma once
// How many edits apart two texts are, and the "did you mean" that follows from it.

#include "base/buf.h"

/// Levenshtein distance (insertions, deletions, substitutions; each costs 1) between the characters
/// of two UTF-8 texts, or limit + 1 if it is larger than `limit`. A byte that is not valid UTF-8 is
/// a character of its own. Computes a band of the table only: O(limit * length) time, O(length)
/// memory (Ukkonen 1985).
size_t distance_within(struct view a, struct view b, size_t limit);

/// The name in the list that `word` is probably meant to be, or NULL if none is close. Close: the
/// same but for the case of ASCII letters, or at most a third of the word's characters apart (one
/// character for short words). Of equally near names the first wins.
const char *distance_nearest(const char *word, const char *const *list, size_t count);
