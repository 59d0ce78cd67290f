#include "text/distance.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "text/utf8.h"

// Two short texts and a row of the table fit here without an allocation.
enum { SMALL = 384 };

// Decodes to code points. Invalid bytes get numbers above all of Unicode.
static size_t decode(struct view text, uint32_t *out)
{
    size_t count = 0;

    for (size_t at = 0, len = 0; at < text.len; at += len) {
        len = utf8_decode(text, at, &out[count]);
        if (len == 0) {
            out[count] = 0x110000u + (unsigned char)text.data[at];
            len = 1;
        }
        count++;
    }
    return count;
}

// The table has a line for each character of `b` and a column for each of `a`; `row` is its current
// line. Cells further than `limit` from the diagonal stay at limit + 1.
static size_t banded(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len, size_t limit,
                     uint32_t *row)
{
    uint32_t far = (uint32_t)limit + 1;

    for (size_t j = 0; j <= a_len; j++)
        row[j] = j <= limit ? (uint32_t)j : far;
    for (size_t i = 1; i <= b_len; i++) {
        size_t lo = i > limit ? i - limit : 1;
        size_t hi = i + limit < a_len ? i + limit : a_len;
        uint32_t diagonal = row[lo - 1];
        uint32_t left = lo == 1 && i <= limit ? (uint32_t)i : far;
        uint32_t best = left;
        row[lo - 1] = left;
        for (size_t j = lo; j <= hi; j++) {
            uint32_t up = row[j];
            uint32_t cost = diagonal + (a[j - 1] != b[i - 1]);
            if (up + 1 < cost)
                cost = up + 1;
            if (left + 1 < cost)
                cost = left + 1;
            if (cost > far)
                cost = far;
            row[j] = left = cost;
            diagonal = up;
            if (cost < best)
                best = cost;
        }
        if (best == far)
            return far;
    }
    return row[a_len];
}

size_t distance_within(struct view a, struct view b, size_t limit)
{
    uint32_t small[SMALL];
    size_t need = 2 * a.len + b.len + 1; // both texts and a row, at one number a byte
    uint32_t *memory = need <= SMALL ? small : mem_calloc(need, sizeof(*memory));
    uint32_t *x = memory, *y = memory + a.len, *row = y + b.len;
    size_t x_len = decode(a, x), y_len = decode(b, y);
    size_t longer = x_len > y_len ? x_len : y_len;
    size_t shorter = x_len + y_len - longer;
    size_t result = limit + 1;

    if (longer - shorter <= limit) {
        // What the texts share at both ends cannot change the distance.
        for (; x_len > 0 && y_len > 0 && *x == *y; x_len--, y_len--, x++, y++)
            ;
        for (; x_len > 0 && y_len > 0 && x[x_len - 1] == y[y_len - 1]; x_len--, y_len--)
            ;
        // No distance is larger than the longer text, so a larger limit only costs time.
        result = banded(x, x_len, y, y_len, limit < longer ? limit : longer, row);
    }
    if (memory != small)
        free(memory);
    return result;
}

const char *distance_nearest(const char *word, const char *const *list, size_t count)
{
    size_t length = utf8_count(view_of(word));
    size_t limit = length / 3 > 1 ? length / 3 : 1;
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(word, list[i]) == 0)
            return list[i];
    }
    if (length < 2)
        return NULL; // everything short is one edit away
    for (size_t i = 0; i < count; i++) {
        size_t distance = distance_within(view_of(word), view_of(list[i]), limit);
        if (distance > limit)
            continue;
        assert(distance > 0); // the same word was found above
        nearest = list[i];
        limit = distance - 1; // only a nearer one may replace it
    }
    return nearest;
}
