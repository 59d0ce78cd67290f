#include "store/copy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "store/info.h"
#include "store/run_info.h"
#include "store/schema.h"
#include "store/writer_impl.h"

static bool copy_into(const char *from, const char *to, enum db_mode mode, struct err *err)
{
    struct db source = { 0 }, target = { 0 };
    struct err closing = { { 0 } };
    bool ok = db_open(&source, from, DB_READ, err) && db_open(&target, to, mode, err) &&
              db_copy(&source, &target, err);

    // As writer_close leaves a file: not in WAL mode, unless somebody reads it just now
    if (ok)
        (void)!db_exec(&target, "PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE", &closing);
    db_close(&source, &closing);
    if (!db_close(&target, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    return ok;
}

static bool rename_file(const char *from, const char *to, struct err *err)
{
    if (rename(from, to) == 0)
        return true;
    return err_set(err, "%s: cannot be written: %s", to, strerror(errno));
}

bool copy_run(const char *from, const char *to, struct err *err)
{
    struct buf temp = { 0 };
    bool ok = false;

    if (file_exists(to))
        return copy_into(from, to, DB_WRITE, err);
    buf_addf(&temp, "%s-new", to);
    unlink(buf_str(&temp)); // of a process that was killed while copying
    ok = copy_into(from, buf_str(&temp), DB_CREATE, err) && rename_file(buf_str(&temp), to, err);
    if (!ok)
        unlink(buf_str(&temp));
    buf_fini(&temp);
    return ok;
}

#define LABEL_OF(column)                                                                           \
    "(SELECT m.id FROM main.label m JOIN other.label o ON o.text = m.text WHERE o.id = c." column  \
    ")"

bool copy_answers(const char *from, const char *to, struct err *err)
{
    static const char add[] =
        "BEGIN IMMEDIATE;"
        "INSERT INTO main.label(text) SELECT text FROM other.label"
        " WHERE text NOT IN (SELECT text FROM main.label);"
        "INSERT INTO main.reply_data(request, draw, reply, request_text)"
        " SELECT request, draw, reply, request_text FROM other.reply_data WHERE true"
        " ON CONFLICT DO NOTHING;"
        "INSERT INTO main.embedding_data(model, text, vector)"
        " SELECT " LABEL_OF("model") ", text, vector FROM other.embedding_data c WHERE true"
                                     " ON CONFLICT DO NOTHING;"
                                     "INSERT INTO main.call_data SELECT c.id, c.step, "
                                     "c.who, " LABEL_OF("role") "," LABEL_OF("prompt") "," LABEL_OF(
                                         "version") "," LABEL_OF("model") ", c.request, c.draw,"
                                                                          " c.status, c.tokens_in, "
                                                                          "c.tokens_out, "
                                                                          "c.tokens_cached, "
                                                                          "c.cost, c.ms, "
                                                                          "c.retries, c.error"
                                                                          " FROM other.call_data c "
                                                                          "WHERE c.id > (SELECT "
                                                                          "coalesce(max(id), 0) "
                                                                          "FROM main.call_data);"
                                                                          "COMMIT";
    const struct value path = value_text(view_of(from));
    struct db db = { 0 };
    struct sqlite3_stmt *attach = NULL;
    struct err closing = { { 0 } };
    bool ok = db_open(&db, to, DB_WRITE, err) && db_upgrade(&db, err);

    if (ok)
        attach = db_prepare(&db, "ATTACH ?1 AS other", err);
    ok = ok && attach != NULL && db_run(&db, attach, &path, 1, NULL, NULL, err) &&
         db_exec(&db, add, err);
    db_finalize(attach);
    db_close(&db, &closing);
    return ok;
}

bool copy_can_fork(const char *from, int day, struct err *err)
{
    struct db db = { 0 };
    struct err closing = { { 0 } };
    int64_t days = 0, version = 0, first = 0;
    bool ok = db_open(&db, from, DB_READ, err) &&
              db_int(&db, "SELECT count(*) FROM day_data WHERE finished", &days, err) &&
              db_int(&db, "PRAGMA user_version", &version, err) &&
              db_int(&db, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'access_from'",
                     &first, err);

    if (ok && (day < 0 || day > days))
        ok = err_set(err, "%s: has %lld finished days; it cannot be forked after day %d", from,
                     (long long)days, day);
    // The key is missing in files that had the notes from their first day on
    if (ok && version < SCHEMA_VERSION)
        first = days + 1;
    if (ok && day < first - 1)
        ok = err_set(err,
                     "%s: was begun by an older propersim, which did not note what midnights of "
                     "the past need; fork after day %lld or later",
                     from, (long long)(first - 1));
    db_close(&db, &closing);
    return ok;
}

// What is in a file besides the rows of its days. ?1: first step to take away, ?2: its day.
static const char *const taken_back[] = {
    // The first note of a later day says what stood there before
    "UPDATE memory_data AS m SET last_accessed ="
    " (SELECT a.last_accessed FROM memory_access_data a WHERE a.who = m.who"
    "  AND a.stream = m.stream AND a.id = m.id AND a.day >= ?2 ORDER BY a.day LIMIT 1)"
    " WHERE EXISTS (SELECT 1 FROM memory_access_data a WHERE a.who = m.who"
    "  AND a.stream = m.stream AND a.id = m.id AND a.day >= ?2)",
    "DELETE FROM intervention_data WHERE step >= ?1",
    "DELETE FROM call_data WHERE step >= ?1",
    "DELETE FROM log_data WHERE step >= ?1",
    // Days that are simulated anew are no imported ones
    "UPDATE meta SET value = ?2 - 1 WHERE key = 'imported_days' AND CAST(value AS INTEGER) >= ?2",
    NULL,
};

static bool run_all(const struct db *db, const char *const *sql, const struct value *params,
                    struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && sql[i] != NULL; i++) {
        struct sqlite3_stmt *stmt = db_prepare(db, sql[i], err);
        ok = stmt != NULL && db_run(db, stmt, params, 2, NULL, NULL, err);
        db_finalize(stmt);
    }
    return ok;
}

static bool set_meta(const struct db *db, const char *key, const char *value, bool counted,
                     struct err *err)
{
    const struct value row[] = { value_text(view_of(key)), value_text(view_of(value)),
                                 value_int(counted) };
    struct sqlite3_stmt *stmt = NULL;
    bool ok = true;

    if (value == NULL)
        return true;
    stmt = db_prepare(db,
                      "INSERT INTO meta(key, value, counted) VALUES (?1, ?2, ?3)"
                      " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                      err);
    ok = stmt != NULL && db_run(db, stmt, row, 3, NULL, NULL, err);
    db_finalize(stmt);
    return ok;
}

static bool take_back(const struct db *db, const struct copy_fork *fork, struct err *err)
{
    struct run_info *info = info_read(db, err);
    struct value params[2] = { { 0 } };
    bool ok = info != NULL;

    if (ok) {
        params[0] = value_int((int64_t)fork->day * info->steps_per_day);
        params[1] = value_int(fork->day + 1);
    }
    ok = ok && db_exec(db, "PRAGMA synchronous = OFF; BEGIN", err) &&
         run_all(db, taken_back, params, err) && run_all(db, schema_truncate, params, err) &&
         set_meta(db, "config", fork->config, true, err) &&
         set_meta(db, "parent", fork->parent, false, err) &&
         db_exec(db, "COMMIT; PRAGMA journal_mode = DELETE; VACUUM", err);
    info_free(info);
    return ok;
}

bool copy_run_until(const char *from, const char *to, const struct copy_fork *fork, struct err *err)
{
    struct db db = { 0 };
    struct buf temp = { 0 };
    struct err closing = { { 0 } };
    bool ok = false;

    if (file_exists(to))
        return err_set(err, "%s: exists already", to);
    buf_addf(&temp, "%s-fork", to);
    unlink(buf_str(&temp));
    ok = copy_can_fork(from, fork->day, err) && copy_run(from, buf_str(&temp), err) &&
         db_open(&db, buf_str(&temp), DB_WRITE, err) && db_upgrade(&db, err) &&
         take_back(&db, fork, err);
    if (!db_close(&db, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    ok = ok && rename_file(buf_str(&temp), to, err);
    if (!ok)
        unlink(buf_str(&temp));
    buf_fini(&temp);
    return ok;
}
