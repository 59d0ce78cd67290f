#include "interop/reverie_convert.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "interop/export_json.h"
#include "script/convert.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"
#include "text/json.h"

#define MODULE "propersim.import_reverie"
#define STUDY "propersim.import_study"

struct reverie_convert {
    struct script *script;
};

// One call: what goes in, and the JSON text that comes out.
struct call {
    const struct reverie_person *person;
    const struct json *about, *scratches;
    struct view text;
    bool is_own;
    struct buf out;
};

struct reverie_convert *reverie_convert_new(const char *data, struct err *err)
{
    static const char *const exports[] = { MODULE ".persona", STUDY ".study",
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
    value_push_text(L, ((const struct call *)user)->text);
    return 1;
}

static bool read_table(struct lua_State *L, int count, void *user, struct err *err)
{
    struct call *c = user;

    (void)count;
    return convert_to_json(L, 1, "result", CONVERT_CANONICAL, &c->out, err);
}

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

static int push_own(struct lua_State *L, void *user)
{
    const struct call *c = user;

    value_push_text(L, view_of(c->person->id));
    value_push_json(L, c->person->scratch);
    return 2;
}

static bool read_is_own(struct lua_State *L, int count, void *user, struct err *err)
{
    struct call *c = user;

    (void)count;
    return value_read_bool(L, 1, &c->is_own, err);
}

bool reverie_convert_is_own(const char *data, const struct reverie_person *p, bool *is_own,
                            struct err *err)
{
    static const char *const exports[] = { MODULE ".is_own", NULL };
    const struct script_needs needs = { .exports = exports };
    struct call call = { .person = p };
    struct texts *texts = texts_with(data, p, err);
    struct script *script = services_load_script(NULL, texts, &needs, err);
    bool ok =
        script != NULL && script_call(script, MODULE, "is_own", push_own, read_is_own, &call, err);
    *is_own = call.is_own;
    script_free(script);
    texts_unref(texts);
    return ok;
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
    struct json *result = run(c, MODULE, "persona", push_person, &call, err);

    if (result == NULL)
        err_wrap(err, "%s", p->path);
    return result;
}

struct json *reverie_convert_options(struct reverie_convert *c, struct view text, struct err *err)
{
    struct call call = { .text = text };
    struct json *result = run(c, "propersim.import_utils", "read", push_options, &call, err);

    if (result != NULL && json_get(result, "problem") != NULL) {
        err_set(err, "%s", json_string(json_get(result, "problem")).data);
        json_free(result);
        result = NULL;
    }
    return result;
}

// The options of an options file, and what is said of them.
static void add_options(struct buf *out, const struct json *options)
{
    buf_add_str(out, ",\"options\":");
    json_add_canonical(out, json_get(options, "options"));
    buf_add_str(out, ",\"comments\":");
    json_add_canonical(out, json_get(options, "remarks"));
}

// The ids of a household: of those after the person `i` who live with them, and theirs.
static void add_household(struct buf *out, const struct reverie *r, size_t i)
{
    export_json_comma(out);
    buf_add_char(out, '[');
    for (size_t k = i; k < r->count; k++) {
        const struct reverie_person *p = &r->people[k];
        if (!p->is_resident || (k != i && p->household != r->people[i].household))
            continue;
        export_json_comma(out);
        json_add_string(out, view_of(p->id));
        if (r->people[i].household == 0)
            break;
    }
    buf_add_char(out, ']');
}

static bool begins_household(const struct reverie *r, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (r->people[k].is_resident && r->people[k].household != 0 &&
            r->people[k].household == r->people[i].household)
            return false;
    }
    return r->people[i].is_resident;
}

// Who lives with whom, and who has an assistant, if some live together.
static void add_households(struct buf *out, const struct reverie *r)
{
    bool together = false;

    for (size_t i = 0; i < r->count; i++)
        together = together || r->people[i].household != 0;
    if (!together)
        return;
    buf_add_str(out, ",\"households\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (begins_household(r, i))
            add_household(out, r, i);
    }
    buf_add_str(out, "],\"assistants\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (!r->people[i].is_resident || r->people[i].unassisted)
            continue;
        export_json_comma(out);
        json_add_string(out, view_of(r->people[i].id));
    }
    buf_add_char(out, ']');
}

// { name, source, map, personas, households?, assistants?, start?, sec_per_step?, days?, options?,
// comments? }
static void add_about(struct buf *out, const struct reverie *r, const char *name,
                      const char *source, const char *map)
{
    const char *between = "";

    buf_add_str(out, "{\"name\":");
    json_add_string(out, view_of(name));
    buf_add_str(out, ",\"source\":");
    json_add_string(out, view_of(source));
    buf_add_str(out, ",\"map\":");
    json_add_string(out, view_of(map));
    buf_add_str(out, ",\"personas\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (!r->people[i].is_resident)
            continue;
        buf_add_str(out, between);
        json_add_string(out, view_of(r->people[i].id));
        between = ",";
    }
    buf_add_char(out, ']');
    add_households(out, r);
    if (r->settings != NULL && !r->mixed_settings)
        buf_addf(out, ",\"settings\":%s", r->settings);
    if (r->mixed_settings)
        buf_add_str(out, ",\"mixed_settings\":true");
    if (r->start[0] != '\0')
        buf_addf(out, ",\"start\":\"%s\"", r->start);
    if (r->sec_per_step > 0)
        buf_addf(out, ",\"sec_per_step\":%d", r->sec_per_step);
    if (r->days > 0)
        buf_addf(out, ",\"days\":%d", r->days);
}

struct json *reverie_convert_study(struct reverie_convert *c, const struct reverie *r,
                                   const char *name, const char *source, const char *map,
                                   const struct json *options, struct err *err)
{
    struct buf about = { 0 }, scratches = { 0 };
    struct call call = { 0 };
    struct json *doc = NULL, *list = NULL, *result = NULL;

    add_about(&about, r, name, source, map);
    if (options != NULL)
        add_options(&about, options);
    buf_add_char(&about, '}');
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
