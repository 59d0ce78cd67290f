#include "sim/results_more.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "store/reader.h"
#include "text/json.h"

// What is gathered from all runs, each a list without its brackets.
struct gathering {
    struct buf touched, forks, imported, mmlu, measures, nights;
    const struct manifest_cell *cell; // at hand
    struct err *err;
};

static void begin_item(struct buf *list)
{
    buf_add_str(list, list->len > 0 ? ",{" : "{");
}

static void add_text(struct buf *list, const char *key, struct view text)
{
    buf_addf(list, "\"%s\":", key);
    json_add_string(list, text);
}

static bool add_touched(void *user, const struct value *row, size_t columns)
{
    struct gathering *g = user;

    (void)columns;
    if (row[0].i == 0)
        return true;
    begin_item(&g->touched);
    add_text(&g->touched, "file", view_of(g->cell->file));
    buf_addf(&g->touched, ",\"count\":%lld,\"day\":%lld}", (long long)row[0].i,
             (long long)row[1].i);
    return true;
}

static bool add_fork(struct gathering *g, struct view parent)
{
    struct json *doc = json_parse(parent, g->err);
    struct view file = { 0 };
    int64_t day = 0;
    bool ok = doc != NULL && json_want_int(doc, "day", 0, INT32_MAX, &day, g->err) &&
              json_want_string(doc, "file", &file, g->err);

    if (ok) {
        begin_item(&g->forks);
        add_text(&g->forks, "file", view_of(g->cell->file));
        buf_addf(&g->forks, ",\"day\":%lld,", (long long)day);
        add_text(&g->forks, "from", file);
        buf_add_char(&g->forks, '}');
    }
    json_free(doc);
    return ok ? true : err_wrap(g->err, "meta key `parent`");
}

static bool add_imported(void *user, const struct value *row, size_t columns)
{
    struct gathering *g = user;

    (void)columns;
    if (row[0].i == 0)
        return true;
    begin_item(&g->imported);
    add_text(&g->imported, "file", view_of(g->cell->file));
    buf_addf(&g->imported, ",\"days\":%lld,", (long long)row[0].i);
    add_text(&g->imported, "from", row[1].bytes);
    buf_addf(&g->imported, ",\"compressed\":%s}", row[2].i != 0 ? "true" : "false");
    return true;
}

static bool add_nights(void *user, const struct value *row, size_t columns)
{
    struct gathering *g = user;

    (void)columns;
    if (row[0].i == 0)
        return true;
    begin_item(&g->nights);
    add_text(&g->nights, "file", view_of(g->cell->file));
    buf_addf(&g->nights, ",\"nights\":%lld,\"failed\":%lld,", (long long)row[0].i,
             (long long)row[1].i);
    add_text(&g->nights, "message", row[2].bytes);
    buf_add_char(&g->nights, '}');
    return true;
}

static bool add_mmlu(void *user, const struct value *row, size_t columns)
{
    struct gathering *g = user;

    (void)columns;
    begin_item(&g->mmlu);
    add_text(&g->mmlu, "condition", view_of(g->cell->condition));
    buf_add_char(&g->mmlu, ',');
    add_text(&g->mmlu, "persona", view_of(g->cell->persona));
    buf_addf(&g->mmlu, ",\"seed\":%lld,\"who\":%lld,\"day\":%lld,", (long long)g->cell->seed,
             (long long)row[0].i, (long long)row[1].i);
    add_text(&g->mmlu, "subject", row[2].bytes);
    buf_addf(&g->mmlu, ",\"asked\":%lld,\"correct\":%lld,\"failed\":%lld}", (long long)row[3].i,
             (long long)row[4].i, (long long)row[5].i);
    return true;
}

static bool add_measure(void *user, const struct value *row, size_t columns)
{
    struct gathering *g = user;

    (void)columns;
    begin_item(&g->measures);
    add_text(&g->measures, "condition", view_of(g->cell->condition));
    buf_add_char(&g->measures, ',');
    add_text(&g->measures, "persona", view_of(g->cell->persona));
    buf_addf(&g->measures, ",\"seed\":%lld,\"day\":%lld,\"who\":%lld,", (long long)g->cell->seed,
             (long long)row[0].i, (long long)row[1].i);
    add_text(&g->measures, "name", row[2].bytes);
    buf_addf(&g->measures, ",\"value\":%.17g}", row[3].r);
    return true;
}

static bool gather(struct gathering *g, const char *path, struct err *err)
{
    static const char touched[] = "SELECT count(*), coalesce(min(day), 0) FROM intervention";
    static const char checks[] =
        "SELECT who, day, subject, count(*), coalesce(sum(correct), 0), sum(given IS NULL)"
        " FROM mmlu GROUP BY who, day, subject ORDER BY day, who, subject";
    static const char measures[] = "SELECT day, who, name, value FROM measure"
                                   " ORDER BY day, who, name";
    static const char nights[] =
        "SELECT count(*), sum(status = 'failed'),"
        " coalesce((SELECT message FROM adapter WHERE status = 'failed' ORDER BY day DESC LIMIT 1),"
        " '') FROM adapter";
    static const char imported[] =
        "SELECT CAST(d.value AS INTEGER), coalesce(f.value, ''), c.value IS NOT NULL FROM meta d"
        " LEFT JOIN meta f ON f.key = 'imported_from'"
        " LEFT JOIN meta c ON c.key = 'imported_compressed' WHERE d.key = 'imported_days'";
    struct reader *r = NULL;
    struct buf parent = { 0 };
    bool found = false, ok = false;

    if (!file_exists(path))
        return true; // not begun yet
    r = reader_open(path, err);
    ok = r != NULL && reader_query(r, touched, NULL, 0, add_touched, g, err) &&
         reader_query(r, checks, NULL, 0, add_mmlu, g, err) &&
         reader_query(r, measures, NULL, 0, add_measure, g, err) &&
         reader_query(r, nights, NULL, 0, add_nights, g, err) &&
         reader_query(r, imported, NULL, 0, add_imported, g, err) &&
         reader_meta(r, "parent", &parent, &found, err) &&
         (!found || add_fork(g, buf_view(&parent)) || err_wrap(err, "%s", path));
    buf_fini(&parent);
    reader_close(r);
    return ok;
}

static void add_changes(struct buf *out, const struct json *spec)
{
    const struct json *conditions = json_get(spec, "conditions");
    bool first = true;

    if (conditions == NULL || json_type(conditions) != JSON_ARRAY)
        return;
    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        const struct json *changes = json_get(c, "changes");
        for (const struct json *x = changes != NULL ? json_first(changes) : NULL; x != NULL;
             x = json_next(x)) {
            buf_add_str(out, first ? "{" : ",{");
            first = false;
            add_text(out, "condition", json_string(json_get(c, "condition")));
            buf_addf(out, ",\"day\":%d,\"set\":", (int)json_number(json_get(x, "day")));
            json_add_canonical(out, json_get(x, "set"));
            buf_add_char(out, '}');
        }
    }
}

bool results_add_more(struct buf *json, const struct manifest *m, const char *folder,
                      struct err *err)
{
    struct gathering g = { .err = err };
    struct json *config = json_parse(view_of(m->config), err);
    bool ok = config != NULL;

    for (size_t i = 0; ok && i < m->cell_count; i++) {
        char *path = path_join(folder, m->cells[i].file);
        g.cell = &m->cells[i];
        ok = gather(&g, path, err);
        free(path);
    }
    if (ok) {
        buf_addf(
            json,
            ",\"touched\":[%s],\"forks\":[%s],\"imported\":[%s],\"mmlu\":[%s],\"measures\":[%s],"
            "\"nights\":[%s],\"changes\":[",
            buf_str(&g.touched), buf_str(&g.forks), buf_str(&g.imported), buf_str(&g.mmlu),
            buf_str(&g.measures), buf_str(&g.nights));
        add_changes(json, json_get(config, "spec"));
        buf_add_char(json, ']');
    }
    json_free(config);
    buf_fini(&g.touched);
    buf_fini(&g.forks);
    buf_fini(&g.imported);
    buf_fini(&g.mmlu);
    buf_fini(&g.measures);
    buf_fini(&g.nights);
    return ok;
}
