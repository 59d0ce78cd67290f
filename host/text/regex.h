#pragma once
// Patterns: PCRE2's syntax, over UTF-8, compiled to machine code where the machine allows it.
// \w, \d, \b and caseless matching know all of Unicode (write [0-9] for ASCII digits).
//
// Subjects may come from a language model, so all work is bounded: a search that would take too
// long is an error, never "no match" and never a hang. Work is counted in pattern items tried and
// characters passed, not in time, so the same search always ends the same way.
// A struct regex has scratch memory: use it from one thread at a time.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum {
    REGEX_PATTERN_MAX_BYTES = 64 << 10,
    REGEX_SUBJECT_MAX_BYTES = 1 << 20,
};

enum regex_flag {
    REGEX_CASELESS = 1,
    REGEX_MULTILINE = 2, // ^ and $ match at every line
    REGEX_DOTALL = 4,    // . matches line ends too
    REGEX_EXTENDED = 8,  // white space and # comments in the pattern do not count
};

enum regex_result { REGEX_ERROR, REGEX_NO_MATCH, REGEX_MATCH };

struct regex;

/// flags: REGEX_... or'ed. NULL with "pattern `...`, character N: ..." on error.
struct regex *regex_compile(struct view pattern, unsigned flags, struct err *err) NODISCARD;
void regex_free(struct regex *re);

/// The number of capture groups, and the name of group 1..count (NULL if it has none).
size_t regex_group_count(const struct regex *re);
const char *regex_group_name(const struct regex *re, size_t group);

/// Finds the first match. groups[0] is the whole match, groups[1..] the captures; `group_max` says
/// how many the caller wants. They borrow the subject; a group that took no part has NULL data.
enum regex_result regex_match(struct regex *re, struct view subject, struct view *groups,
                              size_t group_max, struct err *err) NODISCARD;

/// Finds one match after the other, from left to right, none overlapping; all of them together are
/// bounded. The fields are private.
struct regex_search {
    struct view subject;
    size_t at;     // where to look next; beyond the end when it is over
    uint64_t work; // left
};

/// Fails if the subject is too long or not valid UTF-8. Borrows it until the search ends.
bool regex_search_start(struct regex_search *search, struct view subject,
                        struct err *err) NODISCARD;
/// After REGEX_NO_MATCH and REGEX_ERROR the search is over.
enum regex_result regex_search_next(struct regex_search *search, struct regex *re,
                                    struct view *groups, size_t group_max,
                                    struct err *err) NODISCARD;
