#include "command/import_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "sim/household.h"
#include "sim/pins.h"
#include "sim/runner.h"
#include "store/manifest.h"
#include "store/reader.h"
#include "text/json.h"
#include "world/map.h"
#include "world/paths.h"

bool import_check_run_folder(const struct import *im, struct err *err)
{
    char *folder = path_join(im->args->out, "run");
    bool ok = im->run_count == 0 || !file_exists(folder);

    if (!ok)
        err_set(err, "%s: is there already; move it away, or name another folder", folder);
    free(folder);
    return ok;
}

struct making {
    struct import *im;
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

bool import_check_tiles(const struct import *im, const struct import_run *run,
                        const struct map *map, const char *map_name, struct err *err)
{
    for (size_t i = 0; i < run->run.resident_count; i++) {
        const struct reverie_resident *r = &run->run.residents[i];
        for (size_t n = 0; n < r->step_count; n++) {
            const struct reverie_step *s = &r->steps[n];
            if (s->x < 0 || s->y < 0 || (uint32_t)s->x >= map_width(map) ||
                (uint32_t)s->y >= map_height(map))
                return err_set(err,
                               "%s: in step %zu on tile (%d, %d), which %s does not have (%u x "
                               "%u); %s",
                               r->name, n, s->x, s->y, map_name, map_width(map), map_height(map),
                               im->map != NULL ? "--map names another map than the run's own"
                                               : "import the run's own map with --map");
        }
    }
    return true;
}

void import_find_ways(const struct import *im, struct import_run *run, const struct map *map,
                      struct paths *paths)
{
    if (im->map != NULL || im->run_map != NULL)
        reverie_run_find_ways(&run->run, map, paths);
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

// Is this the persona file of somebody who is not in the run?
static bool is_others(const struct reverie_rows *rows, const char *path)
{
    static const char folder[] = "personas/";
    bool others = strncmp(path, folder, strlen(folder)) == 0;

    for (size_t i = 0; others && i < rows->run->resident_count; i++) {
        struct buf own = { 0 };
        buf_addf(&own, "%s%s.lua", folder, rows->personas[i]);
        others = strcmp(path, buf_str(&own)) != 0;
        buf_fini(&own);
    }
    return others;
}

// The texts of the day, without the personas of others.
static bool begin_day(struct making *m, struct writer *w, int day, const struct reverie_rows *rows,
                      struct err *err)
{
    struct text_set own = { 0 };
    bool ok = pins_day(&m->pins, day, err);

    for (size_t i = 0; ok && i < m->pins.now.set.count; i++) {
        const struct pinned_text *file = m->pins.now.set.files[i];
        if (!is_others(rows, file->path))
            ok = text_set_add(&own, file->path, buf_view(&file->text), err);
    }
    ok = ok && writer_begin_day(w, day, &own, err);
    text_set_fini(&own);
    return ok;
}

bool import_note_origin(const struct import_run *run, struct writer *w, struct err *err)
{
    char *from = reverie_source_name(run->storage);
    bool ok =
        writer_set_note(w, "imported_days", value_int(reverie_run_days(&run->run)), err) &&
        writer_set_note(w, "imported_from", value_text(view_of(from)), err) &&
        (!run->run.compressed || writer_set_note(w, "imported_compressed", value_int(1), err));

    free(from);
    return ok;
}

static bool write_days(struct making *m, const struct reverie_rows *rows, struct writer *w,
                       struct err *err)
{
    const struct reverie_run *run = rows->run;
    int whole = reverie_run_days(run), days = reverie_run_days_begun(run);
    struct buf state = { 0 };
    bool ok = true;

    for (int day = 1; ok && day <= days; day++) {
        ok = begin_day(m, w, day, rows, err) && reverie_run_write_day(rows, w, day, err);
        if (!ok || day > whole)
            break;
        buf_clear(&state);
        reverie_run_state(rows, day, &state);
        ok = writer_finish_day(w, buf_view(&state), NULL, 0, 0, err);
    }
    buf_fini(&state);
    return ok;
}

static bool write_cell(struct making *m, struct import_run *run, const struct study_cell *cell,
                       const struct reverie_rows *rows, struct err *err)
{
    char *file = manifest_file_name(cell->condition, cell->persona, cell->seed);
    char *path = path_join(m->folder, file), *parent = path_folder(path);
    struct err closing = { { 0 } };
    struct writer *w = NULL;
    bool ok =
        import_check_tiles(m->im, run, m->map, m->map_name, err) && file_make_folder(parent, err);

    import_find_ways(m->im, run, m->map, m->paths);
    if (ok)
        w = create(m, cell, path, err);
    ok = w != NULL && import_note_origin(run, w, err) && write_days(m, rows, w, err);
    if (!writer_close(w, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    free(parent);
    free(path);
    free(file);
    return ok;
}

static bool write_run(struct making *m, struct import_run *run, struct err *err)
{
    const char **ids = mem_calloc(run->count, sizeof(*ids));
    struct reverie_rows rows = { .run = &run->run, .personas = ids, .slot = 1 };
    const struct study_cell *cell = NULL;
    const struct json *rank = NULL;
    struct buf household = { 0 };
    bool ok = false;

    for (size_t i = 0; i < run->count; i++) {
        ids[i] = m->im->people.people[run->people[i]].id;
        buf_addf(&household, "%s%s", i > 0 ? "+" : "", ids[i]);
    }
    cell = find_cell(&m->study, buf_str(&household));
    if (cell != NULL) {
        rank = json_get(json_get(cell->options, "assistant"), "rank");
        rows.slot = json_bool(rank) ? 2 : 1;
        ok = write_cell(m, run, cell, &rows, err);
    } else {
        err_set(err, "the study has no run of %s", buf_str(&household));
    }
    buf_fini(&household);
    free(ids);
    return ok ? true : err_wrap(err, "%s", run->storage);
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
    m->paths = paths_new(m->map, PATHS_CACHE_BYTES);
    m->pins = (struct pins){ .study = &m->study, .folder = m->folder };
    return true;
}

bool import_write_runs(struct import *im, struct err *err)
{
    struct making m = { .im = im };
    bool ok = true;

    if (im->run_count == 0)
        return true;
    if (import_is_replay(im))
        return import_write_replay(im, err);
    m.folder = path_join(im->args->out, "run");
    ok = open_study(&m, err);
    for (size_t i = 0; ok && i < im->run_count; i++)
        ok = write_run(&m, &im->runs[i], err);
    pins_fini(&m.pins);
    paths_free(m.paths);
    map_free(m.map);
    study_fini(&m.study);
    free(m.folder);
    return ok;
}

void import_free_runs(struct import *im)
{
    for (size_t i = 0; i < im->run_count; i++) {
        reverie_run_fini(&im->runs[i].run);
        free(im->runs[i].people);
        free(im->runs[i].ids);
    }
    free(im->runs);
}
