#include "text/utf8.h"

#include <string.h>

size_t utf8_decode(struct view text, size_t at, uint32_t *code)
{
    // By length: the smallest code that needs it, which rules out overlong forms.
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = NULL;
    size_t len = 0;
    uint32_t c = 0;

    if (at >= text.len)
        return 0;
    p = (const unsigned char *)text.data + at;
    if (p[0] < 0x80) {
        *code = p[0];
        return 1;
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        len = 2;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF)
        len = 3;
    else if (p[0] >= 0xF0 && p[0] <= 0xF4)
        len = 4;
    if (len == 0 || text.len - at < len)
        return 0;
    c = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    if (c < smallest[len] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *code = c;
    return len;
}

bool utf8_valid(struct view text, size_t *bad_offset)
{
    uint32_t code = 0;

    for (size_t at = 0, len = 0; at < text.len; at += len) {
        len = utf8_decode(text, at, &code);
        if (len == 0) {
            if (bad_offset != NULL)
                *bad_offset = at;
            return false;
        }
    }
    return true;
}

size_t utf8_count(struct view text)
{
    size_t count = 0;
    uint32_t code = 0;

    for (size_t at = 0, len = 0; at < text.len; at += len, count++) {
        len = utf8_decode(text, at, &code);
        if (len == 0)
            len = 1;
    }
    return count;
}

struct view utf8_cut(struct view text, size_t max_bytes)
{
    uint32_t code = 0;

    if (text.len <= max_bytes)
        return text;
    // Only a character that starts in the last three bytes can reach over the cut.
    for (size_t back = 1; back <= 3 && back <= max_bytes; back++) {
        if (utf8_decode(text, max_bytes - back, &code) > back)
            return (struct view){ .data = text.data, .len = max_bytes - back };
    }
    return (struct view){ .data = text.data, .len = max_bytes };
}

void utf8_sanitize(struct buf *b)
{
    size_t bad = 0;
    uint32_t code = 0;
    struct view text = buf_view(b);
    struct buf clean = { 0 };

    if (utf8_valid(text, &bad))
        return;
    buf_add(&clean, text.data, bad);
    for (size_t at = bad; at < text.len;) {
        size_t len = utf8_decode(text, at, &code);
        if (len == 0)
            buf_add_str(&clean, UTF8_REPLACEMENT);
        else
            buf_add(&clean, text.data + at, len);
        at += len == 0 ? 1 : len;
    }
    buf_fini(b);
    *b = clean;
}

void utf8_position(struct view text, size_t offset, size_t *line, size_t *column)
{
    size_t start = 0;

    *line = 1;
    for (size_t i = 0; i < offset && i < text.len; i++) {
        if (text.data[i] == '\n') {
            *line += 1;
            start = i + 1;
        }
    }
    *column = 1;
    if (offset > start)
        *column += utf8_count((struct view){ .data = text.data + start, .len = offset - start });
}
