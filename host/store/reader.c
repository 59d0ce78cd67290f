#include "store/reader.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/info.h"
#include "store/reader_impl.h"

struct reader *reader_open(const char *path, struct err *err)
{
    struct reader *r = mem_calloc(1, sizeof(*r));

    // Readers are many too (a server holds one for each run), so their caches are small as well
    if (db_open(&r->db, path, DB_READ, err) && db_exec(&r->db, "PRAGMA cache_size = -64", err) &&
        (r->info = info_read(&r->db, err)) != NULL)
        return r;
    reader_close(r);
    return NULL;
}

void reader_close(struct reader *r)
{
    struct err ignored = { { 0 } }; // nothing was written that could be lost

    if (r == NULL)
        return;
    db_close(&r->db, &ignored);
    info_free(r->info);
    free(r);
}

const struct run_info *reader_info(const struct reader *r)
{
    return r->info;
}

bool reader_snapshot(struct reader *r, struct err *err)
{
    int64_t unused = 0;

    if (r->snapshot)
        return err_set(err, "%s: a snapshot is held already", r->db.path);
    // The first read is what fixes the state
    if (!db_exec(&r->db, "BEGIN", err))
        return false;
    r->snapshot = true;
    if (db_int(&r->db, "SELECT count(*) FROM resident", &unused, err))
        return true;
    reader_release(r);
    return false;
}

void reader_release(struct reader *r)
{
    struct err ignored = { { 0 } }; // ending a transaction that only read cannot lose anything

    if (r->snapshot)
        (void)!db_exec(&r->db, "COMMIT", &ignored);
    r->snapshot = false;
}

bool reader_query(struct reader *r, const char *sql, const struct value *params, size_t param_count,
                  reader_row_fn fn, void *user, struct err *err)
{
    return db_query(&r->db, sql, params, param_count, fn, user, err);
}

static bool keep_progress(void *user, const struct value *row, size_t columns)
{
    int64_t *numbers = user;

    (void)columns;
    numbers[0] = row[0].i;
    numbers[1] = row[1].i;
    return false;
}

bool reader_progress(struct reader *r, int *days, int64_t *steps, struct err *err)
{
    int64_t numbers[2] = { 0 };

    if (!db_query(&r->db,
                  "SELECT (SELECT count(*) FROM day_data WHERE finished),"
                  " (SELECT coalesce(max(step) + 1, 0) FROM step_data)",
                  NULL, 0, keep_progress, numbers, err))
        return false;
    *days = (int)numbers[0];
    if (steps != NULL)
        *steps = numbers[1];
    return true;
}

struct lookup {
    struct buf *out[3]; // one for each column; NULL: not wanted
    bool found;
};

static bool keep_texts(void *user, const struct value *row, size_t columns)
{
    struct lookup *l = user;

    l->found = true;
    for (size_t i = 0; i < columns; i++)
        if (l->out[i] != NULL)
            buf_add_view(l->out[i], row[i].bytes);
    return false;
}

bool reader_meta(struct reader *r, const char *key, struct buf *out, bool *found, struct err *err)
{
    const struct value params[] = { value_text(view_of(key)) };
    struct lookup l = { .out = { out } };
    bool ok = false;

    buf_clear(out);
    ok = db_query(&r->db, "SELECT CAST(value AS TEXT) FROM meta WHERE key = ?1", params, 1,
                  keep_texts, &l, err);
    *found = l.found;
    return ok;
}
