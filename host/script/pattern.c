#include "script/pattern.h"

#include "script/limits.h"

#include <ctype.h>
#include <lauxlib.h>
#include <string.h>

enum {
    CAPTURE_OPEN = -1,
    CAPTURE_POSITION = -2,
    DEPTH_MAX = 200,
    STEPS_PER_INSTRUCTION = 2,
    STEPS_PER_CHARGE = 1024
};

void pattern_init(struct pattern *p, lua_State *L, const char *subject, size_t subject_len,
                  const char *pattern, size_t pattern_len)
{
    if (subject_len > PATTERN_SUBJECT_MAX)
        luaL_error(L, "a text of %I bytes is too long for a pattern (at most %d)",
                   (LUAI_UACINT)subject_len, PATTERN_SUBJECT_MAX);
    memset(p, 0, offsetof(struct pattern, capture));
    p->L = L;
    p->subject = subject;
    p->subject_end = subject + subject_len;
    p->start = pattern;
    p->end = pattern + pattern_len;
    p->work_max = PATTERN_WORK_MAX + PATTERN_WORK_PER_BYTE * (int64_t)subject_len;
}

static void work(struct pattern *p)
{
    if (++p->work % STEPS_PER_CHARGE == 0)
        limits_charge(script_of(p->L), STEPS_PER_CHARGE / STEPS_PER_INSTRUCTION);
    if (p->work > p->work_max)
        luaL_error(p->L,
                   "this pattern takes too long on a text of %d bytes: use fewer of "
                   "'*', '+' and '-', or anchor it with '^'",
                   (int)(p->subject_end - p->subject));
}

// The end of the single-character item (x, %x, [set]) at `at`.
static const char *item_end(struct pattern *p, const char *at)
{
    char c = *at++;

    if (c == '%') {
        if (at == p->end)
            luaL_error(p->L, "malformed pattern (ends with '%%')");
        return at + 1;
    }
    if (c != '[')
        return at;
    if (at < p->end && *at == '^')
        at++;
    do { // a ']' right at the start stands for itself
        if (at == p->end)
            luaL_error(p->L, "malformed pattern (missing ']')");
        c = *at++;
        if (c == '%' && at < p->end)
            at++;
    } while (at == p->end || *at != ']');
    return at + 1;
}

static bool match_class(int c, int class)
{
    bool is_in = false;

    switch (tolower(class)) {
    case 'a': is_in = isalpha(c); break;
    case 'c': is_in = iscntrl(c); break;
    case 'd': is_in = isdigit(c); break;
    case 'g': is_in = isgraph(c); break;
    case 'l': is_in = islower(c); break;
    case 'p': is_in = ispunct(c); break;
    case 's': is_in = isspace(c); break;
    case 'u': is_in = isupper(c); break;
    case 'w': is_in = isalnum(c); break;
    case 'x': is_in = isxdigit(c); break;
    case 'z': is_in = c == 0; break; // old, but Lua still has it
    default: return class == c;
    }
    return isupper(class) ? !is_in : is_in;
}

// `from` is at '[', `last` at the closing ']'.
static bool match_set(struct pattern *p, int c, const char *from, const char *last)
{
    bool wanted = true;

    if (*++from == '^') {
        wanted = false;
        from++;
    }
    for (; from < last; from++) {
        work(p);
        if (*from == '%') {
            from++;
            if (match_class(c, (unsigned char)*from))
                return wanted;
        } else if (from[1] == '-' && from + 2 < last) {
            if ((unsigned char)*from <= c && c <= (unsigned char)from[2])
                return wanted;
            from += 2;
        } else if ((unsigned char)*from == c) {
            return wanted;
        }
    }
    return !wanted;
}

static bool match_one(struct pattern *p, const char *at, const char *item, const char *end)
{
    int c = 0;

    work(p);
    if (at >= p->subject_end)
        return false;
    c = (unsigned char)*at;
    switch (*item) {
    case '.': return true;
    case '%': return match_class(c, (unsigned char)item[1]);
    case '[': return match_set(p, c, item, end - 1);
    }
    return (unsigned char)*item == c;
}

static const char *match(struct pattern *p, const char *at, const char *item);

static const char *match_most(struct pattern *p, const char *at, const char *item, const char *end)
{
    ptrdiff_t count = 0;
    const char *result = NULL;

    while (match_one(p, at + count, item, end))
        count++;
    for (; count >= 0 && result == NULL; count--)
        result = match(p, at + count, end + 1);
    return result;
}

static const char *match_least(struct pattern *p, const char *at, const char *item, const char *end)
{
    for (;;) {
        const char *result = match(p, at, end + 1);

        if (result != NULL)
            return result;
        if (!match_one(p, at, item, end))
            return NULL;
        at++;
    }
}

static const char *open_capture(struct pattern *p, const char *at, const char *item, int kind)
{
    const char *result = NULL;

    if (p->captures >= PATTERN_CAPTURES)
        luaL_error(p->L, "too many captures");
    p->capture[p->captures].start = at;
    p->capture[p->captures].len = kind;
    p->captures++;
    result = match(p, at, item);
    if (result == NULL)
        p->captures--;
    return result;
}

static const char *close_capture(struct pattern *p, const char *at, const char *item)
{
    const char *result = NULL;
    int i = p->captures - 1;

    while (i >= 0 && p->capture[i].len != CAPTURE_OPEN)
        i--;
    if (i < 0)
        luaL_error(p->L, "invalid pattern capture");
    p->capture[i].len = at - p->capture[i].start;
    result = match(p, at, item);
    if (result == NULL)
        p->capture[i].len = CAPTURE_OPEN;
    return result;
}

static const char *match_balance(struct pattern *p, const char *at, const char *item)
{
    int depth = 1;

    if (item + 1 >= p->end)
        luaL_error(p->L, "malformed pattern (missing arguments to '%%b')");
    if (at >= p->subject_end || *at != item[0])
        return NULL;
    for (at++; at < p->subject_end; at++) {
        work(p);
        if (*at == item[1]) {
            if (--depth == 0)
                return at + 1;
        } else if (*at == item[0]) {
            depth++;
        }
    }
    return NULL;
}

static const char *match_again(struct pattern *p, const char *at, int digit)
{
    int i = digit - '1';
    size_t len = 0;

    if (i < 0 || i >= p->captures || p->capture[i].len == CAPTURE_OPEN)
        luaL_error(p->L, "invalid capture index %%%d", i + 1);
    work(p);
    if (p->capture[i].len < 0)
        return NULL; // a position has no text
    len = (size_t)p->capture[i].len;
    if ((size_t)(p->subject_end - at) < len || memcmp(p->capture[i].start, at, len) != 0)
        return NULL;
    p->work += (int64_t)(len / 8);
    return at + len;
}

static bool match_frontier(struct pattern *p, const char *at, const char *item, const char *end)
{
    int before = at == p->subject ? 0 : (unsigned char)at[-1];
    int after = at == p->subject_end ? 0 : (unsigned char)*at;

    return !match_set(p, before, item, end - 1) && match_set(p, after, item, end - 1);
}

// What begins with '%' and is no single-character item: sets *at and *item to go on, or *at to
// NULL. False if it is one after all.
static bool match_special(struct pattern *p, const char **at, const char **item)
{
    const char *arg = *item + 2, *end = NULL;

    if (*item + 1 >= p->end)
        return false;
    switch ((*item)[1]) {
    case 'b':
        *at = match_balance(p, *at, arg);
        *item = arg + 2;
        return true;
    case 'f':
        if (arg >= p->end || *arg != '[')
            luaL_error(p->L, "missing '[' after '%%f' in pattern");
        end = item_end(p, arg);
        *at = match_frontier(p, *at, arg, end) ? *at : NULL;
        *item = end;
        return true;
    }
    if (!isdigit((unsigned char)(*item)[1]))
        return false;
    *at = match_again(p, *at, (*item)[1]);
    *item = arg;
    return true;
}

// Matches the pattern from `item` on at `at`; a loop where the standard text of the algorithm has
// tail calls.
static const char *match_items(struct pattern *p, const char *at, const char *item)
{
    while (at != NULL && item != p->end) {
        const char *end = NULL, *result = NULL;

        work(p);
        if (*item == '(') {
            bool is_position = item + 1 < p->end && item[1] == ')';

            return open_capture(p, at, item + (is_position ? 2 : 1),
                                is_position ? CAPTURE_POSITION : CAPTURE_OPEN);
        }
        if (*item == ')')
            return close_capture(p, at, item + 1);
        if (*item == '$' && item + 1 == p->end)
            return at == p->subject_end ? at : NULL;
        if (*item == '%' && match_special(p, &at, &item))
            continue;
        end = item_end(p, item);
        switch (end < p->end ? *end : '\0') {
        case '?':
            if (match_one(p, at, item, end) && (result = match(p, at + 1, end + 1)) != NULL)
                return result;
            item = end + 1;
            continue;
        case '+': return match_one(p, at, item, end) ? match_most(p, at + 1, item, end) : NULL;
        case '*': return match_most(p, at, item, end);
        case '-': return match_least(p, at, item, end);
        }
        at = match_one(p, at, item, end) ? at + 1 : NULL;
        item = end;
    }
    return at;
}

static const char *match(struct pattern *p, const char *at, const char *item)
{
    const char *result = NULL;

    if (p->depth >= DEPTH_MAX)
        luaL_error(p->L, "pattern too complex");
    p->depth++;
    result = match_items(p, at, item);
    p->depth--;
    return result;
}

const char *pattern_match(struct pattern *p, const char *at)
{
    p->captures = 0;
    p->depth = 0;
    return match(p, at, p->start);
}

void pattern_push_capture(struct pattern *p, int i, const char *from, const char *to)
{
    if (i >= p->captures) {
        if (i != 0)
            luaL_error(p->L, "invalid capture index %%%d", i + 1);
        lua_pushlstring(p->L, from, (size_t)(to - from));
        return;
    }
    if (p->capture[i].len == CAPTURE_OPEN)
        luaL_error(p->L, "unfinished capture");
    if (p->capture[i].len == CAPTURE_POSITION)
        lua_pushinteger(p->L, p->capture[i].start - p->subject + 1);
    else
        lua_pushlstring(p->L, p->capture[i].start, (size_t)p->capture[i].len);
}

int pattern_push_captures(struct pattern *p, const char *from, const char *to)
{
    int count = p->captures == 0 && from != NULL ? 1 : p->captures;

    luaL_checkstack(p->L, count, "too many captures");
    for (int i = 0; i < count; i++)
        pattern_push_capture(p, i, from, to);
    return count;
}
