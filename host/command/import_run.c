#include "command/import_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/reverie_run.h"
#include "sim/household.h"
#include "sim/pins.h"
#include "sim/runner.h"
#include "store/manifest.h"
#include "store/reader.h"
#include "world/map.h"
#include "world/paths.h"

// The longest run, in days begun; a study has at least the usual number.
static void count_days(struct import *im, const struct reverie_run *run)
{
    int per_day = reverie_run_steps_per_day(run);
    int days = (int)((run->count + (size_t)per_day - 1) / (size_t)per_day);

    if (days > 14 && days > im->people.days)
        im->people.days = days;
}

bool import_read_runs(struct import *im, struct err *err)
{
    im->runs = mem_calloc(im->people.count, sizeof(*im->runs));
    for (size_t i = 0; i < im->people.count; i++) {
        const struct reverie_person *p = &im->people.people[i];
        if (!p->is_resident || p->storage == NULL || !reverie_run_exists(p->storage))
            continue;
        for (size_t k = 0; k < i; k++) {
            const struct reverie_person *other = &im->people.people[k];
            if (other->is_resident && other->storage != NULL &&
                strcmp(other->storage, p->storage) == 0)
                return err_set(err,
                               "%s: is a run with several residents; only runs with one can be "
                               "imported. Without its movement/ the people are",
                               p->storage);
        }
        if (!reverie_run_read(&im->runs[i], p->storage, p->name, err))
            return false;
        count_days(im, &im->runs[i]);
    }
    return true;
}

static bool has_runs(const struct import *im)
{
    bool any = false;

    for (size_t i = 0; im->runs != NULL && i < im->people.count; i++)
        any = any || im->runs[i].count > 0;
    return any;
}

bool import_check_run_folder(const struct import *im, struct err *err)
{
    char *folder = path_join(im->args->out, "run");
    bool ok = !has_runs(im) || !file_exists(folder);

    if (!ok)
        err_set(err, "%s: is there already; move it away, or name another folder", folder);
    free(folder);
    return ok;
}

// ---- Writing.

struct making {
    const struct import *im;
    struct study study;
    struct pins pins;
    struct map *map;
    struct paths *paths;
    const char *map_name;
    char *folder; // DIR/run
};

static const struct study_cell *find_cell(const struct study *study, const char *persona)
{
    for (size_t i = 0; i < study->cell_count; i++) {
        if (strcmp(study->cells[i].persona, persona) == 0)
            return &study->cells[i];
    }
    return NULL;
}

static bool check_tiles(const struct making *m, const struct reverie_run *run, struct err *err)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct reverie_step *s = &run->steps[i];
        if (s->x < 0 || s->y < 0 || (uint32_t)s->x >= map_width(m->map) ||
            (uint32_t)s->y >= map_height(m->map))
            return err_set(err,
                           "step %zu is on tile (%d, %d), which %s does not have (%u x %u); import "
                           "the run's own map with --map",
                           i, s->x, s->y, m->map_name, map_width(m->map), map_height(m->map));
    }
    return true;
}

// An empty run file, just as a simulation would begin it.
static struct writer *create(const struct making *m, const struct study_cell *cell,
                             const char *path, struct err *err)
{
    const struct household_shared shared = {
        .study = &m->study, .map = m->map, .paths = m->paths, .map_name = m->map_name
    };
    struct household *h = household_open(&shared, cell, path, err);
    struct reader *reader = NULL;
    struct writer *w = NULL;

    if (h == NULL || !household_close(h, err))
        return NULL;
    reader = reader_open(path, err);
    if (reader != NULL)
        w = writer_open(path, reader_info(reader), err);
    reader_close(reader);
    return w;
}

// The texts of the day, without the personas of others.
static bool begin_day(struct making *m, struct writer *w, int day, const char *persona,
                      struct err *err)
{
    struct text_set own = { 0 };
    struct buf path = { 0 };
    bool ok = pins_day(&m->pins, day, err);

    buf_addf(&path, "personas/%s.lua", persona);
    for (size_t i = 0; ok && i < m->pins.now.set.count; i++) {
        const struct pinned_text *file = m->pins.now.set.files[i];
        if (strncmp(file->path, "personas/", strlen("personas/")) == 0 &&
            strcmp(file->path, buf_str(&path)) != 0)
            continue;
        ok = text_set_add(&own, file->path, buf_view(&file->text), err);
    }
    ok = ok && writer_begin_day(w, day, &own, err);
    text_set_fini(&own);
    buf_fini(&path);
    return ok;
}

static bool write_days(struct making *m, const struct reverie_run *run, struct writer *w,
                       const struct study_cell *cell, struct err *err)
{
    const struct json *rank = json_get(json_get(cell->options, "assistant"), "rank");
    int per_day = reverie_run_steps_per_day(run), whole = reverie_run_days(run);
    int days = (int)((run->count + (size_t)per_day - 1) / (size_t)per_day);
    struct buf state = { 0 };
    bool ok = true;

    for (int day = 1; ok && day <= days; day++) {
        ok = begin_day(m, w, day, cell->persona, err) &&
             reverie_run_write_day(run, w, day, json_bool(rank) ? 2 : 1, err);
        if (!ok || day > whole)
            break;
        buf_clear(&state);
        reverie_run_state(run, day, &state);
        ok = writer_finish_day(w, buf_view(&state), NULL, 0, 0, err);
    }
    buf_fini(&state);
    return ok;
}

static bool write_run(struct making *m, size_t person, struct err *err)
{
    const struct reverie_person *p = &m->im->people.people[person];
    const struct reverie_run *run = &m->im->runs[person];
    const struct study_cell *cell = find_cell(&m->study, p->id);
    struct err closing = { { 0 } };
    struct writer *w = NULL;
    char *file = NULL, *path = NULL, *parent = NULL;
    bool ok = false;

    if (cell == NULL)
        return err_set(err, "the study has no run of %s", p->id);
    file = manifest_file_name(cell->condition, cell->persona, cell->seed);
    path = path_join(m->folder, file);
    parent = path_folder(path);
    ok = check_tiles(m, run, err) && file_make_folder(parent, err);
    if (ok)
        w = create(m, cell, path, err);
    ok = w != NULL && write_days(m, run, w, cell, err);
    if (!writer_close(w, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    free(parent);
    free(path);
    free(file);
    return ok ? true : err_wrap(err, "%s", p->storage);
}

static bool open_study(struct making *m, struct err *err)
{
    char *path = path_join(m->im->args->out, "study.lua");
    bool resumed = false;
    bool ok = study_load(&m->study, path, NULL, 0, err) &&
              runner_prepare(&m->study, m->folder, &resumed, err);

    free(path);
    if (!ok)
        return false;
    m->map_name = json_string(json_get(m->study.cells[0].options, "map")).data;
    m->map = study_load_map(&m->study, m->map_name, err);
    if (m->map == NULL)
        return false;
    m->paths = paths_new(m->map, 0);
    m->pins = (struct pins){ .study = &m->study, .folder = m->folder };
    return true;
}

bool import_write_runs(const struct import *im, struct err *err)
{
    struct making m = { .im = im };
    bool ok = true;

    if (!has_runs(im))
        return true;
    m.folder = path_join(im->args->out, "run");
    ok = open_study(&m, err);
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (im->runs[i].count > 0)
            ok = write_run(&m, i, err);
    }
    pins_fini(&m.pins);
    paths_free(m.paths);
    map_free(m.map);
    study_fini(&m.study);
    free(m.folder);
    return ok;
}

// ---- Telling.

static void print_run(const struct import *im, size_t person)
{
    const struct reverie_person *p = &im->people.people[person];
    const struct reverie_run *run = &im->runs[person];
    int per_day = reverie_run_steps_per_day(run), days = reverie_run_days(run);
    size_t rest = run->count - (size_t)days * (size_t)per_day, suggestions = 0;

    for (size_t i = 0; i < run->count; i++)
        suggestions += run->steps[i].suggestion != NULL;
    printf("%s: %zu steps imported, %d whole days%s, %zu suggestions\n", p->id, run->count, days,
           rest > 0 ? " and a part of one" : "", suggestions);
    if (run->compressed)
        printf("  compressed: holds no suggestions and ratings; a report has nothing to count\n");
    if (run->odd_scores > 0)
        printf("  %zu ratings are no whole number from 0 to 4; they count as failed\n",
               run->odd_scores);
    if (run->chats > 0)
        printf("  conversations of %zu steps are not imported\n", run->chats);
    if (im->map == NULL && run->map == NULL)
        printf("  tiles are those of the original's map, and are shown on ours; --map imports "
               "theirs\n");
    if (days == 0)
        printf("  resume: there is no finished day to go on from; the run begins anew\n");
    else
        printf(
            "  resume: goes on from the midnight after day %d with positions, memories and known "
            "places; plans begin anew, and what a model learned is not in these files\n",
            days);
    if (rest > 0)
        printf("  resume: the %zu steps of the unfinished day are simulated again\n", rest);
}

void import_print_runs(const struct import *im)
{
    if (!has_runs(im))
        return;
    for (size_t i = 0; i < im->people.count; i++) {
        if (im->runs[i].count > 0)
            print_run(im, i);
    }
}

void import_free_runs(struct import *im)
{
    for (size_t i = 0; im->runs != NULL && i < im->people.count; i++)
        reverie_run_fini(&im->runs[i]);
    free(im->runs);
}
