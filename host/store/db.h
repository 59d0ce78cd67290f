#pragma once
// SQLite behind few functions: open with checks, run statements, and say errors so that a person
// knows what to do. Inside this room only; db.c (statements) and db_open.c (files) alone include
// sqlite3.h.

#include "base/err.h"
#include "store/value.h"

struct sqlite3;
struct sqlite3_stmt;

struct db {
    struct sqlite3 *handle;
    char *path; // for messages
};

enum db_mode { DB_READ, DB_WRITE, DB_CREATE };

enum { DB_MAX_COLUMNS = 64 };

/// DB_READ and DB_WRITE check that the file is a run file of our format. On failure *db is
/// all-zero.
bool db_open(struct db *db, const char *path, enum db_mode mode, struct err *err) NODISCARD;
/// Finalizes nothing: statements must be finalized before. All-zero is fine.
bool db_close(struct db *db, struct err *err);

/// Brings a file of an older format, open for writing, up to this one.
bool db_upgrade(const struct db *db, struct err *err) NODISCARD;

/// Makes the database of `to` the same as that of `from`, in one transaction: whoever reads `to`
/// sees the old content or the new.
bool db_copy(const struct db *from, struct db *to, struct err *err) NODISCARD;

/// Sets err to what went wrong last, in words, with the path. Returns false.
bool db_fail(const struct db *db, struct err *err);

/// Runs one or more statements without results.
bool db_exec(const struct db *db, const char *sql, struct err *err) NODISCARD;

/// Prepares one statement that is used many times; NULL on error.
struct sqlite3_stmt *db_prepare(const struct db *db, const char *sql, struct err *err) NODISCARD;
void db_finalize(struct sqlite3_stmt *stmt);

/// Runs a prepared statement once with these parameters (?1, ?2, ...; surplus ones are left out).
/// *row, unless NULL, gets the columns of the first row (borrowed until the next db_reset or run of
/// the statement) and *found says whether there was one; the caller then calls db_reset. With row
/// NULL it is reset here.
bool db_run(const struct db *db, struct sqlite3_stmt *stmt, const struct value *params,
            size_t count, struct value *row, bool *found, struct err *err) NODISCARD;
void db_reset(struct sqlite3_stmt *stmt);

/// Called for each row; false stops (no error).
typedef bool (*db_row_fn)(void *user, const struct value *row, size_t columns);
/// Prepares, binds, and hands out all rows. `sql` is one statement that reads; others are refused.
bool db_query(const struct db *db, const char *sql, const struct value *params, size_t count,
              db_row_fn fn, void *user, struct err *err) NODISCARD;

/// The integer in the first column of the first row, 0 if it is NULL or there is no row.
bool db_int(const struct db *db, const char *sql, int64_t *out, struct err *err) NODISCARD;
