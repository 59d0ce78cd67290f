#include "store/replies.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/lock.h"

enum { REPLIES_VERSION = 1, REPLIES_APPLICATION_ID = 0x50535250 }; // "PSRP"
enum { PATIENCE = 20 };

struct replies {
    struct db db;
    struct sqlite3_stmt *find, *keep, *replace;
};

static const char tables[] = "BEGIN IMMEDIATE;"
                             "CREATE TABLE IF NOT EXISTS reply("
                             "  request BLOB NOT NULL, draw INTEGER NOT NULL, reply TEXT NOT NULL,"
                             "  PRIMARY KEY (request, draw)"
                             ") STRICT, WITHOUT ROWID;"
                             "PRAGMA application_id = 1347637840;"
                             "PRAGMA user_version = 1;"
                             "COMMIT;";

// Refuses other files of SQLite's, makes an empty one ours.
static bool check_format(const struct db *db, struct err *err)
{
    int64_t application = 0, version = 0, tables_there = 0;

    _Static_assert(REPLIES_APPLICATION_ID == 1347637840, "as in the statement above");
    if (!db_int(db, "PRAGMA application_id", &application, err) ||
        !db_int(db, "PRAGMA user_version", &version, err) ||
        !db_int(db, "SELECT count(*) FROM sqlite_schema", &tables_there, err))
        return false;
    if (application == 0 && tables_there == 0)
        return db_exec(db, tables, err);
    if (application != REPLIES_APPLICATION_ID)
        return err_set(err, "%s: is not a file of replies; name another one", db->path);
    if (version != REPLIES_VERSION)
        return err_set(err, "%s: has format %lld, from another propersim; this one knows format %d",
                       db->path, (long long)version, REPLIES_VERSION);
    return true;
}

// Opening and closing are one process's business at a time: whoever comes first makes a new file a
// WAL file, whoever goes last removes the log, and SQLite tells all others at once that it is busy
// or misses a file, however long their connections would wait.
static int lock_for_a_moment(const char *path, struct err *err)
{
    int fd = -1;

    for (int tries = 0; fd < 0 && tries < PATIENCE; tries++)
        fd = lock_take(path, err); // waits a second
    return fd;
}

// True for a file with content that is not SQLite's.
static bool is_something_else(const char *path)
{
    static const char magic[16] = "SQLite format 3";
    char start[16] = { 0 };
    FILE *f = file_is_folder(path) ? NULL : fopen(path, "rb");
    size_t n = f != NULL ? fread(start, 1, sizeof(start), f) : 0;

    if (f != NULL)
        fclose(f);
    return n > 0 && memcmp(start, magic, sizeof(magic)) != 0;
}

struct replies *replies_open(const char *path, bool create, struct err *err)
{
    struct replies *r = mem_calloc(1, sizeof(*r));
    struct err ignored = { { 0 } };
    int lock = -1;

    if (!create && !file_exists(path)) {
        err_set(err, "%s: there is no such file of replies", path);
        goto fail;
    }
    if (is_something_else(path)) { // before SQLite calls it a run file
        err_set(err, "%s: is not a file of replies; name another one", path);
        goto fail;
    }
    lock = lock_for_a_moment(path, err);
    if (lock < 0 || !db_open(&r->db, path, DB_CREATE, err))
        goto fail;
    // NORMAL: a commit survives the end of the process at once, a power cut after the next
    // checkpoint; a reply that is lost then is asked for again.
    if (!db_exec(&r->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", err) ||
        !check_format(&r->db, err))
        goto fail;
    r->find = db_prepare(&r->db, "SELECT reply FROM reply WHERE request = ?1 AND draw = ?2", err);
    if (r->find == NULL)
        goto fail;
    r->keep =
        db_prepare(&r->db, "INSERT INTO reply VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", err);
    if (r->keep == NULL)
        goto fail;
    r->replace = db_prepare(&r->db,
                            "INSERT INTO reply VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET "
                            "reply = excluded.reply",
                            err);
    if (r->replace == NULL)
        goto fail;
    lock_release(path, lock);
    return r;
fail:
    lock_release(path, lock);
    replies_close(r, &ignored); // the first error is the one to tell
    err_wrap(err, "the file of replies");
    return NULL;
}

bool replies_close(struct replies *r, struct err *err)
{
    struct err ignored = { { 0 } }; // without the lock it is closed all the same
    char *path = NULL;
    int lock = -1;
    bool ok = true;

    if (r == NULL)
        return true;
    path = mem_strdup(r->db.path);
    if (r->db.handle != NULL)
        lock = lock_for_a_moment(path, &ignored);
    db_finalize(r->find);
    db_finalize(r->keep);
    db_finalize(r->replace);
    ok = db_close(&r->db, err);
    lock_release(path, lock);
    free(path);
    free(r);
    return ok;
}

static struct value hash_value(const struct hash *h)
{
    return value_blob((struct view){ .data = (const char *)h->bytes, .len = HASH_BYTES });
}

bool replies_find(struct replies *r, const struct hash *request, int draw, struct buf *reply,
                  bool *found, struct err *err)
{
    const struct value key[] = { hash_value(request), value_int(draw) };
    struct value row = { 0 };

    buf_clear(reply);
    if (!db_run(&r->db, r->find, key, 2, &row, found, err))
        return false;
    if (*found)
        buf_add_view(reply, row.bytes);
    db_reset(r->find);
    return true;
}

bool replies_add(struct replies *r, const struct hash *request, int draw, struct view reply,
                 bool replace, struct err *err)
{
    const struct value row[] = { hash_value(request), value_int(draw), value_text(reply) };

    return db_run(&r->db, replace ? r->replace : r->keep, row, 3, NULL, NULL, err);
}

bool replies_count(struct replies *r, int64_t *count, struct err *err)
{
    return db_int(&r->db, "SELECT count(*) FROM reply", count, err);
}
