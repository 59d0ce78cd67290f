#pragma once
// Lua's patterns (reference manual 6.4.1), matched with a limit on the work: the matcher of the
// standard library backtracks without one, and three `.-` on 400 bytes keep it busy for seconds
// during which no hook fires. Same results otherwise. Work is taken off the slice's budget as well.

#include <lua.h>
#include <stdint.h>

enum {
    PATTERN_CAPTURES = 32,
    PATTERN_SUBJECT_MAX = 1 << 20, // bytes
    PATTERN_WORK_MAX = 4000000,    // steps of one call, and
    PATTERN_WORK_PER_BYTE = 100,   // so many more for each byte of the subject
};

struct pattern {
    lua_State *L; // for errors
    const char *subject, *subject_end;
    const char *start, *end; // of the pattern itself
    int64_t work, work_max;
    int depth, captures;
    struct {
        const char *start;
        ptrdiff_t len; // or one of the codes in pattern.c
    } capture[PATTERN_CAPTURES];
};

/// Borrows both texts. Raises if the subject is too long.
void pattern_init(struct pattern *p, lua_State *L, const char *subject, size_t subject_len,
                  const char *pattern, size_t pattern_len);

/// Matches the whole pattern (from p->start) at `at`; the end of the match, or NULL. Raises if the
/// pattern is malformed or takes too much work.
const char *pattern_match(struct pattern *p, const char *at);

/// Pushes capture i (from 0); with no captures in the pattern, capture 0 is the whole match.
void pattern_push_capture(struct pattern *p, int i, const char *from, const char *to);
/// Pushes all captures, or the whole match if there are none; returns how many. With `from` NULL
/// pushes only captures.
int pattern_push_captures(struct pattern *p, const char *from, const char *to);
