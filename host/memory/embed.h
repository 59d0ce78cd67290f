#pragma once
// The offline embedder: texts that share words, neighbouring words, or parts of words get similar
// vectors. It is no language model: synonyms are strangers to it. Deterministic to the bit, needs
// no files, keeps no state, thread-safe.
//
// A text is cut into words: runs of ASCII letters and digits (capitals as small letters) and of
// bytes beyond ASCII, so that any UTF-8 script works. Features are each word, each pair of
// neighbouring words, and each three bytes in a row of a word with its boundaries ("^co", "coo",
// "ook", "ok$"). Each feature is hashed (FNV-1a 64) to four places with a sign each, the feature
// hashing of Weinberger et al. 2009, and the sum is scaled to length 1. Very common words count
// little.

#include "base/buf.h"

enum { EMBED_DIM = 256 };

/// Names this way of embedding. Changes whenever the vectors change, so that a stored vector can
/// say where it is from.
#define EMBED_VERSION "offline-ngrams-256-v1"

/// Fills `out` with a vector of length 1; with zeros if the text has no words.
void embed_text(struct view text, float out[EMBED_DIM]);
