#include "sim/alone.h"

#include "base/clock.h"

enum { STEPS_PER_TICK = 16 };

// Steps through the rest of a day. *stopped: the run is to end.
static bool step_day(struct cells *c, struct household *h, bool *stopped, struct err *err)
{
    const struct runner_events *events = &c->w->options->events;
    int all = household_steps_per_day(h), told = 0;

    while (household_steps_done(h) < all) {
        if (!household_step(h, err))
            return false;
        if (household_steps_done(h) % STEPS_PER_TICK != 0 && household_steps_done(h) < all)
            continue;
        if (events->steps != NULL)
            events->steps(events->user, household_steps_done(h) - told);
        told = household_steps_done(h);
        if (!household_commit_due(h, clock_ms(), err))
            return false;
        if (cells_are_stopped(c)) {
            *stopped = true;
            return household_commit(h, err);
        }
    }
    return true;
}

static bool run_day(struct cells *c, struct household *h, bool *stopped, struct err *err)
{
    int64_t begun = clock_ms();

    if (!household_begin_day(h, &c->pins.now, err) || !step_day(c, h, stopped, err))
        return false;
    return *stopped || (household_end_day(h, err) &&
                        household_finish_day(h, (double)(clock_ms() - begun), err));
}

void alone_day(struct cells *c, int day, bool *stopped)
{
    for (size_t cell = 0; cell < c->w->study->cell_count && !*stopped; cell++) {
        struct err err = { { 0 } };
        if (!cells_is_mine(c, cell) || !cells_begin(c, cell, day))
            continue;
        if (!run_day(c, c->open[cell], stopped, &err))
            cells_fail(c, cell, err.text);
        else if (!*stopped)
            cells_finished(c, cell, day);
    }
}
