#include "text/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

enum base64_result base64_decode(struct view text, struct buf *out, size_t *at)
{
    uint32_t bits = 0;
    size_t have = 0, padding = 0, i = 0; // digits and padding in all

    for (i = 0; i < text.len; i++) {
        int digit = digit_of(text.data[i]);

        if (is_space(text.data[i]))
            continue;
        if (text.data[i] == '=' && padding < 2 && have % 4 >= 2) {
            padding++;
            continue;
        }
        if (digit < 0 || padding > 0) {
            if (at != NULL)
                *at = i;
            return BASE64_BAD_CHARACTER;
        }
        bits = (bits << 6 | (uint32_t)digit) & 0xffffff;
        if (++have % 4 != 1) // the second digit of a group completes its first byte, and so on
            buf_add_char(out, (char)(bits >> (6 - 2 * ((have - 1) % 4)) & 0xff));
    }
    if (at != NULL)
        *at = i;
    if (have % 4 == 1 || (padding > 0 && (have + padding) % 4 != 0))
        return BASE64_CUT_SHORT;
    return BASE64_OK;
}

void base64_encode(struct view bytes, struct buf *out)
{
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t bits = 0;
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;

        for (size_t j = 0; j < 3; j++)
            bits = bits << 8 | (j < n ? (unsigned char)bytes.data[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            buf_add_char(out, j <= n ? digits[bits >> (18 - 6 * j) & 63] : '=');
    }
}
