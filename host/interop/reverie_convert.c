#include "interop/reverie_convert.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "interop/reverie_convert_parts.h"
#include "script/convert.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"
#include "text/json.h"

#define STUDY "propersim.import_study"

struct reverie_convert {
    struct script *script;
};

// One call: what goes in, and the JSON text that comes out.
struct call {
    const struct reverie_person *person;
    const struct json *about, *scratches;
    struct view text;
    const char *folder;
    struct buf out;
};

struct reverie_convert *reverie_convert_new(const char *data, struct err *err)
{
    static const char *const exports[] = { REVERIE_MODULE ".persona", STUDY ".study",
                                           "propersim.import_utils.read", NULL };
    const struct script_needs needs = { .exports = exports };
    struct reverie_convert *c = mem_calloc(1, sizeof(*c));
    struct texts *texts = texts_read(&data, 1, err);

    c->script = services_load_script(NULL, texts, &needs, err);
    texts_unref(texts);
    if (c->script != NULL)
        return c;
    reverie_convert_free(c);
    return NULL;
}

void reverie_convert_free(struct reverie_convert *c)
{
    if (c != NULL)
        script_free(c->script);
    free(c);
}

static int push_person(struct lua_State *L, void *user)
{
    const struct call *c = user;

    value_push_text(L, view_of(c->person->id));
    value_push_text(L, view_of(c->person->source));
    value_push_json(L, c->person->scratch);
    if (c->person->spatial == NULL)
        value_push_nil(L);
    else
        value_push_json(L, c->person->spatial);
    return 4;
}

static int push_study(struct lua_State *L, void *user)
{
    const struct call *c = user;

    value_push_json(L, c->about);
    value_push_json(L, c->scratches);
    return 2;
}

static int push_options(struct lua_State *L, void *user)
{
    const struct call *c = user;

    value_push_text(L, c->text);
    if (c->folder == NULL)
        return 1;
    value_push_text(L, view_of(c->folder));
    return 2;
}

static bool read_table(struct lua_State *L, int count, void *user, struct err *err)
{
    struct call *c = user;

    (void)count;
    return convert_to_json(L, 1, "result", CONVERT_CANONICAL, &c->out, err);
}

static struct json *run(struct reverie_convert *rc, const char *module, const char *function,
                        script_push_fn push, struct call *c, struct err *err)
{
    struct json *result = NULL;

    if (script_call(rc->script, module, function, push, read_table, c, err))
        result = json_parse(buf_view(&c->out), err);
    buf_fini(&c->out);
    return result;
}

struct json *reverie_convert_person(struct reverie_convert *c, const struct reverie_person *p,
                                    struct err *err)
{
    struct call call = { .person = p };
    struct json *result = run(c, REVERIE_MODULE, "persona", push_person, &call, err);

    if (result == NULL)
        err_wrap(err, "%s", p->path);
    return result;
}

struct json *reverie_convert_options(struct reverie_convert *c, struct view text,
                                     const char *trainers, struct err *err)
{
    struct call call = { .text = text, .folder = trainers };
    struct json *result = run(c, "propersim.import_utils", "read", push_options, &call, err);

    if (result != NULL && json_get(result, "problem") != NULL) {
        err_set(err, "%s", json_string(json_get(result, "problem")).data);
        json_free(result);
        result = NULL;
    }
    return result;
}

struct json *reverie_convert_study(struct reverie_convert *c, const struct reverie *r,
                                   const char *name, const char *source, const char *map,
                                   const struct json *options, struct err *err)
{
    struct buf about = { 0 }, scratches = { 0 };
    struct call call = { 0 };
    struct json *doc = NULL, *list = NULL, *result = NULL;

    reverie_add_about(&about, r, name, source, map, options);
    buf_add_char(&scratches, '[');
    for (size_t i = 0; i < r->count; i++) {
        if (!r->people[i].is_resident)
            continue;
        buf_add_str(&scratches, scratches.len > 1 ? "," : "");
        json_add_canonical(&scratches, r->people[i].scratch);
    }
    buf_add_char(&scratches, ']');
    doc = json_parse(buf_view(&about), err);
    if (doc != NULL)
        list = json_parse(buf_view(&scratches), err);
    call.about = doc;
    call.scratches = list;
    if (list != NULL)
        result = run(c, STUDY, "study", push_study, &call, err);
    json_free(doc);
    json_free(list);
    buf_fini(&about);
    buf_fini(&scratches);
    return result;
}
