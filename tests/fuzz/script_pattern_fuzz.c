// Hypothesis: there is a Lua pattern and a text for which our matcher reads outside of them, does
// not come back, or gives a place that is not in the text.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "script/script.h"
#include "script/texts.h"
#include "script/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
    if (!holds)
        abort();
}

static const char source[] =
    "local function try(f, ...) local ok, a, b = pcall(f, ...)\n"
    " if ok then return a, b end\n"
    " assert(type(a) == 'string') end\n"
    "local function all(text, pattern) local n = 0\n"
    " for _ in string.gmatch(text, pattern) do n = n + 1 end return n end\n"
    "return { take = function(pattern, text)\n"
    " local from, to = try(string.find, text, pattern)\n"
    " assert(not from or (1 <= from and from <= to + 1 and to <= #text))\n"
    " local n = try(all, text, pattern)\n"
    " assert(not n or n <= #text + 1)\n"
    " local replaced, count = try(string.gsub, text, pattern, '%0')\n"
    " assert(not replaced or (replaced == text and count <= #text + 1))\n"
    "end }";

struct input {
    struct view pattern, text;
};

static int push(struct lua_State *L, void *user)
{
    const struct input *input = user;

    value_push_text(L, input->pattern);
    value_push_text(L, input->text);
    return 2;
}

static struct script *open_script(void)
{
    static const char *const exports[] = { "household.take", NULL };
    struct text_row row = { "scripts/household.lua", view_of(source), hash_of(view_of(source)) };
    struct script_needs needs = { .exports = exports };
    struct err err = { { 0 } };
    struct texts *texts = texts_from_rows(&row, 1, &err);
    struct script *s = script_new(NULL, &err);

    claim(texts != NULL && s != NULL && script_load(s, texts, &needs, &err));
    texts_unref(texts);
    return s;
}

// The input: a byte that says how long the pattern is, the pattern, the text.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct script *s;
    struct err err = { { 0 } };
    struct input input = { 0 };
    size_t len = 0;

    if (size == 0 || size > 300)
        return 0;
    len = data[0] % size;
    input.pattern = (struct view){ (const char *)data + 1, len };
    input.text = (struct view){ (const char *)data + 1 + len, size - 1 - len };
    if (s == NULL)
        s = open_script();
    claim(script_call(s, "household", "take", push, NULL, &input, &err) ||
          strstr(err.text, "stopped: used up") != NULL);
    return 0;
}
