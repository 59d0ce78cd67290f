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

void api_ratings(void *user, struct server_request *q, struct server_reply *reply)
{
    struct catalog_run *run = web_run(user, q, reply);
    struct buf text = { 0 };
    struct err err = { { 0 } };
    char *path = run == NULL ? NULL : ratings_path(run);

    if (run == NULL)
        return;
    if (file_exists(path) && !file_read(&text, path, RATINGS_BYTES, &err)) {
        web_fail_err(reply, 500, &err);
        goto done;
    }
    buf_add_str(&reply->body, "{\"ratings\":[");
    for (const char *line = buf_str(&text); *line != '\0';) {
        size_t len = strcspn(line, "\n");
        if (line > buf_str(&text))
            buf_add_char(&reply->body, ',');
        buf_add(&reply->body, line, len);
        line += len + (line[len] == '\n');
    }
    buf_add_str(&reply->body, "]}");
done:
    buf_fini(&text);
    free(path);
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

// One write to a file opened for appending: two raters at once do not mix their lines.
static bool append(const struct catalog_run *run, const struct given *g, struct err *err)
{
    char *path = ratings_path(run), *folder = path_folder(path);
    struct buf line = { 0 };
    int fd = -1;
    bool ok = false;

    buf_add_str(&line, "{\"rater\":");
    json_add_string(&line, g->rater);
    buf_addf(&line, ",\"step\":%" PRId64 ",\"who\":%" PRId64 ",\"slot\":%" PRId64, g->step, g->who,
             g->slot);
    for (size_t i = 0; i < CRITERIA; i++)
        buf_addf(&line, ",\"%s\":%" PRId64, criteria[i], g->values[i]);
    buf_addf(&line, ",\"wall_time\":%lld}\n", (long long)time(NULL));
    if (!file_make_folder(folder, err))
        goto done;
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0 || lseek(fd, 0, SEEK_END) + (off_t)line.len > RATINGS_BYTES ||
        write(fd, line.data, line.len) != (ssize_t)line.len) {
        err_set(err, "%s: cannot be written: %s", path, strerror(fd < 0 ? errno : EFBIG));
        goto done;
    }
    ok = true;
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
