#include "store/db.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include <sqlite3.h>

bool db_fail(const struct db *db, struct err *err)
{
    int code = sqlite3_errcode(db->handle), system = sqlite3_system_errno(db->handle);
    const char *what = sqlite3_errmsg(db->handle);

    // Where SQLite met the full disk decides what it calls it
    if ((code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT))
        code = SQLITE_FULL;
    switch (code & 0xff) {
    case SQLITE_FULL: return err_set(err, "%s: the disk is full; make room, then resume", db->path);
    case SQLITE_READONLY:
        return err_set(err, "%s: cannot be written: the file or its folder is read-only", db->path);
    case SQLITE_NOTADB: return err_set(err, "%s: is not a run file (not SQLite)", db->path);
    case SQLITE_CORRUPT:
        return err_set(err,
                       "%s: is damaged (%s); put a copy back, or delete it to simulate this run "
                       "again",
                       db->path, what);
    case SQLITE_BUSY:
        return err_set(err, "%s: is locked by another program; close it and try again", db->path);
    case SQLITE_CANTOPEN:
        return err_set(err, "%s: cannot be opened: %s", db->path,
                       system != 0 ? strerror(system) : what);
    case SQLITE_IOERR:
        return err_set(err, "%s: cannot be read or written: %s", db->path,
                       system != 0 ? strerror(system) : what);
    default: return err_set(err, "%s: %s", db->path, what);
    }
}

bool db_exec(const struct db *db, const char *sql, struct err *err)
{
    if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fail(db, err);
    return true;
}

struct sqlite3_stmt *db_prepare(const struct db *db, const char *sql, struct err *err)
{
    struct sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
        SQLITE_OK)
        db_fail(db, err);
    return stmt;
}

void db_finalize(struct sqlite3_stmt *stmt)
{
    sqlite3_finalize(stmt);
}

void db_reset(struct sqlite3_stmt *stmt)
{
    sqlite3_reset(stmt);
}

static bool bind(const struct db *db, struct sqlite3_stmt *stmt, const struct value *params,
                 size_t count, struct err *err)
{
    size_t used = (size_t)sqlite3_bind_parameter_count(stmt);

    for (size_t i = 0; i < count && i < used; i++) {
        const struct value *v = &params[i];
        int rc = SQLITE_OK, at = (int)i + 1;

        // SQLITE_STATIC: the bytes outlive the run, and every run binds all parameters again
        switch (v->type) {
        case VALUE_NULL: rc = sqlite3_bind_null(stmt, at); break;
        case VALUE_INT: rc = sqlite3_bind_int64(stmt, at, v->i); break;
        case VALUE_REAL:
            if (!isfinite(v->r)) // SQLite would turn NaN into NULL without a word
                return err_set(err, "%s: value %d of a row is not a finite number", db->path, at);
            rc = sqlite3_bind_double(stmt, at, v->r);
            break;
        case VALUE_TEXT:
            rc = sqlite3_bind_text64(stmt, at, v->bytes.data, v->bytes.len, SQLITE_STATIC,
                                     SQLITE_UTF8);
            break;
        case VALUE_BLOB:
            rc = sqlite3_bind_blob64(stmt, at, v->bytes.data, v->bytes.len, SQLITE_STATIC);
            break;
        }
        if (rc != SQLITE_OK)
            return db_fail(db, err);
    }
    return true;
}

static void read_row(struct sqlite3_stmt *stmt, struct value *row, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        int at = (int)i, type = sqlite3_column_type(stmt, at);
        const char *data = NULL;

        if (type == SQLITE_INTEGER) {
            row[i] = value_int(sqlite3_column_int64(stmt, at));
        } else if (type == SQLITE_FLOAT) {
            row[i] = value_real(sqlite3_column_double(stmt, at));
        } else if (type == SQLITE_NULL) {
            row[i] = value_null();
        } else {
            // The column functions are called in this order because bytes() converts, and an empty
            // blob comes as NULL
            data = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(stmt, at)
                                       : sqlite3_column_blob(stmt, at);
            row[i].type = type == SQLITE_TEXT ? VALUE_TEXT : VALUE_BLOB;
            row[i].bytes = (struct view){ .data = data != NULL ? data : "",
                                          .len = (size_t)sqlite3_column_bytes(stmt, at) };
        }
    }
}

bool db_run(const struct db *db, struct sqlite3_stmt *stmt, const struct value *params,
            size_t count, struct value *row, bool *found, struct err *err)
{
    int rc = SQLITE_OK;

    if (!bind(db, stmt, params, count, err))
        return false;
    rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW && row != NULL) {
        read_row(stmt, row, (size_t)sqlite3_column_count(stmt));
        *found = true;
        return true;
    }
    if (found != NULL)
        *found = false;
    if (rc != SQLITE_DONE && rc != SQLITE_ROW) {
        db_fail(db, err);
        sqlite3_reset(stmt);
        return false;
    }
    sqlite3_reset(stmt);
    return true;
}

static bool is_blank(const char *text)
{
    while (*text == ';' || isspace((unsigned char)*text))
        text++;
    return *text == '\0';
}

bool db_query(const struct db *db, const char *sql, const struct value *params, size_t count,
              db_row_fn fn, void *user, struct err *err)
{
    bool ok = false;
    struct sqlite3_stmt *stmt = NULL;
    struct value row[DB_MAX_COLUMNS] = { 0 };
    const char *rest = NULL;
    size_t columns = 0;
    int rc = SQLITE_ROW;

    if (sqlite3_prepare_v2(db->handle, sql, -1, &stmt, &rest) != SQLITE_OK) {
        db_fail(db, err);
        goto done;
    }
    columns = stmt != NULL ? (size_t)sqlite3_column_count(stmt) : 0;
    if (columns == 0 || !sqlite3_stmt_readonly(stmt) || !is_blank(rest)) {
        err_set(err, "%s: a query must be one statement that only reads", db->path);
        goto done;
    }
    if (columns > DB_MAX_COLUMNS || count > (size_t)sqlite3_bind_parameter_count(stmt)) {
        err_set(err, "%s: a query has %zu columns (at most %d) and takes %d parameters, not %zu",
                db->path, columns, DB_MAX_COLUMNS, sqlite3_bind_parameter_count(stmt), count);
        goto done;
    }
    if (!bind(db, stmt, params, count, err))
        goto done;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        read_row(stmt, row, columns);
        if (!fn(user, row, columns))
            break;
    }
    ok = rc == SQLITE_ROW || rc == SQLITE_DONE ? true : db_fail(db, err);
done:
    sqlite3_finalize(stmt);
    return ok;
}

static bool keep_int(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].type == VALUE_INT ? row[0].i : 0;
    return false;
}

bool db_int(const struct db *db, const char *sql, int64_t *out, struct err *err)
{
    *out = 0;
    return db_query(db, sql, NULL, 0, keep_int, out, err);
}
