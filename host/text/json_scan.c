#include "text/json_scan.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/json.h"
#include "text/utf8.h"

// cJSON copies a number into a buffer of 64 bytes and cuts what is longer.
enum { NUMBER_MAX_BYTES = 63 };

struct scan {
    struct view text;
    size_t at;
    int depth;
    size_t keys;     // seen so far
    size_t stop_key; // the number of the key that is looked for, or SIZE_MAX
    size_t found;    // the offset of that key
    struct err *err;
};

static bool fail(struct scan *s, size_t offset, const char *fmt, ...) PRINTF_LIKE(3, 4);
static bool fail(struct scan *s, size_t offset, const char *fmt, ...)
{
    char what[256];
    size_t line = 0, column = 0;
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    utf8_position(s->text, offset, &line, &column);
    return err_set(s->err, "line %zu, column %zu: %s", line, column, what);
}

// The byte at the current place; -1 at the end.
static int peek(const struct scan *s)
{
    return s->at < s->text.len ? (unsigned char)s->text.data[s->at] : -1;
}

static bool accept(struct scan *s, char c)
{
    if (peek(s) != c)
        return false;
    s->at++;
    return true;
}

static void skip_space(struct scan *s)
{
    for (int c = peek(s); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek(s))
        s->at++;
}

// Says that `wanted` should be here, and what is here instead.
static bool unexpected(struct scan *s, const char *wanted)
{
    uint32_t code = 0;
    size_t len = utf8_decode(s->text, s->at, &code);

    if (len == 0)
        return fail(s, s->at, "the text ends where %s should follow", wanted);
    if (code == 0xFEFF)
        return fail(s, s->at, "there is a byte order mark; save the text as UTF-8 without one");
    if (code < 0x20 || code == 0x7F)
        return fail(s, s->at, "%s should be here, not the control character U+%04X", wanted,
                    (unsigned)code);
    return fail(s, s->at, "%s should be here, not `%.*s`", wanted, (int)len, s->text.data + s->at);
}

// Four hexadecimal digits.
static bool scan_hex(struct scan *s, unsigned *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        int c = peek(s);
        unsigned digit = 0;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (unsigned)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (unsigned)(c - 'A') + 10;
        else
            return unexpected(s, "a hexadecimal digit");
        *out = *out << 4 | digit;
        s->at++;
    }
    return true;
}

// What follows the backslash.
static bool scan_escape(struct scan *s)
{
    size_t start = s->at - 1;
    unsigned high = 0, low = 0;
    int c = peek(s);

    if (c > 0 && strchr("\"\\/bfnrt", c) != NULL) {
        s->at++;
        return true;
    }
    if (!accept(s, 'u'))
        return unexpected(s, "one of \" \\ / b f n r t u (after a backslash)");
    if (!scan_hex(s, &high))
        return false;
    if (high == 0)
        return fail(s, start, "a text must not contain \\u0000");
    if (high >= 0xD800 && high <= 0xDBFF) {
        if (!accept(s, '\\') || !accept(s, 'u'))
            return fail(s, start, "\\u%04x is half a character; its other half is missing", high);
        if (!scan_hex(s, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return fail(s, start, "\\u%04x\\u%04x is no character", high, low);
    } else if (high >= 0xDC00 && high <= 0xDFFF) {
        return fail(s, start, "\\u%04x is half a character; its other half is missing", high);
    }
    return true;
}

static bool scan_string(struct scan *s)
{
    size_t start = s->at;

    if (!accept(s, '"'))
        return unexpected(s, "a text in double quotes");
    for (int c = peek(s); c != '"'; c = peek(s)) {
        if (c < 0)
            return fail(s, start, "this text in quotes has no end");
        if (c < 0x20)
            return fail(s, s->at, "a control character inside a text must be written as \\u%04x",
                        (unsigned)c);
        s->at++;
        if (c == '\\' && !scan_escape(s))
            return false;
    }
    s->at++;
    return true;
}

static bool scan_digits(struct scan *s)
{
    size_t start = s->at;

    for (int c = peek(s); c >= '0' && c <= '9'; c = peek(s))
        s->at++;
    return s->at > start ? true : unexpected(s, "a digit");
}

static bool scan_number(struct scan *s)
{
    char copy[NUMBER_MAX_BYTES + 1];
    size_t start = s->at, len = 0;
    bool exponent = false;

    accept(s, '-');
    if (accept(s, '0')) {
        if (peek(s) >= '0' && peek(s) <= '9')
            return fail(s, start, "a number must not start with a zero that it does not need");
    } else if (!scan_digits(s)) {
        return false;
    }
    if (accept(s, '.') && !scan_digits(s))
        return false;
    exponent = accept(s, 'e') || accept(s, 'E');
    if (exponent) {
        if (!accept(s, '+'))
            accept(s, '-');
        if (!scan_digits(s))
            return false;
    }
    len = s->at - start;
    if (len > NUMBER_MAX_BYTES)
        return fail(s, start, "this number is %zu characters long; at most %d are read", len,
                    NUMBER_MAX_BYTES);
    if (!exponent)
        return true; // 63 digits are far from too large
    memcpy(copy, s->text.data + start, len);
    copy[len] = '\0';
    if (!isfinite(strtod(copy, NULL)))
        return fail(s, start, "%s is too large for a number (at most about 1.8e308)", copy);
    return true;
}

static bool scan_word(struct scan *s, const char *word)
{
    size_t len = strlen(word);

    if (s->text.len - s->at < len || memcmp(s->text.data + s->at, word, len) != 0)
        return unexpected(s, "a value");
    s->at += len;
    return true;
}

static bool scan_value(struct scan *s);

static bool scan_array(struct scan *s)
{
    skip_space(s);
    if (accept(s, ']'))
        return true;
    for (;;) {
        if (!scan_value(s))
            return false;
        skip_space(s);
        if (accept(s, ']'))
            return true;
        if (!accept(s, ','))
            return unexpected(s, "`,` or `]`");
        skip_space(s);
        if (peek(s) == ']')
            return fail(s, s->at, "there is a comma, but no value, before this `]`");
    }
}

static bool scan_object(struct scan *s)
{
    skip_space(s);
    if (accept(s, '}'))
        return true;
    for (;;) {
        if (s->keys++ == s->stop_key) {
            s->found = s->at;
            return false;
        }
        if (!scan_string(s))
            return false;
        skip_space(s);
        if (!accept(s, ':'))
            return unexpected(s, "`:` after a key");
        if (!scan_value(s))
            return false;
        skip_space(s);
        if (accept(s, '}'))
            return true;
        if (!accept(s, ','))
            return unexpected(s, "`,` or `}`");
        skip_space(s);
        if (peek(s) == '}')
            return fail(s, s->at, "there is a comma, but no value, before this `}`");
    }
}

static bool scan_value(struct scan *s)
{
    int c = 0;
    bool ok = false;

    skip_space(s);
    c = peek(s);
    if (c == '"')
        return scan_string(s);
    if (c == '-' || (c >= '0' && c <= '9'))
        return scan_number(s);
    if (c == 't')
        return scan_word(s, "true");
    if (c == 'f')
        return scan_word(s, "false");
    if (c == 'n')
        return scan_word(s, "null");
    if (c != '[' && c != '{')
        return unexpected(s, "a value");
    if (++s->depth > JSON_MAX_DEPTH)
        return fail(s, s->at, "lists and objects are nested more than %d levels deep",
                    JSON_MAX_DEPTH);
    s->at++;
    ok = c == '[' ? scan_array(s) : scan_object(s);
    s->depth--;
    return ok;
}

bool json_scan(struct view text, struct err *err)
{
    struct scan s = { .text = text, .stop_key = SIZE_MAX, .err = err };
    size_t bad = 0;

    if (text.len > JSON_MAX_BYTES)
        return err_set(err, "the text is %zu bytes long; at most %d are read", text.len,
                       JSON_MAX_BYTES);
    if (!utf8_valid(text, &bad))
        return fail(&s, bad, "byte 0x%02X is not valid UTF-8", (unsigned char)text.data[bad]);
    if (!scan_value(&s))
        return false;
    skip_space(&s);
    if (s.at < text.len)
        return unexpected(&s, "the end of the text");
    return true;
}

size_t json_scan_key(struct view text, size_t n)
{
    struct err ignored = { { 0 } }; // the scan stops at the key, it cannot fail before
    struct scan s = { .text = text, .stop_key = n, .err = &ignored };

    (void)scan_value(&s);
    return s.found;
}
