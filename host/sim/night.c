#include "sim/night.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "sim/night_parts.h"
#include "store/reader.h"

// What the run file says of the nights so far.
struct so_far {
    bool done;         // of the night at hand, by an earlier try
    char *name, *path; // in use; NULL: the model as it is
};

static bool take_adapter(void *user, const struct value *row, size_t columns)
{
    struct so_far *s = user;

    (void)columns;
    s->done = row[0].i != 0;
    if (row[1].type == VALUE_TEXT) {
        s->name = mem_strndup(row[1].bytes.data, row[1].bytes.len);
        s->path = mem_strndup(row[2].bytes.data, row[2].bytes.len);
    }
    return false;
}

static bool read_so_far(const struct night_work *w, struct so_far *s, struct err *err)
{
    const struct value params[] = { value_int(w->who), value_int(w->day) };
    struct reader *reader = reader_open(w->h->path, err);
    bool ok = reader != NULL &&
              reader_query(reader,
                           "SELECT day = ?2, name, path FROM adapter WHERE who = ?1 AND day <= ?2"
                           " ORDER BY day DESC LIMIT 1",
                           params, 2, take_adapter, s, err);

    reader_close(reader);
    return ok;
}

// The run in letters that a server's model name and a folder may have: "learning-p01-s1".
static char *run_name(const struct household *h)
{
    char *folder = path_folder(h->path);
    struct buf name = { 0 };
    const char *file = path_name(h->path);

    buf_addf(&name, "%s-%.*s", path_name(folder), (int)strcspn(file, "."), file);
    for (size_t i = 0; i < name.len; i++) {
        if (!isalnum((unsigned char)name.data[i]) && strchr("-_", name.data[i]) == NULL)
            name.data[i] = '-';
    }
    free(folder);
    return buf_take(&name);
}

// Study folders that are called alike may share a server, so the adapter's name ends in a hash of
// where its folder lies.
static bool name_night(struct night_work *w, struct err *err)
{
    char *run = run_name(w->h), *out = realpath(w->night->out, NULL);
    struct buf folder = { 0 }, name = { 0 };
    char digits[HASH_HEX_BYTES];
    struct hash place;

    buf_addf(&folder, "%s/trainer/%s/r%d-day-%04d", w->night->out, run, w->who, w->day);
    if (out == NULL)
        err_set(err, "%s: %s", w->night->out, strerror(errno));
    place = hash_of(view_of(out != NULL ? out : ""));
    hash_hex(&place, digits);
    buf_addf(&name, "propersim-%s-%s-r%d-day-%04d-%.8s", w->h->shared.study->name, run, w->who,
             w->day, digits);
    w->folder = buf_take(&folder);
    w->name = buf_take(&name);
    free(run);
    free(out);
    return out != NULL;
}

static void tell(const struct night_work *w, const char *text)
{
    struct err ignored = { { 0 } };
    struct row_log row = {
        .step = ROW_NONE, .level = LOG_WARNING, .source = LOG_HOST, .message = view_of(text)
    };

    if (w->night->tell != NULL)
        w->night->tell(w->night->user, w->h->name, text);
    // a failure stays with the writer, which gives it back on the next append
    (void)!writer_append_log(w->h->writer, &row, &ignored);
}

// Keeps what came of the night; from now on `name` answers.
static bool keep(struct night_work *w, enum row_adapter_status status, const char *name,
                 const char *path, const char *message, double ms, struct err *err)
{
    const struct row_adapter row = {
        .day = w->day,
        .who = w->who,
        .name = name != NULL ? view_of(name) : (struct view){ 0 },
        .path = path != NULL ? view_of(path) : (struct view){ 0 },
        .examples = w->examples,
        .status = status,
        .message = message != NULL ? view_of(message) : (struct view){ 0 },
        .ms = ms,
    };

    return writer_append_adapter(w->h->writer, &row, err) && writer_commit(w->h->writer, err);
}

// Trains and loads. What goes wrong is no error of the household: all stays as it was.
static bool train(struct night_work *w, struct so_far *s, struct err *err)
{
    struct err wrong = { { 0 } };
    struct buf set = { 0 }, text = { 0 };
    int64_t begun = clock_ms();
    const struct json *from_reference = json_get(w->learn, "from_reference");
    bool anew = from_reference != NULL && json_bool(from_reference);
    bool fine = file_make_folder(w->folder, &wrong), ok = true;

    buf_addf(&set, "%s/pairs.jsonl", w->folder);
    fine = fine && night_write_set(w, buf_str(&set), &wrong);
    if (fine && w->examples == 0) {
        ok = keep(w, ADAPTER_KEPT, s->name, s->path, NULL, 0, err);
        goto done;
    }
    fine = fine && night_run_trainer(w, buf_str(&set), anew ? NULL : s->path, &wrong) &&
           (w->stopped || night_load(w, w->name, w->adapter, &wrong));
    if (w->stopped)
        goto done;
    if (fine) {
        free(s->name);
        free(s->path);
        s->name = mem_strdup(w->name);
        s->path = mem_strdup(w->adapter);
        ok = keep(w, ADAPTER_LOADED, s->name, s->path, NULL, (double)(clock_ms() - begun), err);
        goto done;
    }
    buf_addf(&text, "night before day %d: %s. %s", w->day, wrong.text,
             s->name != NULL ? "The last adapter stays" : "The model stays as it is");
    tell(w, buf_str(&text));
    ok = keep(w, ADAPTER_FAILED, s->name, s->path, wrong.text, (double)(clock_ms() - begun), err);
done:
    buf_fini(&text);
    buf_fini(&set);
    return ok;
}

static bool pass_one(struct night_work *w, struct err *err)
{
    struct so_far s = { 0 };
    struct channel *channel = NULL;
    bool ok = name_night(w, err) && read_so_far(w, &s, err);

    if (ok && !s.done && w->day > 1)
        ok = train(w, &s, err);
    // after a resume the server may have been started anew
    else if (ok && s.name != NULL)
        ok = night_load(w, s.name, s.path, err);
    if (ok && !w->stopped && s.name != NULL) {
        channel = roles_adapter(w->h->shared.roles, w->h->options, s.name, err);
        ok = channel != NULL;
        if (ok)
            asking_set_adapter(w->h->asking, w->who, channel);
    }
    free(s.name);
    free(s.path);
    free(w->adapter);
    free(w->folder);
    free(w->name);
    return ok;
}

bool night_pass(struct household *h, const struct night *night, bool *stopped, struct err *err)
{
    const struct json *learn = json_get(json_get(h->config, "assistant"), "learn");
    const struct json *trainer = json_get(learn, "trainer");

    if (trainer == NULL || json_type(trainer) != JSON_STRING || h->asking == NULL ||
        roles_channel(h->shared.roles, h->options, ROLE_ASSISTANT) == NULL)
        return true;
    if (!household_commit(h, err))
        return false;
    for (int who = 1; who <= h->services.resident_count && !*stopped; who++) {
        struct night_work w = {
            .h = h, .night = night, .day = household_days(h) + 1, .who = who, .learn = learn
        };
        if (!pass_one(&w, err))
            return false;
        *stopped = w.stopped;
    }
    return true;
}
