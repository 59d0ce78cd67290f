#include "sim/household.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "script/convert.h"
#include "script/keep.h"
#include "script/services.h"
#include "script/task.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/household_data.h"

const char *household_path(const struct household *h)
{
    return h->path;
}

const char *household_name(const struct household *h)
{
    return h->name;
}

int household_days(const struct household *h)
{
    return writer_days(h->writer);
}

int household_steps_per_day(const struct household *h)
{
    return DAY_SECONDS / h->context.step_seconds;
}

int household_steps_done(const struct household *h)
{
    return h->steps_done;
}

bool household_day_open(const struct household *h)
{
    return h->day_open;
}

struct texts *household_texts(const struct household *h)
{
    return script_texts(h->script);
}

bool household_commit(struct household *h, struct err *err)
{
    return writer_commit(h->writer, err);
}

bool household_commit_due(struct household *h, int64_t now_ms, struct err *err)
{
    return writer_commit_due(h->writer, now_ms, err);
}

// Sets the script's clock to a step of the run.
static void set_clock(struct household *h, int64_t step)
{
    struct script_context *context = script_context(h->script);

    context->who = h->who;
    h->services.turn = 1;
    context->step = step;
    context->now_s = context->start_s + step * context->step_seconds;
    context->day = (int)(step / household_steps_per_day(h)) + 1;
    for (int i = 0; i < h->services.resident_count; i++)
        h->services.residents[i].retrievals = h->services.residents[i].events = 0;
}

static int push_open(struct lua_State *L, void *user)
{
    const struct household *h = user;

    value_push_json(L, h->config);
    if (h->state == NULL)
        value_push_nil(L);
    else
        value_push_json(L, h->state);
    return 2;
}

static bool read_open(struct lua_State *L, int count, void *user, struct err *err)
{
    struct household *h = user;

    if (count < 1 || value_is_nil(L, 1))
        return err_set(err, "scripts/household.lua: open must return the household");
    keep_set(L, 1, &h->self);
    return true;
}

// Gives the people their saved state back. Also while a run goes on, so that what a resumed run
// starts a day from is what an undisturbed one starts it from.
static bool reopen(struct household *h, struct err *err)
{
    for (int i = 0; i < h->services.resident_count; i++)
        h->services.residents[i].look = (struct service_look){ 0 };
    h->services.schedule_lines = 0;
    return script_call(h->script, "household", "open", push_open, read_open, h, err);
}

static int push_self(struct lua_State *L, void *user)
{
    keep_push(L, ((struct household *)user)->self);
    return 1;
}

bool household_waits(const struct household *h)
{
    return h->task != NULL;
}

size_t household_number(const struct household *h)
{
    return h->number;
}

struct household *household_of(const struct task *task)
{
    struct script_services *services = script_context(task_script(task))->user;

    return (struct household *)(void *)((char *)services - offsetof(struct household, services));
}

bool household_go_on(struct household *h, struct err *err)
{
    enum task_state state = task_state(h->task);

    if (state == TASK_WAITING)
        return true;
    if (state != TASK_DONE)
        err_set(err, "%s", task_error(h->task));
    else if (h->stepping)
        h->steps_done++;
    task_free(h->task);
    h->task = NULL;
    return state == TASK_DONE;
}

// Runs a function of scripts/household.lua as a task, to its end or until it waits.
static bool run(struct household *h, const char *function, bool stepping, struct err *err)
{
    assert(h->task == NULL);
    h->stepping = stepping;
    h->task = task_start(h->script, "household", function, push_self, h, err);
    if (h->task == NULL)
        return false;
    if (task_resume(h->task, NULL, NULL) == TASK_WAITING && h->asking == NULL) {
        task_free(h->task);
        h->task = NULL;
        return err_set(err, "household.%s waits for an answer that nobody will give", function);
    }
    return household_go_on(h, err);
}

static bool is_file_of(const char *path, const struct json *persona)
{
    struct buf file = { 0 };
    bool same = false;

    buf_addf(&file, "personas/%s.lua", json_string(persona).data);
    same = strcmp(buf_str(&file), path) == 0;
    buf_fini(&file);
    return same;
}

// A run file records the texts that its household can use: of the personas, its own and the one
// whose wishes somebody has from a day on.
static bool choose_texts(struct household *h, const struct text_set *all, struct err *err)
{
    const struct json *personas = json_get(h->config, "personas");
    const struct json *other = json_get(json_get(h->config, "change"), "to");

    text_set_fini(&h->texts);
    for (size_t i = 0; i < all->count; i++) {
        struct pinned_text *file = all->files[i];
        bool wanted = strncmp(file->path, "personas/", strlen("personas/")) != 0;
        for (const struct json *p = json_first(personas); p != NULL && !wanted; p = json_next(p))
            wanted = is_file_of(file->path, p);
        wanted = wanted || (other != NULL && is_file_of(file->path, other));
        if (wanted && !text_set_share(&h->texts, file, err))
            return false;
    }
    return true;
}

static bool put_in_force(struct household *h, const struct day_texts *texts, struct err *err)
{
    struct texts *old = script_texts(h->script);
    struct hash a = { { 0 } }, b = texts_hash(texts->texts);

    if (old != NULL)
        a = texts_hash(old);
    if (old != NULL && hash_equal(&a, &b))
        return true;
    return choose_texts(h, &texts->set, err) &&
           script_load(h->script, texts->texts, pins_needs(), err);
}

bool household_begin_day(struct household *h, const struct day_texts *texts, struct err *err)
{
    int day = household_days(h) + 1;

    household_wake(h);
    set_clock(h, (int64_t)(day - 1) * household_steps_per_day(h));
    h->day_open = true;
    return household_use_options(h, day, err) && put_in_force(h, texts, err) &&
           writer_begin_day(h->writer, day, &h->texts, err) &&
           (day > 1 || household_start_learning(h, err)) && reopen(h, err) &&
           run(h, "begin_day", false, err);
}

bool household_step(struct household *h, struct err *err)
{
    int64_t first = (int64_t)household_days(h) * household_steps_per_day(h);

    set_clock(h, first + h->steps_done);
    return run(h, "step", true, err);
}

bool household_end_day(struct household *h, struct err *err)
{
    return run(h, "end_day", false, err);
}

static bool read_state(struct lua_State *L, int count, void *user, struct err *err)
{
    struct household *h = user;

    (void)count;
    buf_clear(&h->saved);
    return convert_to_json(L, 1, "h.state", CONVERT_CANONICAL, &h->saved, err);
}

bool household_finish_day(struct household *h, double wall_ms, struct err *err)
{
    struct row_access *accessed = NULL;
    size_t count = 0;
    bool ok = false;

    if (!script_call(h->script, "household", "save", push_self, read_state, h, err) ||
        !household_save_learning(h, err))
        return false;
    accessed = household_take_accessed(h, &count);
    json_free(h->state);
    h->state = json_parse(buf_view(&h->saved), err);
    ok = h->state != NULL &&
         writer_finish_day(h->writer, buf_view(&h->saved), accessed, count, wall_ms, err);
    free(accessed);
    h->steps_done = 0;
    h->day_open = false;
    household_forget_told(h, household_next_step(h));
    return ok;
}
