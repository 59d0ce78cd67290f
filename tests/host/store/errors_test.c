#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sample.h"

static void raw_exec(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static void write_file(const char *path, const char *text)
{
    struct err err = { { 0 } };

    must(file_write(path, view_of(text), &err));
}

static void expect_error(const char *path, const struct err *err, const char *wanted)
{
    if (strstr(err->text, wanted) == NULL)
        fail_msg("'%s' does not say '%s'", err->text, wanted);
    if (strncmp(err->text, path, strlen(path)) != 0)
        fail_msg("'%s' does not begin with the file", err->text);
}

// Each way to spoil a file, and what the reader and the writer say about it.
static void make_missing(const char *path)
{
    unlink(path);
}

static void make_folder(const char *path)
{
    unlink(path);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void make_text(const char *path)
{
    write_file(path, "step,who\n1,1\nthis is a table of another program, long enough to be read\n"
                     "1,2\n1,3\n1,4\n1,5\n1,6\n1,7\n1,8\n1,9\n");
}

static void make_empty(const char *path)
{
    write_file(path, "");
}

static void make_other_database(const char *path)
{
    unlink(path);
    raw_exec(path, "CREATE TABLE bookmarks(url TEXT)");
}

static void make_newer(const char *path)
{
    raw_exec(path, "PRAGMA user_version = 99");
}

static void make_without_key(const char *path)
{
    raw_exec(path, "DELETE FROM meta WHERE key = 'sec_per_step'");
}

static void make_bad_key(const char *path)
{
    raw_exec(path, "UPDATE meta SET value = -150 WHERE key = 'sec_per_step'");
}

static void make_without_resident(const char *path)
{
    raw_exec(path, "DELETE FROM resident");
}

static void cut_short(const char *path)
{
    struct stat st = { 0 };

    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(truncate(path, st.st_size / 2), 0);
}

static void overwrite_pages(const char *path)
{
    FILE *f = fopen(path, "r+b");
    struct stat st = { 0 };

    assert_non_null(f);
    assert_int_equal(stat(path, &st), 0);
    for (long at = 8L * 4096; at < st.st_size; at += 2 * 4096) {
        fseek(f, at, SEEK_SET);
        for (int i = 0; i < 512; i++)
            fputc(0xa5, f);
    }
    fclose(f);
}

static void each_wrong_file_is_named_for_what_it_is(void **state)
{
    static const struct {
        void (*spoil)(const char *path);
        const char *reader, *writer;
    } rows[] = {
        { make_missing, "No such file", "No such file" },
        { make_folder, "is a folder", "is a folder" },
        { make_text, "is not a run file", "is not a run file" },
        { make_empty, "is not a run file", "is not a run file" },
        { make_other_database, "is not a run file", "is not a run file" },
        { make_newer, "from a newer propersim", "from a newer propersim" },
        { make_without_key, "`sec_per_step` is missing", "`sec_per_step` is missing" },
        { make_bad_key, "`sec_per_step` is missing or wrong", "`sec_per_step`" },
        { make_without_resident, "has no resident", "has no resident" },
        { cut_short, NULL, "is damaged" }, // a reader may find nothing wrong in what it reads
        { overwrite_pages, NULL, "is damaged" },
    };
    struct run_info info = sample_info();

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
        struct reader *r = NULL;

        sample_run(path, 1);
        rows[i].spoil(path);
        r = reader_open(path, &err);
        if (rows[i].reader != NULL) {
            assert_null(r);
            expect_error(path, &err, rows[i].reader);
        } else if (r != NULL) {
            struct digest digest;
            assert_false(digest_run(r, &digest, &err));
            expect_error(path, &err, "is damaged");
        }
        reader_close(r);
        assert_null(writer_open(path, &info, &err));
        expect_error(path, &err, rows[i].writer);
        free(path);
        sample_remove(folder);
    }
}

static void a_run_is_continued_only_by_itself(void **state)
{
    static const struct run_resident others[] = { { "p01", "Ada Lind" }, { "p09", "Cy Oak" } };
    struct run_info infos[8];
    static const char *const wanted[] = { "study 'sample', not 'b'",
                                          "condition 'learning', not 'b'",
                                          "seed -7, not 8",
                                          "steps_per_day 24, not 48",
                                          "map_hash 'ab12', not 'cd34'",
                                          "config '{\"learn\":\"dpo\"}', not '{}'",
                                          "2 residents, not 1",
                                          "resident 2 'p02', not 'p09'" };
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info same = sample_info();
    struct writer *w = NULL;

    (void)state;
    for (size_t i = 0; i < 8; i++)
        infos[i] = sample_info();
    infos[0].study = "b";
    infos[1].condition = "b";
    infos[2].seed = 8;
    infos[3].steps_per_day = 48;
    infos[4].map_hash = "cd34";
    infos[5].config = "{}";
    infos[6].resident_count = 1;
    infos[7].residents = others;
    sample_run(path, 1);
    for (size_t i = 0; i < 8; i++) {
        assert_null(writer_open(path, &infos[i], &err));
        expect_error(path, &err, wanted[i]);
    }
    assert_null(writer_create(path, &same, &err));
    expect_error(path, &err, "exists already");
    same.models = "{\"rater\":\"another server\"}"; // which changes nothing
    w = writer_open(path, &same, &err);
    must(w != NULL);
    must(writer_close(w, &err));
    assert_null(writer_create("/nonexistent/a.sqlite", &same, &err));
    expect_error("/nonexistent/a.sqlite", &err, "No such file");
    free(path);
    sample_remove(folder);
}

static void only_one_process_writes(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite"), text[32];
    struct run_info info = sample_info();
    struct writer *w = NULL;
    int ready[2], status = 0;
    char token = 0;
    pid_t child = 0;

    (void)state;
    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        w = writer_create(path, &info, &err);
        if (w == NULL || write(ready[1], "x", 1) != 1)
            _exit(1);
        pause(); // until it is killed
        _exit(1);
    }
    assert_int_equal(read(ready[0], &token, 1), 1);
    assert_null(writer_open(path, &info, &err));
    snprintf(text, sizeof(text), "by process %ld on ", (long)child);
    expect_error(path, &err, text);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    w = writer_open(path, &info, &err); // the dead hold no locks
    must(w != NULL);
    assert_null(writer_open(path, &info, &err)); // nor does this process write twice
    expect_error(path, &err, "is being written");
    sample_day(w, 1, false); // and that attempt took nothing from the one who writes
    must(writer_close(w, &err));
    close(ready[0]);
    close(ready[1]);
    free(path);
    sample_remove(folder);
}

// Runs `check` as a user to whom the folder is read-only; root may write anywhere.
static void as_nobody(const char *folder, bool (*check)(const char *path), const char *path)
{
    int status = 0;
    pid_t child = 0;

    assert_int_equal(chmod(folder, 0555), 0);
    child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(2);
        _exit(check(path) ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(folder, 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static bool reads_but_cannot_write(const char *path)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct digest digest;
    struct reader *r = reader_open(path, &err);
    bool ok = r != NULL && digest_run(r, &digest, &err) && digest.tables[5].rows > 0;

    reader_close(r);
    if (!ok)
        fprintf(stderr, "%s\n", err.text);
    ok = ok && writer_open(path, &info, &err) == NULL;
    return ok && strstr(err.text, "cannot be written") != NULL;
}

static bool says_that_the_log_is_needed(const char *path)
{
    struct err err = { { 0 } };
    struct reader *r = reader_open(path, &err);

    fprintf(stderr, "%s\n", err.text);
    return r == NULL && strstr(err.text, "copy it") != NULL;
}

static void finished_runs_are_read_from_read_only_folders(void **state)
{
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct buf log = { 0 };

    (void)state;
    sample_run(path, 1);
    buf_addf(&log, "%s-wal", path);
    assert_false(file_exists(buf_str(&log))); // a closed run is a single file
    as_nobody(folder, reads_but_cannot_write, path);
    raw_exec(path, "PRAGMA journal_mode = WAL"); // as it is left while somebody reads
    as_nobody(folder, reads_but_cannot_write, path);
    write_file(buf_str(&log), "commits that only a writable folder can recover");
    as_nobody(folder, says_that_the_log_is_needed, path);
    buf_fini(&log);
    free(path);
    sample_remove(folder);
}

// ---- A disk that becomes full: from the n-th write on, the system says so to SQLite.

static long writes_left; // test only: the system call has no place for it

static ssize_t full_pwrite(int fd, const void *data, size_t len, off_t at)
{
    if (writes_left-- <= 0) {
        errno = ENOSPC;
        return -1;
    }
    return pwrite(fd, data, len, at);
}

static void fill_disk_after(long writes)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    static const char *const calls[] = { "pwrite", "pwrite64" };
    int replaced = 0;

    writes_left = writes;
    for (size_t i = 0; i < 2; i++)
        replaced +=
            vfs->xSetSystemCall(vfs, calls[i],
                                writes < 0 ? NULL : (sqlite3_syscall_ptr)full_pwrite) == SQLITE_OK;
    assert_true(replaced > 0);
}

// Writes a run as far as it goes; true if nothing failed. What fails must say why.
static bool write_some(const char *path, struct err *err)
{
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, err);
    struct text_set texts = { 0 };
    struct row_step row = { .who = 1, .action = view_of("cooking") };
    bool ok = w != NULL && writer_begin_day(w, 1, &texts, err);

    for (row.step = 0; ok && row.step < SAMPLE_STEPS; row.step++)
        ok = writer_append_step(w, &row, err) && writer_commit(w, err);
    ok = ok && writer_finish_day(w, view_of("{}"), NULL, 0, 1, err);
    if (!ok && w != NULL) {
        struct err second = { { 0 } };
        assert_false(writer_close(w, &second)); // a failed writer never looks well
        assert_string_equal(second.text, err->text);
        return false;
    }
    return writer_close(w, err) && ok;
}

static void a_full_disk_is_an_error_and_the_file_can_be_resumed(void **state)
{
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    char *whole = path_join(folder, "whole.sqlite");
    int failures = 0, resumed = 0;
    bool done = false, fresh = false;

    (void)state;
    sample_run(whole, 1);
    for (long writes = 0; !done && writes < 2000; writes += 7) {
        struct err err = { { 0 } };
        struct writer *w = NULL;
        fill_disk_after(writes);
        done = write_some(path, &err) && writes_left > 0;
        fill_disk_after(-1);
        if (err.text[0] != '\0') {
            failures++;
            if (strstr(err.text, "disk is full") == NULL)
                fail_msg("'%s' does not say that the disk is full", err.text);
        }
        err = (struct err){ { 0 } };
        w = file_exists(path) ? writer_open(path, &info, &err) : writer_create(path, &info, &err);
        must(w != NULL);
        fresh = writer_days(w) == 0;
        must(writer_close(w, &err));
        if (fresh) {
            sample_resume(path, 1);
            assert_true(same_digest(path, whole));
        }
        resumed += fresh;
        unlink(path);
    }
    assert_true(done);
    assert_true(failures > 10 && resumed > 10);
    free(whole);
    free(path);
    sample_remove(folder);
}

static void a_query_only_reads(void **state)
{
    static const struct {
        const char *sql, *wanted;
    } rows[] = {
        { "DELETE FROM step_data", "only reads" },
        { "SELECT 1; SELECT 2", "one statement" },
        { "", "one statement" },
        { "BEGIN", "only reads" },
        { "SELECT * FROM no_such", "no such table" },
        { "SELECT ?1", "takes 1 parameters, not 2" },
    };
    const struct value params[] = { value_int(1), value_int(2) };
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct reader *r = NULL;

    (void)state;
    sample_run(path, 1);
    r = reader_open(path, &err);
    must(r != NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        size_t count = strchr(rows[i].sql, '?') != NULL ? 2 : 0;
        assert_false(reader_query(r, rows[i].sql, params, count, NULL, NULL, &err));
        expect_error(path, &err, rows[i].wanted);
    }
    reader_close(r);
    free(path);
    sample_remove(folder);
}

static void a_number_that_is_none_is_refused(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);
    struct row_memory m = { .who = 1,
                            .stream = STREAM_RATER,
                            .id = 1,
                            .type = NODE_EVENT,
                            .text = view_of("x"),
                            .importance = NAN };

    (void)state;
    must(w != NULL);
    sample_begin(w, 1);
    assert_false(writer_append_memory(w, &m, &err));
    expect_error(path, &err, "not a finite number");
    assert_false(writer_close(w, &err));
    free(path);
    sample_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wrong_file_is_named_for_what_it_is),
        cmocka_unit_test(a_run_is_continued_only_by_itself),
        cmocka_unit_test(only_one_process_writes),
        cmocka_unit_test(finished_runs_are_read_from_read_only_folders),
        cmocka_unit_test(a_full_disk_is_an_error_and_the_file_can_be_resumed),
        cmocka_unit_test(a_query_only_reads),
        cmocka_unit_test(a_number_that_is_none_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
