#include "web/catalog.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/reader.h"
#include "text/json.h"

enum { NOTE_BYTES = 256, WHY_BYTES = 16 << 10 };

bool run_stamp_now(const char *path, struct run_stamp *out)
{
    struct stat st = { 0 };
    struct buf wal = { 0 };
    bool found = stat(path, &st) == 0;

    *out = (struct run_stamp){ 0 };
    if (!found)
        return false;
    out->file_time = st.st_mtim;
    out->file_bytes = st.st_size;
    out->inode = st.st_ino;
    buf_addf(&wal, "%s-wal", path);
    if (stat(buf_str(&wal), &st) == 0) {
        out->wal_time = st.st_mtim;
        out->wal_bytes = st.st_size;
    }
    buf_fini(&wal);
    return true;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool run_stamp_equal(const struct run_stamp *a, const struct run_stamp *b)
{
    return same_time(a->file_time, b->file_time) && same_time(a->wal_time, b->wal_time) &&
           a->file_bytes == b->file_bytes && a->wal_bytes == b->wal_bytes && a->inode == b->inode;
}

// The lock is only looked at, never tried: a run must not notice its viewers. Its note says
// "process 12 on host"; of a process on another machine we believe that it lives.
bool run_is_written(const char *path)
{
    struct buf name = { 0 }, note = { 0 };
    struct err gone = { { 0 } };
    char host[65] = "", theirs[65] = "";
    long pid = 0;
    bool written = false;

    buf_addf(&name, "%s-lock", path);
    if (file_read(&note, buf_str(&name), NOTE_BYTES, &gone) &&
        sscanf(buf_str(&note), "process %ld on %64s", &pid, theirs) == 2 && pid > 0) {
        bool here = gethostname(host, sizeof(host) - 1) == 0 && strcmp(host, theirs) == 0;
        written = !here || kill((pid_t)pid, 0) == 0 || errno == EPERM;
    }
    buf_fini(&name);
    buf_fini(&note);
    return written;
}

// What the runner left of a household that failed; NULL if it did not.
static char *why_failed(const char *path)
{
    struct buf name = { 0 }, why = { 0 };
    struct err gone = { { 0 } };

    buf_addf(&name, "%s-failed", path);
    if (!file_read(&why, buf_str(&name), WHY_BYTES, &gone))
        buf_fini(&why);
    buf_fini(&name);
    return why.len > 0 ? buf_take(&why) : NULL;
}

const char *run_state_name(enum run_state state)
{
    switch (state) {
    case RUN_WAITING: return "waiting";
    case RUN_RUNNING: return "running";
    case RUN_STOPPED: return "stopped";
    case RUN_FAILED: return "failed";
    case RUN_FINISHED: return "finished";
    case RUN_BROKEN: return "broken";
    }
    return "broken";
}

static bool add_day(void *user, const struct value *row, size_t columns)
{
    struct catalog_run *run = user;

    (void)columns;
    if (run->day_count == run->day_cap) {
        run->day_cap = mem_grow(run->day_cap, run->day_count + 1);
        run->run_days = mem_realloc(run->run_days, run->day_cap, sizeof(*run->run_days));
    }
    run->run_days[run->day_count++] =
        (struct run_day){ .day = (int)row[0].i, .sum = row[1].i, .count = row[2].i };
    return true;
}

// Adds up the days that had not ended when this was done last; a run that grows is looked at often.
static bool read_days(struct catalog_run *run, struct reader *r, int known_days, struct err *err)
{
    static const char sql[] = "SELECT step / ?1 + 1, coalesce(sum(score), 0), count(score) FROM "
                              "delivery WHERE step >= ?2 "
                              "GROUP BY 1 ORDER BY 1";
    const struct value params[] = { value_int(run->steps_per_day),
                                    value_int((int64_t)known_days * run->steps_per_day) };

    while (run->day_count > 0 && run->run_days[run->day_count - 1].day > known_days)
        run->day_count--;
    return reader_query(r, sql, params, 2, add_day, run, err);
}

// Every day has its place, so that one without ratings is null.
static char *scores_of(const struct catalog_run *run)
{
    struct buf b = { 0 };
    int day = 1;

    buf_add_char(&b, '[');
    for (size_t i = 0; i < run->day_count; i++, day++) {
        const struct run_day *d = &run->run_days[i];
        for (; day < d->day; day++)
            buf_add_str(&b, day > 1 ? ",null" : "null");
        if (day > 1)
            buf_add_char(&b, ',');
        if (d->count == 0)
            buf_add_str(&b, "null");
        else
            buf_addf(&b, "%.4f", (double)d->sum / (double)d->count);
    }
    buf_add_char(&b, ']');
    return buf_take(&b);
}

static char *names_of(const struct run_info *info)
{
    struct buf b = { 0 };

    for (int i = 0; i < info->resident_count; i++) {
        buf_add_char(&b, i == 0 ? '[' : ',');
        json_add_string(&b, view_of(info->residents[i].name));
    }
    buf_add_char(&b, ']');
    return buf_take(&b);
}

static bool read_numbers(struct catalog_run *run, bool same_file, struct err *err)
{
    struct reader *r = reader_open(run->path, err);
    int known_days = same_file ? run->days_finished : 0;
    bool ok = false;

    if (r == NULL || !reader_progress(r, &run->days_finished, &run->steps, err))
        goto done;
    const struct run_info *info = reader_info(r);
    run->start = info->start;
    run->sec_per_step = info->sec_per_step;
    run->steps_per_day = info->steps_per_day;
    if (known_days > run->days_finished)
        known_days = 0;
    if (!read_days(run, r, known_days, err))
        goto done;
    free(run->names);
    run->names = names_of(info);
    free(run->scores);
    run->scores = scores_of(run);
    ok = true;
done:
    reader_close(r);
    return ok;
}

void run_refresh(struct catalog_run *run)
{
    struct run_stamp now;
    struct err err = { { 0 } };

    if (!run_stamp_now(run->path, &now)) {
        run->state = RUN_WAITING;
        run->was_read = false;
        run->day_count = 0;
        run->steps = run->days_finished = 0;
        return;
    }
    if (!run->was_read || !run_stamp_equal(&now, &run->stamp)) {
        bool same_file = run->was_read && run->problem == NULL && now.inode == run->stamp.inode;
        free(run->problem);
        run->problem = read_numbers(run, same_file, &err) ? NULL : mem_strdup(err.text);
        run->stamp = now;
        run->was_read = true;
    }
    run->state = RUN_STOPPED;
    free(run->failure);
    run->failure = NULL;
    if (run->problem != NULL)
        run->state = RUN_BROKEN;
    else if (run_is_written(run->path))
        run->state = RUN_RUNNING;
    else if (run->study->days > 0 && run->days_finished >= run->study->days)
        run->state = RUN_FINISHED;
    else if ((run->failure = why_failed(run->path)) != NULL)
        run->state = RUN_FAILED;
}
