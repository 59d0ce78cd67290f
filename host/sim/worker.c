#include "sim/worker.h"

#include <stdlib.h>

#include "base/file.h"
#include "sim/alone.h"
#include "sim/cells.h"
#include "sim/together.h"

static bool run_days(struct cells *c, bool *stopped, struct err *err)
{
    const struct runner_options *o = c->w->options;
    int days = c->w->study->days;

    for (int day = 1; day <= days && !*stopped; day++) {
        if (c->roles == NULL)
            alone_day(c, day, stopped);
        else if (!together_day(c, day, stopped, err))
            return false;
        if (!*stopped && o->pause && day < days && o->events.midnight != NULL)
            *stopped = !o->events.midnight(o->events.user, day);
    }
    return true;
}

// All phases of the study, each to its last day. Other processes finish a phase too before the next
// begins.
static bool run_phases(struct cells *c, bool *stopped, struct err *err)
{
    const struct runner_events *events = &c->w->options->events;
    int phases = c->w->study->phase_count;

    for (c->phase = 0; c->phase < phases && !*stopped; c->phase++) {
        if (!run_days(c, stopped, err))
            return false;
        if (!*stopped && c->phase + 1 < phases && events->phase != NULL)
            *stopped = !events->phase(events->user, c->phase);
    }
    return true;
}

// The endpoints of the study; *roles is NULL if there are none.
static bool open_roles(const struct worker *w, struct roles **roles, struct err *err)
{
    struct roles_options o = w->options->roles;
    char *exec_log = NULL, *replies = NULL;

    *roles = NULL;
    if (!roles_needed(w->study) || w->options->meter != NULL)
        return true;
    o.index = w->index;
    o.jobs = w->jobs;
    exec_log = path_join(w->options->out, EXEC_LOG);
    o.exec_log = exec_log;
    replies = path_join(w->options->out, STUDY_REPLIES);
    if (o.replies_path == NULL && (o.replies != REPLIES_REPLAY || file_exists(replies)))
        o.replies_path = replies;
    *roles = roles_new(w->study, &o, err);
    free(replies);
    free(exec_log);
    return *roles != NULL;
}

bool worker_run(const struct worker *w, enum runner_end *end, struct err *err)
{
    struct cells cells = { .w = w };
    struct roles *roles = NULL;
    bool ok = false, stopped = false;

    if (!open_roles(w, &roles, err))
        return false;
    ok = cells_init(&cells, w, roles, err) && run_phases(&cells, &stopped, err);
    *end = stopped ? RUNNER_STOPPED : RUNNER_DONE;
    cells_fini(&cells); // may fail a household, when its file cannot be closed
    if (!stopped && cells.any_failed)
        *end = RUNNER_FAILED;
    roles_free(roles);
    return ok;
}
