#pragma once
// What a policy sees: a situation is a set of context features ("hour=8", "activity=cooking",
// "since_last" with a value), and each candidate answer is a set of attributes ("say",
// "topic=recipes", "tone=warm"). The policy's features of (situation, candidate) are all pairs of
// a context feature and an attribute, with the product of their values, and each attribute alone.
//
// Names are hashed to 64 bits; `names` keeps the words, and may be NULL where nobody will ask for
// them. A set of candidates can be built once and used for many steps. Not thread-safe.

#include "base/err.h"
#include "learn/names.h"

enum { FEATURES_MAX = 32, ATTRIBUTES_MAX = 8, CANDIDATES_MAX = 4096 };

struct feature {
    uint64_t key;
    double value;
};

/// A situation. All-zero is the empty one. A plain value, so that it can be kept for learning.
struct features {
    size_t count;
    struct feature items[FEATURES_MAX];
};

/// Fails if the name is empty, too long, or in the situation already, if the value is not within
/// -1e6 and 1e6, or if there are FEATURES_MAX of them.
bool features_add(struct features *f, struct names *names, const char *name, double value,
                  struct err *err) NODISCARD;

struct candidates;

struct candidates *candidates_new(void) NODISCARD;
void candidates_free(struct candidates *c);
void candidates_clear(struct candidates *c); // keeps the memory

/// Begins a candidate without attributes; they are numbered from 0. Fails beyond CANDIDATES_MAX.
bool candidates_open(struct candidates *c, struct err *err) NODISCARD;
/// Gives the candidate that was opened last an attribute. Fails as features_add does; at most
/// ATTRIBUTES_MAX of them.
bool candidates_add(struct candidates *c, struct names *names, const char *name, double value,
                    struct err *err) NODISCARD;
/// The same by its key, for a set that is read back from bytes.
bool candidates_add_key(struct candidates *c, uint64_t key, double value,
                        struct err *err) NODISCARD;
size_t candidates_count(const struct candidates *c);

/// The attributes of one candidate as they were added, copied to `out`. Returns how many.
size_t candidates_get(const struct candidates *c, size_t candidate,
                      struct feature out[ATTRIBUTES_MAX]);

/// The distinct attributes of all candidates, numbered from 0 in the order of first use.
size_t candidates_attribute_count(const struct candidates *c);
uint64_t candidates_attribute(const struct candidates *c, size_t attribute);
/// out[i] = sum over the attributes of candidate i of value * scores[attribute], in the order in
/// which they were added. scores: one for each distinct attribute.
void candidates_sum(const struct candidates *c, const double *scores, double *out);
/// The transpose: scores[attribute] = sum over the candidates with that attribute of value *
/// amounts[candidate], candidates in order; what a change of logits by `amounts` asks of each.
void candidates_spread(const struct candidates *c, const double *amounts, double *scores);
/// Room for a score of each distinct attribute, for the caller of candidates_sum; borrowed.
double *candidates_scratch(struct candidates *c);
