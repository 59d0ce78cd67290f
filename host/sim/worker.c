#include "sim/worker.h"

#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "sim/household.h"
#include "store/manifest.h"

enum {
    STEPS_PER_TICK = 16,
    // Households kept open from one day to the next. A closed one is restored from its run file,
    // which takes some milliseconds and gives the same results.
    MOST_OPEN = 48,
    // From so many on, those that wait for the next day give memory back: about half of theirs.
    MANY = 8,
};

// A map that conditions of the study use, loaded once.
struct loaded_map {
    char *name;
    struct map *map;
    struct paths *paths;
};

struct work {
    const struct worker *w;
    struct loaded_map *maps;
    size_t map_count;
    struct pins pins;
    struct household **open; // by cell; NULL: closed
    int *done;               // by cell: finished days; -1: not known yet
    bool *failed;            // by cell
    bool keep_open, many;
    bool any_failed;
};

static int64_t now_ms(void)
{
    struct timespec t = { 0 };

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_stopped(const struct worker *w)
{
    struct pollfd fd = { .fd = w->stop_fd, .events = POLLIN };

    return w->stop_fd >= 0 && poll(&fd, 1, 0) == 1;
}

static bool is_mine(const struct worker *w, size_t cell)
{
    return cell % (size_t)w->jobs == (size_t)w->index;
}

// The map of a cell's condition; NULL with err if it cannot be loaded.
static struct loaded_map *find_map(struct work *work, const struct study_cell *cell,
                                   struct err *err)
{
    struct view name = json_string(json_get(cell->options, "map"));
    struct loaded_map *m = NULL;

    for (size_t i = 0; i < work->map_count; i++) {
        if (view_equal(view_of(work->maps[i].name), name))
            return &work->maps[i];
    }
    work->maps = mem_realloc(work->maps, work->map_count + 1, sizeof(*work->maps));
    m = &work->maps[work->map_count++];
    *m = (struct loaded_map){ .name = mem_strndup(name.data, name.len) };
    m->map = study_load_map(work->w->study, m->name, err);
    if (m->map == NULL)
        return NULL;
    m->paths = paths_new(m->map, PATHS_CACHE_BYTES);
    return m;
}

static void fail(struct work *work, size_t cell, const char *why)
{
    const struct runner_events *events = &work->w->options->events;

    work->failed[cell] = true;
    work->any_failed = true;
    if (events->failed != NULL)
        events->failed(events->user, cell, why);
}

static bool close_cell(struct work *work, size_t cell)
{
    struct err err = { { 0 } };
    struct household *h = work->open[cell];

    work->open[cell] = NULL;
    if (!household_close(h, &err)) {
        fail(work, cell, err.text);
        return false;
    }
    return true;
}

static bool open_cell(struct work *work, size_t cell, struct err *err)
{
    const struct study_cell *c = &work->w->study->cells[cell];
    char *file = manifest_file_name(c->condition, c->persona, c->seed);
    char *path = path_join(work->w->options->out, file), *folder = path_folder(path);
    const struct loaded_map *m = find_map(work, c, err);

    if (m != NULL && file_make_folder(folder, err)) {
        struct household_shared shared = {
            .study = work->w->study, .map = m->map, .paths = m->paths, .map_name = m->name
        };
        work->open[cell] = household_open(&shared, c, path, err);
    }
    if (work->open[cell] != NULL)
        work->done[cell] = household_days(work->open[cell]);
    free(folder);
    free(path);
    free(file);
    return work->open[cell] != NULL;
}

// Steps through the rest of a day. *stopped: the run is to end.
static bool step_day(struct work *work, struct household *h, bool *stopped, struct err *err)
{
    const struct runner_events *events = &work->w->options->events;
    int all = household_steps_per_day(h), told = 0;

    while (household_steps_done(h) < all) {
        if (!household_step(h, err))
            return false;
        if (household_steps_done(h) % STEPS_PER_TICK != 0 && household_steps_done(h) < all)
            continue;
        if (events->steps != NULL)
            events->steps(events->user, household_steps_done(h) - told);
        told = household_steps_done(h);
        if (!household_commit_due(h, now_ms(), err))
            return false;
        if (is_stopped(work->w)) {
            *stopped = true;
            return household_commit(h, err);
        }
    }
    return true;
}

static bool run_day(struct work *work, size_t cell, bool *stopped, struct err *err)
{
    struct household *h = work->open[cell];
    int64_t begun = now_ms();

    return household_begin_day(h, &work->pins.now, err) && step_day(work, h, stopped, err) &&
           (*stopped || household_finish_day(h, (double)(now_ms() - begun), err));
}

// One day of one cell, if that is what comes next for it.
static void do_cell(struct work *work, size_t cell, int day, bool *stopped)
{
    const struct runner_events *events = &work->w->options->events;
    struct err err = { { 0 } };

    if (work->failed[cell] || work->done[cell] >= day)
        return;
    if (work->open[cell] == NULL && !open_cell(work, cell, &err)) {
        fail(work, cell, err.text);
        return;
    }
    if (work->done[cell] >= day) { // from an earlier run
        if (!work->keep_open)
            close_cell(work, cell);
        return;
    }
    if (!pins_day(&work->pins, day, &err) || !run_day(work, cell, stopped, &err)) {
        fail(work, cell, err.text);
        close_cell(work, cell);
        return;
    }
    work->done[cell] = household_days(work->open[cell]);
    if (!*stopped && events->day != NULL)
        events->day(events->user, cell, day);
    if (!work->keep_open || day == work->w->study->days)
        close_cell(work, cell);
    else if (work->many)
        household_rest(work->open[cell]);
}

static bool run_days(struct work *work)
{
    const struct worker *w = work->w;
    const struct runner_options *o = w->options;
    bool stopped = false;

    for (int day = 1; day <= w->study->days && !stopped; day++) {
        for (size_t cell = 0; cell < w->study->cell_count && !stopped; cell++) {
            if (is_mine(w, cell))
                do_cell(work, cell, day, &stopped);
        }
        if (!stopped && o->pause && day < w->study->days && o->events.midnight != NULL)
            stopped = !o->events.midnight(o->events.user, day);
    }
    return !stopped;
}

// What would fail for every cell fails here, before anything is run.
static bool begin(struct work *work, struct err *err)
{
    size_t mine = 0;

    for (size_t cell = 0; cell < work->w->study->cell_count; cell++) {
        mine += is_mine(work->w, cell) ? 1 : 0;
        if (is_mine(work->w, cell) && find_map(work, &work->w->study->cells[cell], err) == NULL)
            return false;
    }
    work->keep_open = mine <= MOST_OPEN;
    work->many = mine >= MANY;
    return mine == 0 || pins_day(&work->pins, 1, err);
}

bool worker_run(const struct worker *w, enum runner_end *end, struct err *err)
{
    struct work work = {
        .w = w,
        .pins = { .study = w->study,
                  .folder = w->options->out,
                  .refused = w->options->events.refused,
                  .refused_user = w->options->events.user },
        .open = mem_calloc(w->study->cell_count, sizeof(*work.open)),
        .done = mem_calloc(w->study->cell_count, sizeof(*work.done)),
        .failed = mem_calloc(w->study->cell_count, sizeof(*work.failed)),
    };
    bool ok = false, finished = false;

    for (size_t cell = 0; cell < w->study->cell_count; cell++)
        work.done[cell] = -1;
    ok = begin(&work, err);
    if (ok)
        finished = run_days(&work);
    for (size_t cell = 0; cell < w->study->cell_count; cell++) {
        if (work.open[cell] != NULL)
            close_cell(&work, cell);
    }
    *end = !finished ? RUNNER_STOPPED : work.any_failed ? RUNNER_FAILED : RUNNER_DONE;
    pins_fini(&work.pins);
    for (size_t i = 0; i < work.map_count; i++) {
        paths_free(work.maps[i].paths);
        map_free(work.maps[i].map);
        free(work.maps[i].name);
    }
    free(work.maps);
    free(work.open);
    free(work.done);
    free(work.failed);
    return ok;
}
