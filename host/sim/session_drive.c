#include "sim/session_impl.h"

#include "base/clock.h"

#include "sim/cells.h"

enum { LOOK_EVERY_MS = 100, COMMIT_EVERY_STEPS = 64 };

static bool is_stopped(const struct session *s)
{
    return !s->going_back && s->options.stop != NULL && s->options.stop(s->options.user);
}

static void on_slice(void *user, struct task *task)
{
    struct session *s = user;

    if (s->look != NULL && look_owns(s->look, task))
        return;
    if (!household_go_on(household_of(task), &s->slice_err))
        s->slice_failed = true;
}

static bool waits(const struct session *s)
{
    return household_waits(s->household) || (s->look != NULL && look_waits(s->look));
}

// Lets the models answer until nobody waits any more.
bool session_settle(struct session *s, struct err *err)
{
    s->slice_failed = false;
    while (waits(s)) {
        const char *why = NULL;
        ready_run(roles_ready(s->roles), on_slice, s);
        if (s->slice_failed) {
            *err = s->slice_err;
            return false;
        }
        if (waits(s) && !loop_run_once(roles_loop(s->roles), LOOK_EVERY_MS, err))
            return false;
        why = models_stopped(roles_models(s->roles));
        if (why != NULL)
            return err_set(err, "%s", why);
        if (is_stopped(s))
            return err_set(err, "interrupted while a model was asked; the step is taken back");
    }
    return true;
}

static bool begin_day(struct session *s, struct err *err)
{
    return pins_day(&s->pins, household_days(s->household) + 1, err) &&
           household_begin_day(s->household, &s->pins.now, err) && session_settle(s, err);
}

static bool step(struct session *s, struct err *err)
{
    struct household *h = s->household;

    if (!household_day_open(h) && !begin_day(s, err))
        return false;
    s->fresh = false;
    if (!household_step(h, err) || !session_settle(s, err))
        return false;
    if (household_steps_done(h) % COMMIT_EVERY_STEPS == 0 && !household_commit(h, err))
        return false;
    if (household_steps_done(h) < household_steps_per_day(h))
        return true;
    return household_end_day(h, err) && session_settle(s, err) &&
           household_finish_day(h, s->day_ms, err);
}

static bool timed_step(struct session *s, struct err *err)
{
    int64_t begun = clock_ms();
    bool ok = false;

    if (!household_day_open(s->household))
        s->day_ms = 0;
    ok = step(s, err);
    s->day_ms += (double)(clock_ms() - begun);
    return ok;
}

bool session_open_roles(struct session *s, struct err *err)
{
    struct roles_options options = s->options.roles;

    if (!roles_needed(&s->study))
        return true;
    options.jobs = 1;
    s->roles = roles_new(&s->study, &options, err);
    return s->roles != NULL;
}

static bool open_household(struct session *s, struct err *err)
{
    struct household_shared shared = { .study = &s->study,
                                       .map = s->map,
                                       .paths = s->paths,
                                       .map_name =
                                           json_string(json_get(s->cell->options, "map")).data,
                                       .roles = s->roles };

    s->household = household_open(&shared, s->cell, s->work, err);
    return s->household != NULL;
}

void session_forget_look(struct session *s)
{
    look_free(s->look);
    s->look = NULL;
    s->look_texts = NULL;
}

// Opens the household again, as of the midnight before, and simulates until `step` comes next.
bool session_go_back(struct session *s, int64_t until, struct err *err)
{
    struct err closing = { { 0 } };
    bool ok = true;

    session_forget_look(s);
    if (s->household != NULL)
        household_close(s->household, &closing);
    s->household = NULL;
    if (s->roles != NULL && models_stopped(roles_models(s->roles)) != NULL) {
        roles_free(s->roles); // what stopped them may be mended by now
        s->roles = NULL;
        ok = session_open_roles(s, err);
    }
    ok = ok && open_household(s, err);
    if (ok && until > session_next_step(s) && s->options.again != NULL)
        s->options.again(s->options.user, until - session_next_step(s));
    s->going_back = true;
    while (ok && session_next_step(s) < until)
        ok = timed_step(s, err);
    s->going_back = false;
    return ok;
}

bool session_is_whole(const struct session *s, struct err *err)
{
    return s->household != NULL ? true
                                : err_set(err, "the run could not be brought back after a failure; "
                                               "leave, and open it again");
}

// To where the last step ended.
void session_take_back(struct session *s, int64_t to)
{
    struct err again = { { 0 } };
    struct err closing = { { 0 } };

    if (session_go_back(s, to, &again) || session_go_back(s, 0, &again))
        return;
    if (s->household != NULL)
        household_close(s->household, &closing);
    s->household = NULL;
}

bool session_run(struct session *s, int64_t steps, int64_t *done, struct err *err)
{
    *done = 0;
    if (!session_is_whole(s, err))
        return false;
    while (*done < steps && !session_is_over(s) && !is_stopped(s)) {
        int64_t next = session_next_step(s);
        if (!timed_step(s, err)) {
            session_take_back(s, next);
            return false;
        }
        *done += 1;
    }
    return true;
}
