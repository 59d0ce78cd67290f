#include "store/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/info.h"
#include "store/lock.h"
#include "store/schema.h"
#include "store/writer_impl.h"

enum { COMMIT_EVERY_MS = 400 };

bool writer_break(struct writer *w, const struct err *err)
{
    if (!w->failed)
        w->failure = *err;
    w->failed = true;
    return false;
}

static bool commit(struct writer *w, struct err *err)
{
    if (!w->in_transaction)
        return true;
    if (!db_exec(&w->db, "COMMIT", err))
        return writer_break(w, err);
    w->in_transaction = false;
    return true;
}

bool writer_ready(struct writer *w, struct err *err)
{
    if (w->failed) {
        *err = w->failure;
        return false;
    }
    if (!w->in_transaction && !db_exec(&w->db, "BEGIN IMMEDIATE", err))
        return writer_break(w, err);
    w->in_transaction = true;
    return true;
}

bool writer_commit(struct writer *w, struct err *err)
{
    if (w->failed) {
        *err = w->failure;
        return false;
    }
    return commit(w, err);
}

bool writer_commit_due(struct writer *w, int64_t now_ms, struct err *err)
{
    if (!w->has_clock)
        w->last_commit_ms = now_ms;
    w->has_clock = true;
    if (now_ms - w->last_commit_ms < COMMIT_EVERY_MS)
        return true;
    w->last_commit_ms = now_ms;
    return writer_commit(w, err);
}

int writer_days(const struct writer *w)
{
    return w->days;
}

// Many run files are open at once in one process, so the page cache of each is small. A commit need
// not reach the disk (NORMAL): after a power cut the file is as of some earlier commit, never torn.
static const char settings[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = NORMAL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA secure_delete = OFF;"
                               "PRAGMA cache_size = -256;";

static void free_writer(struct writer *w, const char *path)
{
    struct err ignored = { { 0 } }; // an error is being reported already

    db_close(&w->db, &ignored);
    lock_release(path, w->lock_fd);
    intern_fini(&w->texts);
    intern_fini(&w->labels);
    free(w);
}

// Opens an existing file that we hold the lock of.
static bool open_locked(struct writer *w, const char *path, const struct run_info *info,
                        struct err *err)
{
    struct run_info *found = NULL;
    bool ok = false;

    if (!db_open(&w->db, path, DB_WRITE, err) || !db_upgrade(&w->db, err))
        return false;
    found = info_read(&w->db, err);
    if (found == NULL || !info_check_same(found, info, path, err))
        goto done;
    w->steps_per_day = found->steps_per_day;
    ok = db_exec(&w->db, settings, err) && writer_rewind(w, err);
done:
    info_free(found);
    return ok;
}

struct writer *writer_open(const char *path, const struct run_info *info, struct err *err)
{
    struct writer *w = mem_calloc(1, sizeof(*w));
    bool ok = false;

    w->lock_fd = -1;
    if (!file_exists(path)) {
        err_set(err, "%s: %s", path, strerror(ENOENT));
        goto done;
    }
    w->lock_fd = lock_take(path, err);
    ok = w->lock_fd >= 0 && open_locked(w, path, info, err);
done:
    if (ok)
        return w;
    free_writer(w, path);
    return NULL;
}

static bool sync_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (!ok)
        err_set(err, "%s: cannot be written: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

// Builds the whole file under another name and sees it to the disk once, at the end.
static bool build(const char *path, const struct run_info *info, struct err *err)
{
    struct db db = { 0 };
    struct buf head = { 0 };
    struct err closing = { { 0 } };
    bool ok = db_open(&db, path, DB_CREATE, err);

    buf_addf(&head,
             "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN;"
             "PRAGMA application_id = %d; PRAGMA user_version = %d;",
             SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
    ok = ok && db_exec(&db, buf_str(&head), err) && db_exec(&db, schema_tables, err) &&
         db_exec(&db, schema_views, err) && info_write(&db, info, err) &&
         db_exec(&db, "COMMIT; PRAGMA journal_mode = WAL", err);
    if (!db_close(&db, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    buf_fini(&head);
    return ok && sync_file(path, err);
}

struct writer *writer_create(const char *path, const struct run_info *info, struct err *err)
{
    struct writer *w = mem_calloc(1, sizeof(*w));
    struct buf temp = { 0 };
    bool ok = false;

    buf_addf(&temp, "%s-new", path);
    w->lock_fd = lock_take(path, err);
    if (w->lock_fd < 0)
        goto done;
    if (file_exists(path)) {
        err_set(err, "%s: exists already; resume it, or choose another folder", path);
        goto done;
    }
    unlink(buf_str(&temp)); // of a process that was killed while creating
    if (!build(buf_str(&temp), info, err)) {
        unlink(buf_str(&temp));
        goto done;
    }
    if (rename(buf_str(&temp), path) != 0) {
        err_set(err, "%s: cannot be written: %s", path, strerror(errno));
        unlink(buf_str(&temp));
        goto done;
    }
    ok = open_locked(w, path, info, err);
done:
    buf_fini(&temp);
    if (ok)
        return w;
    free_writer(w, path);
    return NULL;
}

bool writer_close(struct writer *w, struct err *err)
{
    struct err ignored = { { 0 } };
    bool ok = true;
    char *path = NULL;

    if (w == NULL)
        return true;
    path = mem_strdup(w->db.path);
    ok = writer_commit(w, err);
    for (size_t i = 0; i < WRITER_STMTS; i++)
        db_finalize(w->stmts[i]);
    // Leaving WAL makes it a single file that can be read from anywhere. It fails while somebody
    // reads; the file is then as good as before, with its log beside it. The checkpoint sees all
    // rows to the disk; what is left is one page, which need not be waited for.
    if (ok)
        (void)!db_exec(&w->db,
                       "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);"
                       "PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE",
                       &ignored);
    ok = db_close(&w->db, ok ? err : &ignored) && ok;
    free_writer(w, path);
    free(path);
    return ok;
}
