#include "sim/session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "sim/session_impl.h"
#include "sim/session_texts.h"
#include "sim/study_change.h"
#include "store/copy.h"
#include "store/lock.h"
#include "store/reader.h"

const struct study *session_study(const struct session *s)
{
    return &s->study;
}

const char *session_path(const struct session *s)
{
    return s->path;
}

// Of a broken session: what its file says.
int64_t session_next_step(const struct session *s)
{
    return s->household != NULL ? household_next_step(s->household) : s->saved_step;
}

int session_step_seconds(const struct session *s)
{
    return s->step_seconds;
}

int64_t session_now(const struct session *s)
{
    return s->start_s + session_next_step(s) * session_step_seconds(s);
}

int session_days(const struct session *s)
{
    return (int)(session_next_step(s) / (DAY_SECONDS / s->step_seconds));
}

bool session_is_over(const struct session *s)
{
    return session_days(s) >= s->study.days;
}

struct session_unsaved session_unsaved(const struct session *s)
{
    return (struct session_unsaved){ .steps = session_next_step(s) - s->saved_step,
                                     .told = s->told };
}

bool session_tell(struct session *s, int who, enum row_intervention_kind kind, struct view text,
                  struct err *err)
{
    if (!session_is_whole(s, err))
        return false;
    if (session_is_over(s))
        return err_set(err, "the study is over; give it more days: propersim resume %s --days N",
                       s->folder);
    if (!household_tell(s->household, who, kind, text, err))
        return false;
    s->told++;
    return true;
}

// The scripts to look with: those of the day, with the terminal's own where they are older.
static bool need_look(struct session *s, struct err *err)
{
    struct texts *base = NULL, *all = NULL;

    if (!session_is_whole(s, err))
        return false;
    base = s->fresh ? NULL : household_texts(s->household);
    if (s->look != NULL && base == s->look_texts)
        return true;
    session_forget_look(s);
    all = session_look_texts(&s->study, s->folder, base, s->fresh ? 0 : session_days(s), err);
    if (all != NULL)
        s->look = look_new(s->household, all, err);
    s->look_texts = base;
    texts_unref(all);
    return s->look != NULL;
}

static bool finish_look(struct session *s, bool begun, struct buf *out, struct err *err)
{
    if (begun && session_settle(s, err))
        return look_result(s->look, out, err);
    look_cancel(s->look);
    return false;
}

bool session_look(struct session *s, const char *module, const char *function,
                  const struct json *arguments, struct buf *out, struct err *err)
{
    return need_look(s, err) &&
           finish_look(s, look_call(s->look, module, function, arguments, err), out, err);
}

bool session_evaluate(struct session *s, const char *module, const char *function, struct view text,
                      struct buf *out, struct err *err)
{
    bool ok = need_look(s, err) &&
              finish_look(s, look_evaluate(s->look, module, function, text, err), out, err);

    session_forget_look(s); // whatever it did to modules must not meet the next look
    return ok;
}

bool session_reload(struct session *s, bool *changed, struct err *err)
{
    int64_t next = 0;

    if (!session_is_whole(s, err) ||
        !pins_replace(&s->pins, session_days(s) + 1, s->path, changed, err))
        return false;
    session_forget_look(s);
    if (!household_day_open(s->household)) {
        s->fresh = true;
        return true;
    }
    next = session_next_step(s);
    if (!*changed || session_go_back(s, next, err))
        return true;
    session_take_back(s, 0); // the new scripts fail before they come to this step
    return false;
}

bool session_save(struct session *s, struct err *err)
{
    if (!session_is_whole(s, err) || !household_commit(s->household, err) ||
        !copy_run(s->work, s->path, err))
        return false;
    s->saved_step = session_next_step(s);
    s->told = 0;
    return true;
}

static void remove_work(const struct session *s)
{
    static const char *const tails[] = { "", "-wal", "-shm", "-journal", "-new", "-lock" };

    for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
        struct buf path = { 0 };
        buf_addf(&path, "%s%s", s->work, tails[i]);
        unlink(buf_str(&path));
        buf_fini(&path);
    }
}

// How many steps the file holds.
static bool count_steps(const char *path, int64_t *steps, struct err *err)
{
    struct reader *r = reader_open(path, err);
    int days = 0;
    bool ok = r != NULL && reader_progress(r, &days, steps, err);

    reader_close(r);
    return ok;
}

static bool open_work(struct session *s, struct err *err)
{
    char *folder = path_folder(s->path);
    bool ok = file_make_folder(folder, err);

    free(folder);
    s->lock_fd = ok ? lock_take(s->path, err) : -1;
    if (s->lock_fd < 0)
        return false;
    remove_work(s); // of a session that was killed
    return !file_exists(s->path) ||
           (count_steps(s->path, &s->saved_step, err) && copy_run(s->path, s->work, err));
}

static bool open_all(struct session *s, const struct manifest_cell *cell, struct err *err)
{
    struct view map = { 0 }, start = { 0 };

    s->cell = study_find_cell(&s->study, cell);
    if (s->cell == NULL)
        return err_set(err, "%s/study.json: %s is no run of the study", s->folder, cell->file);
    map = json_string(json_get(s->cell->options, "map"));
    start = json_string(json_get(s->cell->options, "start"));
    s->step_seconds = (int)json_number(json_get(s->cell->options, "sec_per_step"));
    if (!simtime_parse(start.data, &s->start_s, err) || !open_work(s, err))
        return false;
    s->map = study_load_map(&s->study, map.data, err);
    if (s->map == NULL)
        return false;
    s->paths = paths_new(s->map, PATHS_CACHE_BYTES);
    s->pins = (struct pins){ .study = &s->study,
                             .folder = s->folder,
                             .refused = s->options.refused,
                             .refused_user = s->options.user };
    return session_open_roles(s, err) && session_go_back(s, s->saved_step, err);
}

struct session *session_open(const char *folder, const struct manifest_cell *cell,
                             const struct session_options *options, struct err *err)
{
    struct session *s = mem_calloc(1, sizeof(*s));
    struct manifest manifest = { 0 };
    struct buf work = { 0 };
    struct err closing = { { 0 } };
    bool ok = false;

    s->options = *options;
    s->folder = mem_strdup(folder);
    s->path = path_join(folder, cell->file);
    s->lock_fd = -1;
    buf_addf(&work, "%s-session", s->path);
    s->work = buf_take(&work);
    ok = manifest_read(&manifest, folder, err) &&
         study_from_manifest(&s->study, manifest.config, err) && open_all(s, cell, err);
    manifest_fini(&manifest);
    if (ok)
        return s;
    session_close(s, &closing);
    return NULL;
}

bool session_close(struct session *s, struct err *err)
{
    bool ok = true;

    if (s == NULL)
        return true;
    session_forget_look(s);
    if (s->household != NULL)
        ok = household_close(s->household, err);
    if (ok && s->roles != NULL && file_exists(s->path) && file_exists(s->work))
        ok = copy_answers(s->work, s->path, err);
    roles_free(s->roles);
    pins_fini(&s->pins);
    paths_free(s->paths);
    map_free(s->map);
    study_fini(&s->study);
    if (s->lock_fd >= 0)
        remove_work(s);
    lock_release(s->path, s->lock_fd);
    free(s->folder);
    free(s->path);
    free(s->work);
    free(s);
    return ok;
}
