#include "sim/calls.h"

#include <stdlib.h>

#include "base/file.h"
#include "store/manifest.h"
#include "store/reader.h"
#include "text/json.h"

// The rows of one run file; a file that does not exist yet has none.
static bool each_row(const char *path, reader_cost_fn fn, void *user, struct err *err)
{
    struct reader *reader = NULL;
    bool ok = false;

    if (!file_exists(path))
        return true;
    reader = reader_open(path, err);
    ok = reader != NULL && reader_cost(reader, fn, user, err);
    reader_close(reader);
    return ok;
}

static bool add(void *user, const struct cost_numbers *row)
{
    struct calls_total *total = user;

    total->questions += row->questions;
    total->failed += row->failed;
    total->spent.requests += row->requests;
    total->spent.cost += row->cost;
    return true;
}

bool calls_count(const struct study *study, const char *out, struct calls_total *total,
                 struct err *err)
{
    bool ok = true;

    *total = (struct calls_total){ 0 };
    for (size_t i = 0; ok && i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        char *file = manifest_file_name(c->condition, c->persona, c->seed);
        char *path = path_join(out, file);
        ok = each_row(path, add, total, err);
        free(path);
        free(file);
    }
    return ok;
}

struct writing {
    struct buf *json;
    const char *condition;
    bool any;
};

static void add_text(struct buf *json, const char *key, struct view text)
{
    buf_addf(json, ",\"%s\":", key);
    if (text.data == NULL)
        buf_add_str(json, "null");
    else
        json_add_string(json, text);
}

static bool write_row(void *user, const struct cost_numbers *row)
{
    struct writing *w = user;

    buf_add_str(w->json, w->any ? ",{\"condition\":" : "{\"condition\":");
    json_add_string(w->json, view_of(w->condition));
    add_text(w->json, "role", row->role);
    add_text(w->json, "prompt", row->prompt);
    add_text(w->json, "model", row->model);
    buf_addf(w->json,
             ",\"questions\":%lld,\"stored\":%lld,\"failed\":%lld,\"requests\":%lld,"
             "\"tokens_in\":%lld,\"tokens_out\":%lld,\"tokens_cached\":%lld,\"cost\":",
             (long long)row->questions, (long long)row->stored, (long long)row->failed,
             (long long)row->requests, (long long)row->tokens_in, (long long)row->tokens_out,
             (long long)row->tokens_cached);
    json_add_number(w->json, row->cost);
    buf_add_char(w->json, '}');
    w->any = true;
    return true;
}

bool calls_add_json(const struct manifest *m, const char *folder, struct buf *json, struct err *err)
{
    struct writing w = { .json = json };
    bool ok = true;

    buf_add_str(json, "\"calls\":[");
    for (size_t i = 0; ok && i < m->cell_count; i++) {
        char *path = path_join(folder, m->cells[i].file);
        w.condition = m->cells[i].condition;
        ok = each_row(path, write_row, &w, err);
        free(path);
    }
    buf_add_char(json, ']');
    return ok;
}
