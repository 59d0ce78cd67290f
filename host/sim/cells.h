#pragma once
// The households of one process: which cells of a study are its own, how far each has come, and
// those that are open. Shared by the two ways to run a day: alone.c and together.c.

#include "sim/household.h"
#include "sim/worker.h"

struct cells {
    const struct worker *w;
    struct roles *roles; // NULL: every role is offline
    struct pool *heap;   // of all scripts, so that what one gives back serves the others
    struct loaded_map *maps;
    size_t map_count;
    struct pins pins;
    struct household **open; // by cell; NULL: closed
    int *done;               // by cell: finished days; -1: not known yet
    bool *failed;            // by cell
    bool keep_open, many;
    bool any_failed;
    int phase; // of the study that is running; cells of others do not begin
};

/// What would fail for every cell fails here, before anything is run. cells_fini in any case.
bool cells_init(struct cells *c, const struct worker *w, struct roles *roles,
                struct err *err) NODISCARD;
/// Closes all that are open.
void cells_fini(struct cells *c);

bool cells_is_mine(const struct cells *c, size_t cell);
/// Tells that the household failed, and leaves it alone from now on; closes it.
void cells_fail(struct cells *c, size_t cell, const char *why);
/// Opens the household if `day` comes next for it and the texts of the day are there. False: it
/// does not (*open[cell] is as keep_open says), or it failed.
bool cells_begin(struct cells *c, size_t cell, int day);
/// The household has finished its day.
void cells_finished(struct cells *c, size_t cell, int day);

/// Has the run been told to end?
bool cells_are_stopped(const struct cells *c);
