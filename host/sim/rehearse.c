#include "sim/rehearse.h"

#include <errno.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "sim/find_run.h"
#include "sim/fork.h"
#include "sim/runner.h"
#include "store/manifest.h"
#include "store/reader.h"
#include "store/texts.h"

enum { OPEN_FOLDERS = 16 };

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st;
    (void)kind;
    (void)at;
    return remove(path);
}

// The texts of the day, as all households of the study had them.
static bool copy_texts(const char *from, const char *to, int day, struct err *err)
{
    struct text_set texts = { 0 }, out = { 0 };
    bool found = false, first = false;
    bool ok = texts_read_pinned(from, day, &texts, &found, err);

    if (ok && !found)
        ok = err_set(err, "day %d of the study in %s has not begun", day, from);
    ok = ok && texts_pin(to, day, &texts, &out, &first, err);
    text_set_fini(&texts);
    text_set_fini(&out);
    return ok;
}

static bool take_count(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].i;
    return false;
}

// What people told residents on the day is no part of a fork, so the day would be another one.
static bool check_untouched(const char *path, int day, struct err *err)
{
    const struct value params[] = { value_int(day) };
    struct reader *r = reader_open(path, err);
    int64_t count = 0;
    bool ok = r != NULL && reader_query(r, "SELECT count(*) FROM intervention WHERE day = ?1",
                                        params, 1, take_count, &count, err);

    reader_close(r);
    if (ok && count > 0)
        ok = err_set(err, "its people were told something by hand on that day");
    return ok;
}

static void on_failed(void *user, size_t cell, const char *why)
{
    (void)cell;
    err_set(user, "%s", why);
}

static void on_halted(void *user, const char *why)
{
    err_set(user, "%s", why);
}

// Runs the forked study, which ends with the day.
static bool run(const char *folder, const struct llm_ear *ear, struct err *err)
{
    struct err why = { { 0 } };
    struct runner_options options = {
        .out = folder,
        .jobs = 1,
        .ear = ear,
        .roles = { .replies = REPLIES_REPLAY },
        .events = { .failed = on_failed, .halted = on_halted, .user = &why },
    };
    struct manifest m = { 0 };
    struct study study = { 0 };
    enum runner_end end = RUNNER_FAILED;
    bool ok = manifest_read(&m, folder, err) && study_from_manifest(&study, m.config, err) &&
              runner_run(&study, &options, &end, err);

    if (ok && end != RUNNER_DONE)
        ok = err_set(err, "%s", why.text[0] != '\0' ? why.text : "stopped");
    study_fini(&study);
    manifest_fini(&m);
    return ok;
}

bool rehearse_day(const char *path, int day, const struct llm_ear *ear, struct err *err)
{
    const char *tmp = getenv("TMPDIR");
    struct buf folder = { 0 };
    char *original = NULL, *fork = NULL;
    struct manifest m = { 0 };
    size_t cell = SIZE_MAX, runs = 0;
    bool ok = false;

    buf_addf(&folder, "%s/propersim-XXXXXX", tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
    if (mkdtemp(folder.data) == NULL) {
        err_set(err, "%s: a folder cannot be made: %s", buf_str(&folder), strerror(errno));
        buf_fini(&folder);
        return false;
    }
    fork = path_join(buf_str(&folder), "study");
    if (!find_run(path, &original, &m, &cell, err))
        goto done;
    if (cell == SIZE_MAX) {
        err_set(err, "%s: is a study; name one of its run files (%s/runs/...)", path, path);
        goto done;
    }
    const struct fork_request request = { .from = path, .out = fork, .day = day - 1, .days = day };
    ok = check_untouched(path, day, err) && fork_make(&request, &runs, err) &&
         copy_texts(original, fork, day, err) && run(fork, ear, err);
done:
    (void)!nftw(buf_str(&folder), remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    manifest_fini(&m);
    free(original);
    free(fork);
    buf_fini(&folder);
    return ok ? true : err_wrap(err, "day %d of %s cannot be simulated again", day, path);
}
