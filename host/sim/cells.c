#include "sim/cells.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "store/manifest.h"

enum {
    // Households kept open from one day to the next, at 3 to 5 MB each. A closed one is restored
    // from its run file, which gives the same results and takes as long as a sixth of a day.
    MOST_OPEN = 128,
    MOST_OPEN_WAITING = 512, // of those that wait for models
    // From so many on, those that wait for the next day give memory back: about half of theirs.
    MANY = 8,
};

// A map that conditions of the study use, loaded once.
struct loaded_map {
    char *name;
    struct map *map;
    struct paths *paths;
};

bool cells_are_stopped(const struct cells *c)
{
    struct pollfd fd = { .fd = c->w->stop_fd, .events = POLLIN };

    return c->w->stop_fd >= 0 && poll(&fd, 1, 0) == 1;
}

bool cells_is_mine(const struct cells *c, size_t cell)
{
    return cell % (size_t)c->w->jobs == (size_t)c->w->index;
}

// The map of a cell's condition; NULL with err if it cannot be loaded.
static struct loaded_map *find_map(struct cells *c, const struct study_cell *cell, struct err *err)
{
    struct view name = json_string(json_get(cell->options, "map"));
    struct loaded_map *m = NULL;

    for (size_t i = 0; i < c->map_count; i++) {
        if (view_equal(view_of(c->maps[i].name), name))
            return &c->maps[i];
    }
    c->maps = mem_realloc(c->maps, c->map_count + 1, sizeof(*c->maps));
    m = &c->maps[c->map_count++];
    *m = (struct loaded_map){ .name = mem_strndup(name.data, name.len) };
    m->map = study_load_map(c->w->study, m->name, err);
    if (m->map == NULL)
        return NULL;
    m->paths = paths_new(m->map, PATHS_CACHE_BYTES);
    return m;
}

static char *run_path(const struct cells *c, size_t number)
{
    const struct study_cell *cell = &c->w->study->cells[number];
    char *file = manifest_file_name(cell->condition, cell->persona, cell->seed);
    char *path = path_join(c->w->options->out, file);

    free(file);
    return path;
}

// Why a household failed, beside its run file, for those who only see the files: `why` is NULL once
// it is tried again. Nothing rests on it, so it may fail.
static void note_failure(const struct cells *c, size_t cell, const char *why)
{
    struct buf name = { 0 };
    struct err lost = { { 0 } };
    char *path = run_path(c, cell);

    buf_addf(&name, "%s-failed", path);
    if (why == NULL)
        unlink(buf_str(&name));
    else
        (void)!file_write(buf_str(&name), view_of(why), &lost);
    buf_fini(&name);
    free(path);
}

static void tell_failed(struct cells *c, size_t cell, const char *why)
{
    const struct runner_events *events = &c->w->options->events;

    c->failed[cell] = true;
    c->any_failed = true;
    note_failure(c, cell, why);
    if (events->failed != NULL)
        events->failed(events->user, cell, why);
}

static void close_cell(struct cells *c, size_t cell)
{
    struct err err = { { 0 } };
    struct household *h = c->open[cell];

    c->open[cell] = NULL;
    if (h != NULL && !household_close(h, &err))
        tell_failed(c, cell, err.text);
}

void cells_fail(struct cells *c, size_t cell, const char *why)
{
    tell_failed(c, cell, why);
    close_cell(c, cell);
}

static bool open_cell(struct cells *c, size_t number, struct err *err)
{
    const struct study_cell *cell = &c->w->study->cells[number];
    char *path = run_path(c, number), *folder = path_folder(path);
    const struct loaded_map *m = find_map(c, cell, err);

    if (m != NULL && file_make_folder(folder, err)) {
        struct household_shared shared = { .study = c->w->study,
                                           .map = m->map,
                                           .paths = m->paths,
                                           .map_name = m->name,
                                           .roles = c->roles,
                                           .meter = c->w->options->meter,
                                           .heap = c->heap,
                                           .ear = c->w->options->ear };
        c->open[number] = household_open(&shared, cell, path, err);
    }
    if (c->open[number] != NULL)
        c->done[number] = household_days(c->open[number]);
    note_failure(c, number, NULL);
    free(folder);
    free(path);
    return c->open[number] != NULL;
}

bool cells_begin(struct cells *c, size_t cell, int day)
{
    struct err err = { { 0 } };

    if (c->failed[cell] || c->done[cell] >= day || c->w->study->cells[cell].phase != c->phase)
        return false;
    if (c->open[cell] == NULL && !open_cell(c, cell, &err)) {
        cells_fail(c, cell, err.text);
        return false;
    }
    if (c->done[cell] >= day) { // from an earlier run
        if (!c->keep_open)
            close_cell(c, cell);
        return false;
    }
    if (pins_day(&c->pins, day, &err))
        return true;
    cells_fail(c, cell, err.text);
    return false;
}

void cells_finished(struct cells *c, size_t cell, int day)
{
    const struct runner_events *events = &c->w->options->events;

    c->done[cell] = household_days(c->open[cell]);
    if (events->day != NULL)
        events->day(events->user, cell, day);
    if (!c->keep_open || day == c->w->study->days)
        close_cell(c, cell);
    else if (c->many)
        household_rest(c->open[cell]);
}

bool cells_init(struct cells *c, const struct worker *w, struct roles *roles, struct err *err)
{
    size_t count = w->study->cell_count, mine = 0;

    *c = (struct cells){ .w = w,
                         .roles = roles,
                         .heap = pool_new(),
                         .pins = { .study = w->study,
                                   .folder = w->options->out,
                                   .refused = w->options->events.refused,
                                   .refused_user = w->options->events.user },
                         .open = mem_calloc(count, sizeof(*c->open)),
                         .done = mem_calloc(count, sizeof(*c->done)),
                         .failed = mem_calloc(count, sizeof(*c->failed)) };
    for (size_t cell = 0; cell < count; cell++) {
        c->done[cell] = -1;
        mine += cells_is_mine(c, cell) ? 1 : 0;
        if (cells_is_mine(c, cell) && find_map(c, &w->study->cells[cell], err) == NULL)
            return false;
    }
    c->keep_open = mine <= (roles != NULL ? MOST_OPEN_WAITING : MOST_OPEN);
    c->many = mine >= MANY;
    return mine == 0 || pins_day(&c->pins, 1, err);
}

void cells_fini(struct cells *c)
{
    for (size_t cell = 0; cell < c->w->study->cell_count; cell++)
        close_cell(c, cell);
    pool_free(c->heap);
    pins_fini(&c->pins);
    for (size_t i = 0; i < c->map_count; i++) {
        paths_free(c->maps[i].paths);
        map_free(c->maps[i].map);
        free(c->maps[i].name);
    }
    free(c->maps);
    free(c->open);
    free(c->done);
    free(c->failed);
}
