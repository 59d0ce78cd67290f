#include "store/writer.h"

#include "store/schema.h"
#include "store/info.h"
#include "store/writer_impl.h"

// Runs a statement that is not run often.
static bool run_once(struct writer *w, const char *sql, const struct value *params, size_t count,
                     struct value *first, struct err *err)
{
    struct value row[DB_MAX_COLUMNS] = { 0 };
    struct sqlite3_stmt *stmt = NULL;
    bool found = false, ok = false;

    if (!writer_ready(w, err))
        return false;
    stmt = db_prepare(&w->db, sql, err);
    ok = stmt != NULL && db_run(&w->db, stmt, params, count, row, &found, err);
    if (ok && first != NULL)
        *first = found && row[0].type == VALUE_INT ? row[0] : value_null();
    db_finalize(stmt);
    return ok ? true : writer_break(w, err);
}

static bool load_text(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    intern_load(user, row[1].bytes, row[0].i);
    return true;
}

static bool load_state(struct writer *w, struct err *err)
{
    int64_t days = 0;

    if (!db_int(&w->db, "SELECT count(*) FROM day_data WHERE finished", &days, err))
        return false;
    w->days = (int)days;
    return true;
}

static bool is_ok(void *user, const struct value *row, size_t columns)
{
    struct buf *report = user;

    (void)columns;
    if (!view_equal(row[0].bytes, view_of("ok")))
        buf_add_view(report, row[0].bytes);
    return false;
}

static bool check_whole(struct writer *w, struct err *err)
{
    struct buf report = { 0 };
    bool ok = db_query(&w->db, "PRAGMA quick_check(1)", NULL, 0, is_ok, &report, err);

    if (ok && report.len != 0)
        ok = err_set(
            err, "%s: is damaged (%s); put a copy back, or delete it to simulate this run again",
            w->db.path, buf_str(&report));
    buf_fini(&report);
    return ok;
}

bool writer_rewind(struct writer *w, struct err *err)
{
    bool ok = check_whole(w, err) && load_state(w, err);
    const struct value params[] = { value_int((int64_t)w->days * w->steps_per_day),
                                    value_int(w->days + 1) };

    for (size_t i = 0; ok && schema_truncate[i] != NULL; i++)
        ok = run_once(w, schema_truncate[i], params, 2, NULL, err);
    return ok && writer_commit(w, err) &&
           db_query(&w->db, "SELECT id, text FROM text", NULL, 0, load_text, &w->texts, err) &&
           db_query(&w->db, "SELECT id, text FROM label", NULL, 0, load_text, &w->labels, err);
}

static bool put_script(struct writer *w, int64_t set, const struct pinned_text *file,
                       struct err *err)
{
    const struct value script[] = { value_text(view_of(file->hash)),
                                    value_text(
                                        (struct view){ buf_str(&file->text), file->text.len }) };
    const struct value member[] = { value_int(set), value_text(view_of(file->path)),
                                    value_text(view_of(file->hash)) };

    return run_once(w, "INSERT INTO script(hash, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                    script, 2, NULL, err) &&
           run_once(w,
                    "INSERT INTO script_set_data(script_set, path, script)"
                    " SELECT ?1, ?2, id FROM script WHERE hash = ?3",
                    member, 3, NULL, err);
}

// The id of the set of texts; stores it if it is new.
static bool find_set(struct writer *w, const struct text_set *texts, struct value *set,
                     struct err *err)
{
    char hex[HASH_HEX_BYTES];
    const struct value hash = value_text((struct view){ hex, HASH_HEX_BYTES - 1 });

    text_set_hash(texts, hex);
    if (!run_once(w, "SELECT id FROM script_set WHERE hash = ?1", &hash, 1, set, err))
        return false;
    if (set->type == VALUE_INT)
        return true;
    if (!run_once(w, "INSERT INTO script_set(hash) VALUES (?1)", &hash, 1, NULL, err) ||
        !run_once(w, "SELECT id FROM script_set WHERE hash = ?1", &hash, 1, set, err))
        return false;
    for (size_t i = 0; i < texts->count; i++)
        if (!put_script(w, set->i, texts->files[i], err))
            return false;
    return true;
}

bool writer_begin_day(struct writer *w, int day, const struct text_set *texts, struct err *err)
{
    struct value set = { 0 };

    if (w->open_day != 0 || day != w->days + 1)
        return err_set(err, "%s: day %d cannot begin: %d days are finished and %s is open",
                       w->db.path, day, w->days, w->open_day != 0 ? "one" : "none");
    if (!find_set(w, texts, &set, err))
        return false;
    const struct value row[] = { value_int(day), set, value_int(w->texts.last) };
    if (!run_once(w,
                  "INSERT INTO day_data(day, script_set, text_mark, finished)"
                  " VALUES (?1, ?2, ?3, 0)",
                  row, 3, NULL, err))
        return false;
    w->open_day = day;
    return true;
}

static bool set_access(struct writer *w, const struct row_access *a, struct err *err)
{
    const struct value key[] = {
        value_int(a->who),      value_int(a->stream),
        value_int(a->id),       value_int(a->last_accessed),
        value_int(w->open_day), value_int((int64_t)w->days * w->steps_per_day)
    };
    struct value row[DB_MAX_COLUMNS] = { 0 };
    bool found = false;

    if (!writer_run(w, PUT_ACCESS, key, 6, NULL, NULL, err) ||
        !writer_run(w, SET_ACCESS, key, 4, row, &found, err))
        return false;
    db_reset(w->stmts[SET_ACCESS]);
    if (found)
        return true;
    err_set(err, "%s: memory node %lld of stream %d of resident %d was read but never written",
            w->db.path, (long long)a->id, (int)a->stream, a->who);
    return writer_break(w, err);
}

bool writer_finish_day(struct writer *w, struct view state, const struct row_access *accessed,
                       size_t accessed_count, double wall_ms, struct err *err)
{
    const struct value row[] = { value_int(w->open_day), value_text(state), value_real(wall_ms) };

    if (w->open_day == 0)
        return err_set(err, "%s: no day is open that could end", w->db.path);
    for (size_t i = 0; i < accessed_count; i++)
        if (!set_access(w, &accessed[i], err))
            return false;
    if (!run_once(w, "UPDATE day_data SET state = ?2, wall_ms = ?3, finished = 1 WHERE day = ?1",
                  row, 3, NULL, err) ||
        !writer_commit(w, err))
        return false;
    w->days = w->open_day;
    w->open_day = 0;
    return true;
}

bool writer_set_note(struct writer *w, const char *key, struct value value, struct err *err)
{
    const struct value row[] = { value_text(view_of(key)), value };

    if (info_has_key(key))
        return err_set(err, "%s: the meta key `%s` says what the run is and cannot change",
                       w->db.path, key);
    return run_once(w,
                    "INSERT INTO meta(key, value, counted) VALUES (?1, ?2, 0)"
                    " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    row, 2, NULL, err);
}
