#include "sim/study_change.h"

#include <string.h>

#include "script/convert.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "script/value.h"

const struct json *study_options_on(const struct study_cell *cell, int day)
{
    const struct json *changes = json_get(cell->options, "changes"), *found = cell->options;

    if (changes == NULL)
        return found;
    for (const struct json *c = json_first(changes); c != NULL; c = json_next(c)) {
        if (json_number(json_get(c, "day")) <= day)
            found = json_get(c, "options");
    }
    return found;
}

const struct study_cell *study_find_cell(const struct study *study,
                                         const struct manifest_cell *cell)
{
    for (size_t i = 0; i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        if (strcmp(c->condition, cell->condition) == 0 && strcmp(c->persona, cell->persona) == 0 &&
            c->seed == cell->seed)
            return c;
    }
    return NULL;
}

// What goes into and comes out of propersim.study_change.
struct changing {
    const struct study_fork *fork;
    struct json *spec;
    struct json *settings;
    struct buf out;
};

static int push_only(struct lua_State *L, void *user)
{
    const struct changing *c = user;

    value_push_json(L, c->spec);
    value_push_text(L, view_of(c->fork->only->condition));
    value_push_text(L, view_of(c->fork->only->persona));
    value_push_int(L, c->fork->only->seed);
    return 4;
}

static int push_fork(struct lua_State *L, void *user)
{
    const struct changing *c = user;

    value_push_json(L, c->spec);
    value_push_int(L, c->fork->day);
    value_push_json(L, c->settings);
    return 3;
}

// A new spec, or nil and what is wrong.
static bool read_spec(struct lua_State *L, int count, void *user, struct err *err)
{
    struct changing *c = user;
    struct view problem = { 0 };

    if (count >= 2 && value_is_nil(L, 1)) {
        if (value_read_text(L, 2, &problem, err))
            err_set(err, "%.*s", (int)problem.len, problem.data);
        return false;
    }
    buf_clear(&c->out);
    return convert_to_json(L, 1, "study", CONVERT_CANONICAL, &c->out, err);
}

static bool call(struct changing *c, struct script *script, const char *function,
                 script_push_fn push, struct err *err)
{
    if (!script_call(script, "propersim.study_change", function, push, read_spec, c, err))
        return false;
    json_free(c->spec);
    c->spec = json_parse(buf_view(&c->out), err);
    return c->spec != NULL;
}

static bool change_spec(struct changing *c, const struct study *from, struct err *err)
{
    static const char *const exports[] = { "propersim.study_change.fork",
                                           "propersim.study_change.only", NULL };
    const struct script_needs needs = { .exports = exports };
    const char *roots[] = { from->data };
    struct texts *texts = texts_read(roots, 1, err);
    struct script *script = services_load_script(NULL, texts, &needs, err);
    bool ok = false;

    if (script != NULL)
        c->spec = json_parse(view_of(from->spec), err);
    ok = c->spec != NULL && call(c, script, "fork", push_fork, err) &&
         (c->fork->only == NULL || call(c, script, "only", push_only, err));
    script_free(script);
    texts_unref(texts);
    return ok;
}

static struct json *list_of(const char *const *texts, size_t count, struct err *err)
{
    struct buf list = { 0 };
    struct json *out = NULL;

    buf_add_char(&list, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(&list, ',');
        json_add_string(&list, view_of(texts[i]));
    }
    buf_add_char(&list, ']');
    out = json_parse(buf_view(&list), err);
    buf_fini(&list);
    return out;
}

// The manifest's configuration with another spec and number of days.
static bool adopt(struct study *to, const struct manifest *from, const struct changing *c,
                  struct err *err)
{
    struct json *config = json_parse(view_of(from->config), err);
    struct buf text = { 0 };
    bool ok = config != NULL;

    buf_addf(&text, "{\"days\":%d,\"spec\":", c->fork->days);
    if (ok)
        json_add_canonical(&text, c->spec);
    for (const struct json *m = ok ? json_first(config) : NULL; m != NULL; m = json_next(m)) {
        struct view key = view_of(json_key(m));
        if (view_equal(key, view_of("days")) || view_equal(key, view_of("spec")))
            continue;
        buf_add_char(&text, ',');
        json_add_string(&text, key);
        buf_add_char(&text, ':');
        json_add_canonical(&text, m);
    }
    buf_add_char(&text, '}');
    ok = ok && study_from_manifest(to, buf_str(&text), err);
    json_free(config);
    buf_fini(&text);
    return ok;
}

bool study_make_fork(struct study *to, const struct manifest *from, const struct study_fork *fork,
                     struct err *err)
{
    struct study original = { 0 };
    struct changing c = { .fork = fork };
    bool ok = study_from_manifest(&original, from->config, err);

    *to = (struct study){ 0 };
    if (ok)
        c.settings = list_of(fork->settings, fork->setting_count, err);
    ok = ok && c.settings != NULL && change_spec(&c, &original, err) && adopt(to, from, &c, err);
    json_free(c.spec);
    json_free(c.settings);
    buf_fini(&c.out);
    study_fini(&original);
    return ok;
}
