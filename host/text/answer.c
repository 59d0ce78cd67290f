#include "text/answer.h"

#include <string.h>

#include "text/utf8.h"

// The byte at an offset; -1 beyond the end.
static int byte_at(struct view text, size_t at)
{
    return at < text.len ? (unsigned char)text.data[at] : -1;
}

static struct view slice(struct view text, size_t start, size_t end)
{
    return (struct view){ .data = text.data + start, .len = end - start };
}

static bool starts_with(struct view text, size_t at, const char *prefix)
{
    return at < text.len && view_starts(slice(text, at, text.len), prefix);
}

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static size_t skip_space(struct view text, size_t at)
{
    while (is_space(byte_at(text, at)))
        at++;
    return at;
}

// U+201C to U+201F, the typographic double quotes: three bytes, or none.
static size_t smart_quote(struct view text, size_t at)
{
    int last = byte_at(text, at + 2);

    if (byte_at(text, at) != 0xE2 || byte_at(text, at + 1) != 0x80)
        return 0;
    return last >= 0x9C && last <= 0x9F ? 3 : 0;
}

// The offset of the quote that closes the text opened at `at` (by a straight quote or, if `smart`,
// by a typographic one); text.len if there is none.
static size_t find_close(struct view text, size_t at, bool smart)
{
    for (at += smart ? 3 : 1; at < text.len; at++) {
        if (text.data[at] == '\\')
            at++;
        else if (smart ? smart_quote(text, at) > 0 : text.data[at] == '"')
            return at;
    }
    return text.len;
}

static bool ends_entry(struct view text, size_t at)
{
    int c = byte_at(text, skip_space(text, at));

    return c == -1 || c == ',' || c == ']';
}

// True if the bracket at `at` could open a JSON value, going by what follows: prose has brackets
// too. Reads no further than the next bracket, so that asking at every bracket stays linear.
static bool opens_value(struct view text, size_t at)
{
    static const char *const words[] = { "true", "false", "null" };
    bool object = text.data[at] == '{';
    size_t next = skip_space(text, at + 1);
    int c = byte_at(text, next);

    if (c == -1 || c == '"' || smart_quote(text, next) > 0)
        return true;
    if (object)
        return c == '}';
    if (c == ']' || c == '[' || c == '{')
        return true;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (starts_with(text, next, words[i]))
            return ends_entry(text, next + strlen(words[i]));
    }
    if (c != '-' && (c < '0' || c > '9'))
        return false;
    while (c > 0 && strchr("+-.0123456789Ee", c) != NULL)
        c = byte_at(text, ++next);
    return ends_entry(text, next);
}

// True with the offset of the first bracket at or after `at` that could open a value.
static bool find_bracket(struct view text, size_t at, size_t *start)
{
    for (; at < text.len; at++) {
        if ((text.data[at] == '{' || text.data[at] == '[') && opens_value(text, at)) {
            *start = at;
            return true;
        }
    }
    return false;
}

// True with the start of a value that a line of three backticks introduces. JSON has no line ends
// inside its texts, so no such line can be part of a value.
static bool find_fenced(struct view text, size_t at, size_t *start)
{
    while (at < text.len) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        size_t line = skip_space(text, at), info = line + 3;
        at = end == NULL ? text.len : (size_t)(end - text.data) + 1;
        if (at < line)
            at = line;
        if (!starts_with(text, line, "```"))
            continue;
        while (byte_at(text, info) != -1 && !is_space(byte_at(text, info)) &&
               byte_at(text, info) != '{' && byte_at(text, info) != '[')
            info++;
        info = skip_space(text, info);
        if ((byte_at(text, info) == '{' || byte_at(text, info) == '[') && opens_value(text, info)) {
            *start = info;
            return true;
        }
    }
    return false;
}

static bool find_start(struct view text, size_t *start, struct err *err)
{
    size_t at = starts_with(text, 0, UTF8_BOM) ? strlen(UTF8_BOM) : 0;

    at = skip_space(text, at);
    if (starts_with(text, at, "<think>")) {
        const char *end = memmem(text.data + at, text.len - at, "</think>", 8);
        if (end == NULL)
            return err_set(err, "the answer ends inside its <think> part");
        at = skip_space(text, (size_t)(end - text.data) + 8);
    }
    *start = at;
    if ((byte_at(text, at) == '{' || byte_at(text, at) == '[') && opens_value(text, at))
        return true;
    if (find_fenced(text, at, start) || find_bracket(text, at, start))
        return true;
    return err_set(err, "the answer holds no JSON object or list");
}

// Finds the end of the value that starts with the bracket at `start`.
static bool find_end(struct view text, size_t start, size_t *end, struct err *err)
{
    char open[JSON_MAX_DEPTH];
    size_t depth = 0;

    for (size_t at = start; at < text.len; at++) {
        char c = text.data[at];
        bool smart = smart_quote(text, at) > 0;
        if (c == '"' || smart) {
            at = find_close(text, at, smart);
            if (at == text.len)
                return err_set(err, "the JSON in the answer is cut off inside a text");
            at += smart ? 2 : 0;
        } else if (c == '{' || c == '[') {
            if (depth == JSON_MAX_DEPTH)
                return err_set(err, "the JSON in the answer is nested more than %d levels deep",
                               JSON_MAX_DEPTH);
            open[depth++] = c;
        } else if (c == '}' || c == ']') {
            char opener = open[--depth];
            if ((opener == '{') != (c == '}'))
                return err_set(err, "the JSON in the answer closes a `%c` with a `%c`", opener, c);
            if (depth == 0) {
                *end = at + 1;
                return true;
            }
        }
    }
    return err_set(err, "the JSON in the answer is cut off: the last `%c` is missing",
                   open[0] == '{' ? '}' : ']');
}

// Copies a text that starts at `at` with straight quotes. Returns the offset behind it.
static size_t copy_text(struct buf *out, struct view text, size_t at, bool smart)
{
    size_t close = find_close(text, at, smart), quote = smart ? 3 : 1;

    buf_add_char(out, '"');
    for (size_t i = at + quote; i < close; i++) {
        if (text.data[i] == '\\')
            buf_add_char(out, text.data[i++]);
        else if (text.data[i] == '"')
            buf_add_char(out, '\\');
        if (i < close)
            buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
    return close + quote;
}

// Writes the value with straight quotes and without commas before a closing bracket. Returns
// whether anything changed.
static bool repair(struct buf *out, struct view value)
{
    bool changed = false;
    size_t at = 0;

    while (at < value.len) {
        bool smart = smart_quote(value, at) > 0;
        char c = value.data[at];
        if (c == '"' || smart) {
            changed = changed || smart;
            at = copy_text(out, value, at, smart);
            continue;
        }
        if (c == ',') {
            int next = byte_at(value, skip_space(value, at + 1));
            if (next == '}' || next == ']') {
                changed = true;
                c = ' '; // the columns of what follows stay as they are
            }
        }
        buf_add_char(out, c);
        at++;
    }
    return changed;
}

struct json *answer_parse(struct view reply, struct err *err)
{
    struct json *root = NULL;
    struct buf repaired = { 0 };
    struct view value = { 0 };
    size_t start = 0, end = 0;

    if (reply.len > ANSWER_MAX_BYTES) {
        err_set(err, "the answer is %zu bytes long; at most %d are read", reply.len,
                ANSWER_MAX_BYTES);
        return NULL;
    }
    if (!find_start(reply, &start, err) || !find_end(reply, start, &end, err))
        return NULL;
    value = slice(reply, start, end);
    root = json_parse(value, err);
    if (root == NULL && repair(&repaired, value))
        root = json_parse(buf_view(&repaired), err);
    if (root == NULL)
        err_wrap(err, "the JSON in the answer");
    buf_fini(&repaired);
    return root;
}
