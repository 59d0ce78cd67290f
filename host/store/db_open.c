// Database files: opening and closing them, which ones are ours, upgrades and copies.

#include "store/db.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/schema.h"

// Waiting longer would stop an event loop; readers and the writer of a WAL file hardly ever meet.
enum { BUSY_MS = 2000, COPY_TRIES = 20 };

// ---- Connecting

// "file:" URI of a path, for options that only a URI can carry.
static char *immutable_uri(const char *path)
{
    struct buf uri = { 0 };

    buf_add_str(&uri, "file:");
    for (const char *p = path; *p != '\0'; p++) {
        if (*p == '?' || *p == '#' || *p == '%')
            buf_addf(&uri, "%%%02x", (unsigned)*p);
        else
            buf_add_char(&uri, *p);
    }
    buf_add_str(&uri, "?immutable=1");
    return buf_take(&uri);
}

// True if the file's log (WAL) holds commits that are not in the file itself.
static bool has_log(const char *path)
{
    struct stat st = { 0 };
    struct buf log = { 0 };
    bool has = false;

    buf_addf(&log, "%s-wal", path);
    has = stat(buf_str(&log), &st) == 0 && st.st_size > 0;
    buf_fini(&log);
    return has;
}

static int connect_to(struct db *db, const char *name, int flags)
{
    int rc = sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);

    if (db->handle != NULL) {
        sqlite3_extended_result_codes(db->handle, 1);
        sqlite3_busy_timeout(db->handle, BUSY_MS);
    }
    if (rc == SQLITE_OK) // the file is not looked at before the first read
        rc = sqlite3_exec(db->handle, "PRAGMA schema_version", NULL, NULL, NULL);
    return rc;
}

// SQLite reads a WAL file on read-only media only if told that nobody changes it; then that is so.
static int connect_for_reading(struct db *db, const char *path)
{
    int rc = connect_to(db, path, SQLITE_OPEN_READONLY);
    int kind = rc & 0xff;
    char *uri = NULL;

    if ((kind != SQLITE_CANTOPEN && kind != SQLITE_READONLY) || !file_exists(path) || has_log(path))
        return rc;
    sqlite3_close(db->handle);
    uri = immutable_uri(path);
    rc = connect_to(db, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    free(uri);
    return rc;
}

// ---- The format

static bool check_format(const struct db *db, struct err *err)
{
    int64_t application = 0, version = 0;

    if (!db_int(db, "PRAGMA application_id", &application, err) ||
        !db_int(db, "PRAGMA user_version", &version, err))
        return false;
    if (application != SCHEMA_APPLICATION_ID)
        return err_set(err, "%s: is not a run file", db->path);
    if (version > SCHEMA_VERSION)
        return err_set(err,
                       "%s: has format %lld, from a newer propersim; this one reads up to format "
                       "%d: update it",
                       db->path, (long long)version, SCHEMA_VERSION);
    if (version < 1)
        return err_set(err, "%s: is damaged (format %lld)", db->path, (long long)version);
    return true;
}

// A reader cannot change an older file, but its connection can have what the file lacks, empty.
static bool complete_for_reading(const struct db *db, struct err *err)
{
    int64_t version = 0;

    if (!db_int(db, "PRAGMA user_version", &version, err))
        return false;
    return version == SCHEMA_VERSION || (db_exec(db, schema_added_for_reading, err) &&
                                         db_exec(db, schema_added_views_for_reading, err));
}

bool db_upgrade(const struct db *db, struct err *err)
{
    struct buf tail = { 0 };
    int64_t version = 0;
    bool ok = db_int(db, "PRAGMA user_version", &version, err);

    if (ok && version < SCHEMA_VERSION) {
        // Of the days before, nobody noted what last_accessed was at each midnight
        buf_addf(&tail,
                 "INSERT INTO meta(key, value, counted) SELECT 'access_from', count(*) + 1, 0"
                 " FROM day_data WHERE finished; PRAGMA user_version = %d; COMMIT",
                 SCHEMA_VERSION);
        ok = db_exec(db, "BEGIN IMMEDIATE", err) && db_exec(db, schema_added, err) &&
             db_exec(db, schema_added_views, err) && db_exec(db, buf_str(&tail), err);
    }
    buf_fini(&tail);
    return ok;
}

// ---- Whole files

bool db_open(struct db *db, const char *path, enum db_mode mode, struct err *err)
{
    int rc = SQLITE_OK;
    bool ok = false;

    *db = (struct db){ .path = mem_strdup(path) };
    switch (mode) {
    case DB_READ: rc = connect_for_reading(db, path); break;
    case DB_WRITE: rc = connect_to(db, path, SQLITE_OPEN_READWRITE); break;
    case DB_CREATE: rc = connect_to(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE); break;
    }
    if (file_is_folder(path))
        err_set(err, "%s: is a folder, not a run file", path);
    else if (mode != DB_CREATE && !file_exists(path))
        err_set(err, "%s: %s", path, strerror(ENOENT));
    else if (mode == DB_READ && (rc & 0xff) == SQLITE_CANTOPEN && has_log(path))
        err_set(err,
                "%s: was not closed and cannot be read in this read-only folder; copy it together "
                "with its -wal file to another one",
                path);
    else if (rc != SQLITE_OK)
        db_fail(db, err);
    else
        ok = mode == DB_CREATE ||
             (check_format(db, err) && (mode != DB_READ || complete_for_reading(db, err)));
    if (!ok) {
        sqlite3_close(db->handle);
        free(db->path);
        *db = (struct db){ 0 };
    }
    return ok;
}

bool db_close(struct db *db, struct err *err)
{
    bool ok = true;

    if (db->handle != NULL && sqlite3_close(db->handle) != SQLITE_OK) {
        ok = db_fail(db, err); // a statement was left open: our bug
        sqlite3_close_v2(db->handle);
    }
    free(db->path);
    *db = (struct db){ 0 };
    return ok;
}

bool db_copy(const struct db *from, struct db *to, struct err *err)
{
    struct sqlite3_backup *backup = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    int rc = SQLITE_OK;

    if (backup == NULL)
        return db_fail(to, err);
    for (int tries = 0; tries < COPY_TRIES; tries++) {
        rc = sqlite3_backup_step(backup, -1);
        if (rc != SQLITE_BUSY && rc != SQLITE_LOCKED)
            break;
        sqlite3_sleep(BUSY_MS / COPY_TRIES);
    }
    sqlite3_backup_finish(backup);
    return rc == SQLITE_DONE ? true : db_fail(to, err);
}
