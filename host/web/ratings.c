// What people give as raters. Kept apart from the run, in STUDY/ratings/<as the run file>.jsonl:
// one line a rating, appended; of two by one rater for one suggestion the later counts.

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"

enum { RATINGS_BYTES = 16 << 20, RATER_BYTES = 40 };

static const char *const criteria[] = { "preference", "timing", "frequency", "communication" };
enum { CRITERIA = sizeof(criteria) / sizeof(*criteria) };

struct given {
    struct view rater;
    int64_t step, who, slot, values[CRITERIA];
};

// STUDY/runs/x/y.sqlite -> STUDY/ratings/x/y.jsonl
static char *ratings_path(const struct catalog_run *run)
{
    const char *inside = run->path + strlen(run->study->folder) + 1;
    struct buf b = { 0 };

    if (strncmp(inside, "runs/", 5) == 0)
        inside += 5;
    buf_addf(&b, "%s/ratings/%s", run->study->folder, inside);
    if (b.len > 7 && strcmp(b.data + b.len - 7, ".sqlite") == 0)
        b.len -= 7;
    buf_add_str(&b, ".jsonl");
    return buf_take(&b);
}

static bool is_name(struct view v)
{
    if (v.len == 0 || v.len > RATER_BYTES)
        return false;
    for (size_t i = 0; i < v.len; i++) {
        if ((unsigned char)v.data[i] < ' ' || v.data[i] == 127)
            return false;
    }
    return true;
}

static bool read_given(const struct json *doc, struct given *g, struct err *err)
{
    if (!json_want_string(doc, "rater", &g->rater, err) ||
        !json_want_int(doc, "step", 0, INT32_MAX, &g->step, err) ||
        !json_want_int(doc, "who", 1, INT32_MAX, &g->who, err) ||
        !json_want_int(doc, "slot", 1, 2, &g->slot, err))
        return false;
    for (size_t i = 0; i < CRITERIA; i++) {
        if (!json_want_int(doc, criteria[i], 0, 1, &g->values[i], err))
            return false;
    }
    if (!is_name(g->rater))
        return err_set(err, "`rater` must be a name of 1 to %d bytes", RATER_BYTES);
    return true;
}

// Lines that are no rating (torn by a crash, or edited by hand) are left out and counted.
static size_t add_lines(struct buf *out, const char *text)
{
    size_t unreadable = 0, kept = 0;

    for (const char *line = text; *line != '\0';) {
        struct view v = { line, strcspn(line, "\n") };
        struct err err = { { 0 } };
        struct given g = { 0 };
        struct json *doc = json_parse(v, &err);
        bool fine = doc != NULL && json_type(doc) == JSON_OBJECT && read_given(doc, &g, &err);

        if (fine) {
            if (kept++ > 0)
                buf_add_char(out, ',');
            buf_add(out, v.data, v.len);
        } else if (v.len > 0) {
            unreadable++;
        }
        json_free(doc);
        line += v.len + (line[v.len] == '\n');
    }
    return unreadable;
}

void api_ratings(void *user, struct server_request *q, struct server_reply *reply)
{
    struct catalog_run *run = web_run(user, q, reply);
    struct buf text = { 0 };
    struct err err = { { 0 } };
    char *path = run == NULL ? NULL : ratings_path(run);
    size_t unreadable = 0;

    if (run == NULL)
        return;
    if (file_exists(path) && !file_read(&text, path, RATINGS_BYTES, &err)) {
        web_fail_err(reply, 500, &err);
        goto done;
    }
    buf_add_str(&reply->body, "{\"ratings\":[");
    unreadable = add_lines(&reply->body, buf_str(&text));
    buf_addf(&reply->body, "],\"unreadable\":%zu}", unreadable);
done:
    buf_fini(&text);
    free(path);
}

static bool count_row(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].i;
    return false;
}

static bool exists(struct web *w, const struct catalog_run *run, const struct given *g,
                   struct err *err)
{
    const struct value params[] = { value_int(g->step), value_int(g->who), value_int(g->slot) };
    struct reader *reader = readers_get(w->readers, run, err);
    int64_t count = 0;

    if (reader == NULL ||
        !reader_query(reader,
                      "SELECT count(*) FROM suggestion WHERE step = ?1 AND who = ?2 AND slot = ?3",
                      params, 3, count_row, &count, err))
        return false;
    return count == 1 ? true : err_set(err, "the run has no such suggestion");
}

static void add_line(struct buf *line, const struct given *g)
{
    buf_add_str(line, "{\"rater\":");
    json_add_string(line, g->rater);
    buf_addf(line, ",\"step\":%" PRId64 ",\"who\":%" PRId64 ",\"slot\":%" PRId64, g->step, g->who,
             g->slot);
    for (size_t i = 0; i < CRITERIA; i++)
        buf_addf(line, ",\"%s\":%" PRId64, criteria[i], g->values[i]);
    buf_addf(line, ",\"wall_time\":%lld}\n", (long long)time(NULL));
}

// Appends the line as one; behind a line that was torn it starts a new one. Nothing is left of a
// line for which there was no room. False with errno set.
static bool write_line(int fd, struct view line)
{
    off_t end = lseek(fd, 0, SEEK_END);
    char last = '\n';
    struct buf text = { 0 };
    ssize_t done = -1;

    if (end < 0 || (end > 0 && pread(fd, &last, 1, end - 1) != 1))
        return false;
    if (end + (off_t)line.len + 1 > RATINGS_BYTES) {
        errno = EFBIG;
        return false;
    }
    if (last != '\n')
        buf_add_char(&text, '\n');
    buf_add(&text, line.data, line.len);
    done = write(fd, text.data, text.len);
    if (done >= 0 && done < (ssize_t)text.len)
        errno = ftruncate(fd, end) == 0 ? ENOSPC : errno;
    bool ok = done == (ssize_t)text.len;
    buf_fini(&text);
    return ok;
}

// One write to a file opened for appending: two raters at once do not mix their lines.
static bool append(const struct catalog_run *run, const struct given *g, struct err *err)
{
    char *path = ratings_path(run), *folder = path_folder(path);
    struct buf line = { 0 };
    int fd = -1;
    bool ok = false;

    add_line(&line, g);
    if (!file_make_folder(folder, err))
        goto done;
    fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ok = fd >= 0 && write_line(fd, buf_view(&line));
    if (!ok)
        err_set(err, "%s: cannot be written: %s", path, strerror(errno));
done:
    if (fd >= 0 && close(fd) != 0 && ok)
        ok = err_set(err, "%s: cannot be written: %s", path, strerror(errno));
    buf_fini(&line);
    free(path);
    free(folder);
    return ok;
}

void api_rate(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct err err = { { 0 } };
    struct given g = { 0 };
    struct catalog_run *run = web_run(w, q, reply);
    struct json *doc = run == NULL ? NULL : json_parse(server_body(q), &err);

    if (run == NULL)
        return;
    if (doc == NULL || !read_given(doc, &g, &err) || !exists(w, run, &g, &err))
        web_fail_err(reply, 400, &err);
    else if (!append(run, &g, &err))
        web_fail_err(reply, 500, &err);
    else
        buf_add_str(&reply->body, "{\"stored\":true}");
    json_free(doc);
}
