#include "sim/runner.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "sim/calls.h"
#include "sim/crew.h"
#include "sim/pins.h"
#include "sim/start.h"
#include "sim/worker.h"
#include "store/manifest.h"
#include "store/reader.h"

// The study file is kept beside its results: what it expects of them is read from there.
static bool keep_study_file(const struct study *study, const char *out, struct err *err)
{
    char *path = path_join(out, STUDY_FILE);
    bool ok = study->text == NULL || file_write(path, view_of(study->text), err);

    free(path);
    return ok;
}

bool runner_write_manifest(const struct study *study, const char *out, struct err *err)
{
    struct manifest m = { 0 };
    char *config = study_manifest(study);
    bool ok = file_make_folder(out, err);

    manifest_init(&m, study->name, config);
    for (size_t i = 0; ok && i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        ok = manifest_add(&m, c->condition, c->persona, c->seed, err);
    }
    ok = ok && keep_study_file(study, out, err) && manifest_write(&m, out, err);
    manifest_fini(&m);
    free(config);
    return ok;
}

// Equal but for what may change on the way: where the models are asked, with which limits.
static bool is_same(const struct study *a, const struct study *b, bool *same, struct err *err)
{
    struct buf x = { 0 }, y = { 0 };
    bool ok = roles_add_identity(a, &x, err) && roles_add_identity(b, &y, err);

    *same = ok && view_equal(buf_view(&x), buf_view(&y));
    buf_fini(&x);
    buf_fini(&y);
    return ok;
}

// Is what lies in `out` this study? Its days may differ.
static bool compare_manifest(const struct study *study, const char *out, struct err *err)
{
    struct manifest m = { 0 };
    struct study there = { 0 };
    bool ok = false;

    if (!manifest_read(&m, out, err))
        return false;
    if (!study_from_manifest(&there, m.config, err)) {
        err_wrap(err, "%s/study.json", out);
        goto done;
    }
    if (!is_same(&there, study, &ok, err))
        goto done;
    if (!ok)
        err_set(err,
                "%s: holds a different study ('%s'%s); choose another folder with -o, or go on "
                "with that one: propersim resume %s",
                out, there.name,
                strcmp(there.name, study->name) == 0 ? " with other options or personas" : "", out);
done:
    study_fini(&there);
    manifest_fini(&m);
    return ok;
}

bool runner_prepare(const struct study *study, const char *out, bool *resumed, struct err *err)
{
    struct file_list list = { 0 };
    bool empty = true;

    *resumed = manifest_exists(out);
    if (*resumed)
        return compare_manifest(study, out, err) && runner_write_manifest(study, out, err);
    if (file_exists(out)) {
        if (!file_list_folder(&list, out, err))
            return false;
        empty = list.count == 0;
        file_list_free(&list);
    }
    if (!empty)
        return err_set(err, "%s: is not empty and holds no study; choose another folder with -o",
                       out);
    return start_check(study, out, err) && runner_write_manifest(study, out, err);
}

// The least number of days that a household of the study has finished.
static bool least_days(const struct study *study, const char *out, int *least, struct err *err)
{
    bool ok = true;

    *least = study->days;
    for (size_t i = 0; ok && i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        char *file = manifest_file_name(c->condition, c->persona, c->seed);
        char *path = path_join(out, file);
        int days = 0;
        if (file_exists(path)) {
            struct reader *reader = reader_open(path, err);
            ok = reader != NULL && reader_progress(reader, &days, NULL, err);
            reader_close(reader);
        }
        if (days < *least)
            *least = days;
        free(path);
        free(file);
    }
    return ok;
}

bool runner_new_texts(const struct study *study, const char *out, int *day, bool *changed,
                      struct err *err)
{
    struct pins pins = { .study = study, .folder = out };
    int least = 0;
    bool ok = least_days(study, out, &least, err);

    *day = least < study->days ? least + 1 : 0;
    *changed = false;
    ok = ok && (*day == 0 || pins_replace(&pins, *day, NULL, changed, err));
    pins_fini(&pins);
    return ok;
}

// From here on SIGINT and SIGTERM do not end the process: they make *fd readable.
static bool catch_signals(int *fd, sigset_t *before, struct err *err)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, before);
    *fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return *fd >= 0 ? true : err_set(err, "signals cannot be watched");
}

// The budget of the study, less what it has used before. Made here, since jobs share it.
static bool make_budget(const struct study *study, struct runner_options *options, struct err *err)
{
    struct calls_total total = { 0 };

    if (!roles_needed(study) || options->meter != NULL)
        return true;
    if (!calls_count(study, options->out, &total, err))
        return false;
    options->roles.budget = budget_new(&options->roles.limits, &total.spent, err);
    return options->roles.budget != NULL;
}

bool runner_run(const struct study *study, const struct runner_options *wanted,
                enum runner_end *end, struct err *err)
{
    struct runner_options mine = *wanted, *options = &mine;
    sigset_t before;
    int stop_fd = -1;
    bool ok = false;

    if (!make_budget(study, options, err))
        return false;
    ok = catch_signals(&stop_fd, &before, err);

    if (ok && options->jobs > 1) {
        ok = crew_run(study, options, stop_fd, end, err);
    } else if (ok) {
        struct worker w = { .study = study, .options = options, .jobs = 1, .stop_fd = stop_fd };
        ok = worker_run(&w, end, err);
    }
    if (stop_fd >= 0) {
        struct signalfd_siginfo taken;
        while (read(stop_fd, &taken, sizeof(taken)) > 0)
            continue; // or it would end the process as soon as the mask is as before
        close(stop_fd);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    budget_free(options->roles.budget);
    return ok;
}
