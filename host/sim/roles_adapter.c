// The assistant's server under another name of a model: an adapter that it has loaded.

#include "sim/roles_impl.h"

#include <string.h>

// "http://host/v1#MODEL" with another model.
static void add_renamed(struct buf *out, struct view model, const char *name)
{
    struct buf text = { 0 };
    const char *mark = memchr(model.data, '#', model.len);

    if (mark != NULL)
        buf_add(&text, model.data, (size_t)(mark - model.data) + 1);
    buf_add_str(&text, name);
    json_add_string(out, buf_view(&text));
    buf_fini(&text);
}

// The model as the study writes it, under another name.
static void rename_model(struct buf *out, const struct json *model, const char *name)
{
    if (json_type(model) == JSON_STRING) {
        add_renamed(out, json_string(model), name);
        return;
    }
    buf_add_char(out, '{');
    for (const struct json *m = json_first(model); m != NULL; m = json_next(m)) {
        if (m != json_first(model))
            buf_add_char(out, ',');
        json_add_string(out, view_of(json_key(m)));
        buf_add_char(out, ':');
        if (strcmp(json_key(m), "model") == 0 && json_type(m) == JSON_STRING)
            add_renamed(out, json_string(m), name);
        else
            json_add_canonical(out, m);
    }
    buf_add_char(out, '}');
}

struct channel *roles_adapter(struct roles *r, const struct json *options, const char *name,
                              struct err *err)
{
    struct buf text = { 0 };
    struct json *model = NULL;
    const struct answerer *a = NULL;

    rename_model(&text, roles_model(options, ROLE_ASSISTANT), name);
    model = json_parse(buf_view(&text), err);
    if (model != NULL)
        a = roles_answerer(r, model, err);
    json_free(model);
    buf_fini(&text);
    return a != NULL ? a->channel : NULL;
}
