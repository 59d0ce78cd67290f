// Hypothesis: there are bytes that the host's JSON reader and the scripts' do not both accept or
// both refuse; or a document that scripts read whose text, written and read back, is not the same.

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "script/convert.h"
#include "script/script.h"
#include "script/texts.h"
#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool holds)
{
    if (!holds)
        abort();
}

struct round {
    struct view text;
    bool decoded;
    struct buf out;
};

static int push(struct lua_State *L, void *user)
{
    struct round *r = user;
    struct err err = { { 0 } };

    r->decoded = convert_from_json(L, r->text, &err);
    if (!r->decoded) {
        claim(strstr(err.text, "line ") == err.text);
        return 0;
    }
    claim(convert_to_json(L, -1, "value", CONVERT_CANONICAL, &r->out, &err));
    return 1;
}

static struct script *open_script(void)
{
    static const char source[] = "return { take = function() end }";
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct script *s;
    struct round first = { .text = { (const char *)data, size } }, second = { 0 };
    struct err err = { { 0 } };
    struct json *tree = json_parse(first.text, &err);

    if (s == NULL)
        s = open_script();
    claim(script_call(s, "household", "take", push, NULL, &first, &err));
    claim(first.decoded == (tree != NULL));
    if (first.decoded) {
        second.text = buf_view(&first.out);
        claim(script_call(s, "household", "take", push, NULL, &second, &err));
        claim(second.decoded && view_equal(buf_view(&first.out), buf_view(&second.out)));
    }
    json_free(tree);
    buf_fini(&first.out);
    buf_fini(&second.out);
    return 0;
}
