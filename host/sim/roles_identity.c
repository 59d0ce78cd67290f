#include "sim/roles.h"

#include <string.h>

#include "model/wire.h"

static bool add_model(const struct json *model, struct buf *out, struct err *err)
{
    static const struct wire_question nothing = { 0 };
    struct endpoint *e = NULL;

    if (roles_is_offline(model)) {
        buf_add_str(out, "\"offline\"");
        return true;
    }
    e = endpoint_check(model, err);
    if (e == NULL)
        return false;
    buf_addf(out, "{\"dimensions\":%lld,\"mock\":%s,\"request\":", (long long)e->dimensions,
             e->mock ? "true" : "false");
    wire_canonical(e, &nothing, out);
    buf_add_char(out, '}');
    endpoint_free(e);
    return true;
}

static void begin_member(const struct json *member, struct buf *out)
{
    char last = out->data[out->len - 1];

    if (last != '{')
        buf_add_char(out, ',');
    json_add_string(out, view_of(json_key(member)));
    buf_add_char(out, ':');
}

static bool add_condition(const struct json *condition, struct buf *out, struct err *err)
{
    bool ok = true;

    buf_add_char(out, '{');
    for (const struct json *v = json_first(condition); ok && v != NULL; v = json_next(v)) {
        begin_member(v, out);
        if (strcmp(json_key(v), "models") != 0) {
            json_add_canonical(out, v);
            continue;
        }
        buf_add_char(out, '{');
        for (const struct json *m = json_first(v); ok && m != NULL; m = json_next(m)) {
            begin_member(m, out);
            ok = add_model(m, out, err);
        }
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
    return ok;
}

bool roles_add_identity(const struct study *study, struct buf *out, struct err *err)
{
    bool ok = true;

    buf_add_char(out, '{');
    for (const struct json *v = json_first(study->doc); ok && v != NULL; v = json_next(v)) {
        begin_member(v, out);
        if (strcmp(json_key(v), "conditions") != 0) {
            json_add_canonical(out, v);
            continue;
        }
        buf_add_char(out, '[');
        for (const struct json *c = json_first(v); ok && c != NULL; c = json_next(c)) {
            if (c != json_first(v))
                buf_add_char(out, ',');
            ok = add_condition(c, out, err);
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
    return ok;
}
