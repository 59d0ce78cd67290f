// Is somebody who comes back from an export a persona of ours, as we wrote it?
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "interop/reverie_convert_parts.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"

// The installed texts, with this persona file among them.
static struct texts *texts_with(const char *data, const struct reverie_person *p, struct err *err)
{
    struct texts *installed = texts_read(&data, 1, err), *all = NULL;
    size_t count = installed != NULL ? texts_count(installed) : 0, used = 0;
    struct text_row *rows = mem_calloc(count + 1, sizeof(*rows));
    struct buf path = { 0 };

    buf_addf(&path, "personas/%s.lua", p->id);
    for (size_t i = 0; i < count; i++) {
        const struct text_file *file = texts_at(installed, i);
        if (strcmp(file->path, buf_str(&path)) != 0)
            rows[used++] =
                (struct text_row){ .path = file->path, .text = file->text, .hash = file->hash };
    }
    rows[used++] = (struct text_row){ .path = buf_str(&path),
                                      .text = buf_view(&p->own),
                                      .hash = hash_of(buf_view(&p->own)) };
    if (installed != NULL)
        all = texts_from_rows(rows, used, err);
    texts_unref(installed);
    buf_fini(&path);
    free(rows);
    return all;
}

struct question {
    const struct reverie_person *person;
    bool is_own;
};

static int push_own(struct lua_State *L, void *user)
{
    const struct question *q = user;

    value_push_text(L, view_of(q->person->id));
    value_push_json(L, q->person->scratch);
    return 2;
}

static bool read_is_own(struct lua_State *L, int count, void *user, struct err *err)
{
    struct question *q = user;

    (void)count;
    return value_read_bool(L, 1, &q->is_own, err);
}

bool reverie_convert_is_own(const char *data, const struct reverie_person *p, bool *is_own,
                            struct err *err)
{
    static const char *const exports[] = { REVERIE_MODULE ".is_own", NULL };
    const struct script_needs needs = { .exports = exports };
    struct question question = { .person = p };
    struct texts *texts = texts_with(data, p, err);
    struct script *script = services_load_script(NULL, texts, &needs, err);
    bool ok = script != NULL &&
              script_call(script, REVERIE_MODULE, "is_own", push_own, read_is_own, &question, err);
    *is_own = question.is_own;
    script_free(script);
    texts_unref(texts);
    return ok;
}
