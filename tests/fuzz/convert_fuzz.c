// Attacks: JSON text that comes from a run file or a model becomes Lua data and is written again.
// Hypothesis: whatever the bytes, convert_from_json either refuses them or gives data that
// convert_to_json writes and reads back as the same text, within the limits of the script's memory.

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "script/convert.h"
#include "script/script.h"
#include "script/texts.h"

struct round {
    struct view text;
    struct buf first, second;
    bool read;
};

static int push(struct lua_State *L, void *user)
{
    struct round *r = user;
    struct err err = { { 0 } };

    r->read = convert_from_json(L, r->text, &err);
    return r->read ? 1 : 0;
}

static bool take(struct lua_State *L, int count, void *user, struct err *err)
{
    struct round *r = user;

    (void)count;
    return !r->read || convert_to_json(L, 1, "value", CONVERT_CANONICAL, &r->second, err);
}

// `pass.same` returns what it is given.
static struct script *make_script(struct err *err)
{
    static const char text[] = "return { same = function(...) return ... end }\n";
    static const char *const exports[] = { "pass.same", NULL };
    const struct script_needs needs = { .exports = exports };
    const struct script_limits limits = { .memory_bytes = (size_t)64 << 20 };
    struct text_row row = { .path = "scripts/pass.lua", .text = { text, sizeof(text) - 1 } };
    struct texts *texts = NULL;
    struct script *s = script_new(&limits, err);

    row.hash = hash_of(row.text);
    texts = texts_from_rows(&row, 1, err);
    assert(s != NULL && texts != NULL);
    if (!script_load(s, texts, &needs, err))
        assert(0 && "the fixture does not load");
    texts_unref(texts);
    return s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = { { 0 } };
    struct script *s = make_script(&err);
    struct round r = { .text = { (const char *)data, size } };

    if (script_call(s, "pass", "same", push, take, &r, &err) && r.read) {
        struct buf first = r.second;
        r.second = (struct buf){ 0 };
        r.text = buf_view(&first);
        if (!script_call(s, "pass", "same", push, take, &r, &err))
            assert(0 && "what was written cannot be read");
        assert(r.read && view_equal(buf_view(&first), buf_view(&r.second)));
        buf_fini(&first);
    }
    buf_fini(&r.second);
    script_free(s);
    return 0;
}
