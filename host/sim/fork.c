#include "sim/fork.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "sim/find_run.h"
#include "sim/runner.h"
#include "sim/study_change.h"
#include "store/copy.h"
#include "store/digest.h"
#include "store/reader.h"
#include "store/texts.h"
#include "text/json.h"

enum { STUDY_FILE_BYTES = 16 << 20 };

struct forking {
    const struct fork_request *request;
    char *folder; // of the original
    struct manifest manifest;
    size_t only; // SIZE_MAX: all runs
    struct study study;
};

static bool is_wanted(const struct forking *f, size_t cell)
{
    return f->only == SIZE_MAX || f->only == cell;
}

// Everything that can be wrong with a run is found before anything is written.
static bool check_run(const struct forking *f, size_t cell, struct err *err)
{
    char *path = path_join(f->folder, f->manifest.cells[cell].file);
    bool ok =
        (f->request->day == 0 && !file_exists(path)) || copy_can_fork(path, f->request->day, err);

    free(path);
    return ok;
}

static bool copy_texts(const struct forking *f, struct err *err)
{
    bool ok = true;

    for (int day = 1; ok && day <= f->request->day; day++) {
        struct text_set mine = { 0 }, out = { 0 };
        bool found = false, first = false;
        ok = texts_read_pinned(f->folder, day, &mine, &found, err);
        if (ok && !found)
            ok = err_set(err, "%s: the texts of day %d are missing", f->folder, day);
        ok = ok && texts_pin(f->request->out, day, &mine, &out, &first, err);
        text_set_fini(&mine);
        text_set_fini(&out);
    }
    return ok;
}

// What a fork's run file says of where it comes from.
static bool describe_parent(const struct forking *f, const char *path, struct buf *out,
                            struct err *err)
{
    struct reader *reader = reader_open(path, err);
    struct digest digest;
    char hex[HASH_HEX_BYTES];
    bool ok = reader != NULL && digest_run(reader, &digest, err);

    reader_close(reader);
    if (!ok)
        return false;
    hash_hex(&digest.hash, hex);
    buf_addf(out, "{\"day\":%d,\"digest\":\"%s\",\"file\":", f->request->day, hex);
    json_add_string(out, view_of(path));
    buf_add_char(out, '}');
    return true;
}

static bool copy_cell(const struct forking *f, size_t at, struct err *err)
{
    const struct manifest_cell *cell = &f->manifest.cells[at];
    const struct study_cell *mine = study_find_cell(&f->study, cell);
    char *from = path_join(f->folder, cell->file), *to = path_join(f->request->out, cell->file);
    char *folder = path_folder(to);
    struct buf parent = { 0 };
    struct copy_fork fork = { .day = f->request->day };
    bool ok = true;

    if (mine == NULL)
        ok = err_set(err, "%s: is no run of its study", from);
    if (ok && file_exists(from)) {
        ok = file_make_folder(folder, err) && describe_parent(f, from, &parent, err);
        fork.config = ok ? mine->run_config : NULL;
        fork.parent = buf_str(&parent);
        ok = ok && copy_run_until(from, to, &fork, err);
    }
    buf_fini(&parent);
    free(folder);
    free(from);
    free(to);
    return ok;
}

static bool check_out(const char *out, struct err *err)
{
    struct file_list list = { 0 };
    bool empty = true;

    if (!file_exists(out))
        return true;
    if (!file_list_folder(&list, out, err))
        return false;
    empty = list.count == 0;
    file_list_free(&list);
    return empty ? true : err_set(err, "%s: is not empty; choose another folder with -o", out);
}

// What the study expects of its results is read from the copy of its file.
static bool copy_study_file(const struct forking *f, struct err *err)
{
    char *from = path_join(f->folder, STUDY_FILE), *to = path_join(f->request->out, STUDY_FILE);
    struct buf text = { 0 };
    bool ok = true;

    if (f->only == SIZE_MAX && file_exists(from))
        ok = file_read(&text, from, STUDY_FILE_BYTES, err) && file_write(to, buf_view(&text), err);
    buf_fini(&text);
    free(from);
    free(to);
    return ok;
}

static bool make(struct forking *f, size_t *runs, struct err *err)
{
    bool ok = check_out(f->request->out, err);

    *runs = 0;
    for (size_t i = 0; ok && i < f->manifest.cell_count; i++)
        ok = !is_wanted(f, i) || check_run(f, i, err);
    ok = ok && file_make_folder(f->request->out, err) && copy_texts(f, err) &&
         copy_study_file(f, err);
    for (size_t i = 0; ok && i < f->manifest.cell_count; i++) {
        if (!is_wanted(f, i))
            continue;
        ok = copy_cell(f, i, err);
        *runs += 1;
    }
    return ok && runner_write_manifest(&f->study, f->request->out, err); // last: now it is a study
}

static bool days_of(const struct manifest *m, int *days, struct err *err)
{
    struct json *config = json_parse(view_of(m->config), err);
    int64_t number = 0;
    bool ok = config != NULL && json_want_int(config, "days", 1, INT_MAX, &number, err);

    *days = (int)number;
    json_free(config);
    return ok;
}

bool fork_make(const struct fork_request *request, size_t *runs, struct err *err)
{
    struct forking f = { .request = request };
    struct study_fork change = { .day = request->day + 1,
                                 .days = request->days,
                                 .settings = request->settings,
                                 .setting_count = request->setting_count };
    bool ok = find_run(request->from, &f.folder, &f.manifest, &f.only, err);

    if (ok && change.days == 0)
        ok = days_of(&f.manifest, &change.days, err);
    if (ok && change.days <= request->day)
        ok = err_set(err, "the fork keeps %d days, so it needs more than %d in all: give --days",
                     request->day, change.days);
    if (ok && f.only != SIZE_MAX)
        change.only = &f.manifest.cells[f.only];
    ok = ok && study_make_fork(&f.study, &f.manifest, &change, err) && make(&f, runs, err);
    study_fini(&f.study);
    manifest_fini(&f.manifest);
    free(f.folder);
    return ok;
}
