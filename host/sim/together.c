#include "sim/together.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
    STEPS_PER_TURN = 8,      // of a household that has nothing to wait for, before others go on
    MOST_TOGETHER = 512,     // households in the same day at the same time
    LOOK_EVERY_MS = 100,     // at commits and at what may stop the run
    LAST_ANSWERS_MS = 60000, // how long to wait for what is under way when the run ends
};

// A household in this day.
struct lane {
    size_t cell;
    int64_t begun_ms;
    int told;       // steps that were told to the user
    bool in_turns;  // it waits for its turn
    bool day_ended; // household_end_day was begun
};

struct together {
    struct cells *c;
    int day;
    size_t next_cell, alive;
    struct lane **lanes; // by cell; NULL: not in the day now
    size_t *turns;       // ring of the cells that can go on without an answer
    size_t first_turn, turn_count, turn_cap;
};

static void add_turn(struct together *t, struct lane *lane)
{
    if (lane->in_turns)
        return;
    lane->in_turns = true;
    t->turns[(t->first_turn + t->turn_count++) % t->turn_cap] = lane->cell;
}

static void end_lane(struct together *t, struct lane *lane)
{
    t->lanes[lane->cell] = NULL;
    t->alive--;
    free(lane);
}

static void fail_lane(struct together *t, struct lane *lane, const char *why)
{
    size_t cell = lane->cell;

    end_lane(t, lane);
    cells_fail(t->c, cell, why);
}

static void tell_steps(struct together *t, struct lane *lane, const struct household *h)
{
    const struct runner_events *events = &t->c->w->options->events;

    if (events->steps != NULL && household_steps_done(h) > lane->told)
        events->steps(events->user, household_steps_done(h) - lane->told);
    lane->told = household_steps_done(h);
}

// The household goes on until it waits, its turn is over, or the day is.
static void advance(struct together *t, struct lane *lane)
{
    struct household *h = t->c->open[lane->cell];
    int steps = 0;
    struct err err = { { 0 } };
    bool ok = true;

    while (ok && !household_waits(h)) {
        if (household_steps_done(h) < household_steps_per_day(h)) {
            if (steps++ == STEPS_PER_TURN) {
                add_turn(t, lane);
                break;
            }
            ok = household_step(h, &err);
        } else if (!lane->day_ended) {
            lane->day_ended = true;
            ok = household_end_day(h, &err);
        } else {
            size_t cell = lane->cell;
            tell_steps(t, lane, h);
            ok = household_finish_day(h, (double)(clock_ms() - lane->begun_ms), &err);
            if (!ok)
                break;
            end_lane(t, lane);
            cells_finished(t->c, cell, t->day);
            return;
        }
    }
    if (ok)
        tell_steps(t, lane, h);
    else
        fail_lane(t, lane, err.text);
}

static void start_lanes(struct together *t)
{
    const struct study *study = t->c->w->study;

    for (; t->next_cell < study->cell_count && t->alive < MOST_TOGETHER; t->next_cell++) {
        struct lane *lane = NULL;
        struct err err = { { 0 } };
        if (!cells_is_mine(t->c, t->next_cell) || !cells_begin(t->c, t->next_cell, t->day))
            continue;
        lane = mem_calloc(1, sizeof(*lane));
        *lane = (struct lane){ .cell = t->next_cell, .begun_ms = clock_ms() };
        t->lanes[lane->cell] = lane;
        t->alive++;
        if (household_begin_day(t->c->open[lane->cell], &t->c->pins.now, &err))
            add_turn(t, lane);
        else
            fail_lane(t, lane, err.text);
    }
}

// A script that had waited has run a slice.
static void on_slice(void *user, struct task *task)
{
    struct together *t = user;
    struct household *h = household_of(task);
    struct lane *lane = t->lanes[household_number(h)];
    struct err err = { { 0 } };

    if (!household_go_on(h, &err))
        fail_lane(t, lane, err.text);
    else if (!household_waits(h))
        add_turn(t, lane);
}

static void take_turns(struct together *t)
{
    for (size_t n = t->turn_count; n > 0; n--) {
        struct lane *lane = t->lanes[t->turns[t->first_turn]];
        t->first_turn = (t->first_turn + 1) % t->turn_cap;
        t->turn_count--;
        if (lane == NULL)
            continue;
        lane->in_turns = false;
        advance(t, lane);
    }
}

static void commit_due(struct together *t)
{
    int64_t now = clock_ms();

    for (size_t cell = 0; cell < t->c->w->study->cell_count; cell++) {
        struct err err = { { 0 } };
        if (t->lanes[cell] != NULL && !household_commit_due(t->c->open[cell], now, &err))
            fail_lane(t, t->lanes[cell], err.text);
    }
}

static void tell_usage(const struct together *t)
{
    const struct runner_events *events = &t->c->w->options->events;
    const struct models *models = roles_models(t->c->roles);
    struct runner_usage usage = { .used = models_usage(models),
                                  .running = (int64_t)models_running(models),
                                  .waiting = (int64_t)models_waiting(models) };

    if (events->usage != NULL)
        events->usage(events->user, &usage);
}

// Waits for the answers that are under way, since they are paid for, and commits what there is.
static bool finish_asking(struct together *t, const char *why, struct err *err)
{
    bool ok = models_drain(roles_models(t->c->roles), why, LAST_ANSWERS_MS, err);

    for (size_t cell = 0; cell < t->c->w->study->cell_count; cell++) {
        struct err commit = { { 0 } };
        if (t->lanes[cell] != NULL && !household_commit(t->c->open[cell], &commit))
            fail_lane(t, t->lanes[cell], commit.text);
    }
    return ok;
}

static bool is_stopped(void *user)
{
    return cells_are_stopped(((const struct together *)user)->c);
}

static void tell_night(void *user, const char *household, const char *text)
{
    const struct runner_events *events = &((const struct together *)user)->c->w->options->events;

    if (events->night != NULL)
        events->night(events->user, household, text);
}

// Fine-tuning comes before any household of the day asks: it may take hours, and answers would not
// wait for it.
static void pass_nights(struct together *t, bool *stopped)
{
    const struct runner_options *o = t->c->w->options;
    const struct night night = {
        .out = o->out, .write = o->write_set, .stopped = is_stopped, .tell = tell_night, .user = t
    };

    for (size_t cell = 0; cell < t->c->w->study->cell_count && !*stopped; cell++) {
        struct err err = { { 0 } };
        const struct study_cell *s = &t->c->w->study->cells[cell];
        if (o->write_set == NULL || !cells_is_mine(t->c, cell) ||
            json_get(json_get(json_get(s->options, "assistant"), "learn"), "trainer") == NULL ||
            !cells_begin(t->c, cell, t->day))
            continue;
        if (!night_pass(t->c->open[cell], &night, stopped, &err))
            cells_fail(t->c, cell, err.text);
    }
}

static bool run(struct together *t, bool *stopped, struct err *err)
{
    const struct runner_events *events = &t->c->w->options->events;
    struct roles *roles = t->c->roles;
    int64_t looked = clock_ms();

    pass_nights(t, stopped);
    if (*stopped)
        return true;
    for (start_lanes(t); t->alive > 0; start_lanes(t)) {
        const char *why = NULL;
        bool busy = false;
        ready_run(roles_ready(roles), on_slice, t);
        take_turns(t);
        busy = t->turn_count > 0 || !ready_is_empty(roles_ready(roles)) || t->alive == 0;
        if (!loop_run_once(roles_loop(roles), busy ? 0 : LOOK_EVERY_MS, err))
            return false;
        if (clock_ms() - looked < LOOK_EVERY_MS)
            continue;
        looked = clock_ms();
        commit_due(t);
        tell_usage(t);
        why = models_stopped(roles_models(roles));
        *stopped = why != NULL || cells_are_stopped(t->c);
        if (why != NULL && events->halted != NULL)
            events->halted(events->user, why);
        if (*stopped)
            return finish_asking(t, "the run is ending", err);
    }
    return true;
}

bool together_day(struct cells *c, int day, bool *stopped, struct err *err)
{
    size_t count = c->w->study->cell_count;
    struct together t = { .c = c,
                          .day = day,
                          .lanes = mem_calloc(count, sizeof(*t.lanes)),
                          .turns = mem_calloc(count, sizeof(*t.turns)),
                          .turn_cap = count };
    bool ok = run(&t, stopped, err);

    tell_usage(&t);
    for (size_t cell = 0; cell < count; cell++)
        free(t.lanes[cell]);
    free(t.lanes);
    free(t.turns);
    return ok;
}
