// propersim/: run.json (which run this is, and its settings), ratings.jsonl (each criterion of what
// was said), personas/ID.lua (the persona files of the last day).
#include "base/buf.h"
#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "text/json.h"

struct writing {
    const struct reverie_export *e;
    struct buf out;
    struct err *err;
    bool ok;
};

static bool write_run(const struct reverie_export *e, struct err *err)
{
    const struct run_info *info = e->info;
    struct buf out = { 0 };
    bool ok = false;

    buf_add_char(&out, '{');
    export_json_int(&out, "format", 1);
    export_json_text(&out, "program", view_of(PROPERSIM_VERSION));
    export_json_text(&out, "study", view_of(info->study));
    export_json_text(&out, "condition", view_of(info->condition));
    export_json_int(&out, "seed", info->seed);
    export_json_text(&out, "map", view_of(info->map));
    export_json_text(&out, "map_hash", view_of(info->map_hash));
    export_json_key(&out, "residents");
    buf_add_char(&out, '[');
    for (int i = 0; i < e->count; i++) {
        export_json_comma(&out);
        buf_add_char(&out, '{');
        export_json_text(&out, "persona", view_of(info->residents[i].persona));
        export_json_text(&out, "name", view_of(info->residents[i].name));
        buf_add_char(&out, '}');
    }
    buf_add_char(&out, ']');
    export_json_key(&out, "config");
    buf_add_str(&out, info->config);
    buf_add_str(&out, "}\n");
    ok = reverie_export_write(e, "propersim", "run.json", NULL, buf_view(&out), err);
    buf_fini(&out);
    return ok;
}

static bool add_rating(void *user, const struct value *row, size_t columns)
{
    struct writing *w = user;

    (void)columns;
    buf_add_char(&w->out, '{');
    export_json_int(&w->out, "step", row[0].i);
    export_json_int(&w->out, "who", row[1].i);
    export_json_text(&w->out, "criterion", row[2].bytes);
    export_json_key(&w->out, "value");
    if (row[3].type == VALUE_NULL)
        buf_add_str(&w->out, "null");
    else
        buf_addf(&w->out, "%lld", (long long)row[3].i);
    export_json_text(&w->out, "reason", row[4].bytes);
    export_json_text(&w->out, "status", row[5].bytes);
    buf_add_str(&w->out, "}\n");
    return true;
}

static bool write_ratings(const struct reverie_export *e, struct err *err)
{
    struct writing w = { .e = e, .err = err, .ok = true };
    bool ok = reader_query(e->reader,
                           "SELECT r.step, r.who, r.criterion, r.value, r.reason, r.status"
                           " FROM rating r JOIN delivery d ON d.step = r.step AND d.who = r.who"
                           " AND d.slot = r.slot ORDER BY r.step, r.who, r.criterion",
                           NULL, 0, add_rating, &w, err) &&
              reverie_export_write(e, "propersim", "ratings.jsonl", NULL, buf_view(&w.out), err);

    buf_fini(&w.out);
    return ok;
}

static bool write_persona(void *user, const struct value *row, size_t columns)
{
    struct writing *w = user;

    (void)columns;
    w->ok = reverie_export_write(w->e, "propersim", row[0].bytes.data, NULL, row[1].bytes, w->err);
    return w->ok;
}

static bool write_personas(const struct reverie_export *e, struct err *err)
{
    struct writing w = { .e = e, .err = err, .ok = true };

    return reader_query(e->reader,
                        "SELECT d.path, s.text FROM day_script d JOIN script s ON s.hash = d.hash"
                        " JOIN resident r ON d.path = 'personas/' || r.persona || '.lua'"
                        " WHERE d.day = (SELECT max(day) FROM day_script) ORDER BY d.path",
                        NULL, 0, write_persona, &w, err) &&
           w.ok;
}

bool reverie_export_extras(const struct reverie_export *e, struct err *err)
{
    return write_run(e, err) && write_ratings(e, err) && write_personas(e, err);
}
