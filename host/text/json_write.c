// The writing half of text/json.h. printf and strtod follow the locale: the program never sets one,
// so the decimal point is a point.
#include "text/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

// The short escape of a byte, or 0.
static char short_escape(char c)
{
    switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
    }
}

// How many bytes at the start of the text are ASCII that needs no escape, counted in whole words of
// eight bytes; the bytes of a word are looked at all at once.
static size_t plain_words(const char *text, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
    size_t at = 0;

    for (; len - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t w = 0, quote = 0, slash = 0;
        memcpy(&w, text + at, sizeof(w));
        quote = w ^ ones * '"';
        slash = w ^ ones * '\\';
        // a byte's top bit is set if it is not ASCII, below a blank, a quote, or a backslash (and
        // perhaps if the byte before it is: then the bytes are looked at one by one)
        if (((w | (w - ones * ' ') | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) &
             tops) != 0)
            break;
    }
    return at;
}

void json_add_string(struct buf *out, struct view text)
{
    size_t plain = 0; // start of the run of characters that need no change
    uint32_t code = 0;

    buf_add_char(out, '"');
    for (size_t at = 0, len = 0; at < text.len; at += len) {
        len = plain_words(text.data + at, text.len - at);
        if (len > 0)
            continue;
        char c = text.data[at];
        char escape = short_escape(c);
        len = utf8_decode(text, at, &code);
        if (len > 0 && escape == 0 && code >= 0x20)
            continue;
        buf_add(out, text.data + plain, at - plain);
        if (len == 0 || code == 0) {
            len = 1;
            buf_add_str(out, UTF8_REPLACEMENT);
        } else if (escape != 0) {
            buf_add_char(out, '\\');
            buf_add_char(out, escape);
        } else {
            buf_addf(out, "\\u%04x", (unsigned)code);
        }
        plain = at + len;
    }
    if (plain < text.len)
        buf_add(out, text.data + plain, text.len - plain);
    buf_add_char(out, '"');
}

void json_add_number(struct buf *out, double number)
{
    char text[40];

    assert(isfinite(number));
    if (fabs(number) <= 9007199254740992.0 && number == floor(number)) {
        snprintf(text, sizeof(text), "%.0f", number); // -0 stays "-0"
    } else {
        for (int digits = 15; digits <= 17; digits++) { // 17 always suffice
            snprintf(text, sizeof(text), "%.*g", digits, number);
            if (strtod(text, NULL) == number)
                break;
        }
    }
    buf_add_str(out, text);
}

static int compare_keys(const void *a, const void *b)
{
    const struct json *const *x = a, *const *y = b;

    return strcmp(json_key(*x), json_key(*y));
}

static void add_array(struct buf *out, const struct json *array)
{
    buf_add_char(out, '[');
    for (const struct json *c = json_first(array); c != NULL; c = json_next(c)) {
        json_add_canonical(out, c);
        if (json_next(c) != NULL)
            buf_add_char(out, ',');
    }
    buf_add_char(out, ']');
}

static void add_object(struct buf *out, const struct json *object)
{
    size_t count = json_count(object), n = 0;
    const struct json **sorted = mem_calloc(count, sizeof(*sorted));

    for (const struct json *c = json_first(object); c != NULL; c = json_next(c))
        sorted[n++] = c;
    if (count > 0)
        qsort(sorted, count, sizeof(*sorted), compare_keys);
    buf_add_char(out, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_add_string(out, view_of(json_key(sorted[i])));
        buf_add_char(out, ':');
        json_add_canonical(out, sorted[i]);
    }
    buf_add_char(out, '}');
    free(sorted);
}

void json_add_canonical(struct buf *out, const struct json *value)
{
    switch (json_type(value)) {
    case JSON_NULL: buf_add_str(out, "null"); break;
    case JSON_BOOL: buf_add_str(out, json_bool(value) ? "true" : "false"); break;
    case JSON_NUMBER: json_add_number(out, json_number(value)); break;
    case JSON_STRING: json_add_string(out, json_string(value)); break;
    case JSON_ARRAY: add_array(out, value); break;
    case JSON_OBJECT: add_object(out, value); break;
    }
}
