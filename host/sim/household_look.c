#include "sim/household_look.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/explain.h"
#include "script/convert.h"
#include "script/eval.h"
#include "script/task.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/household_data.h"

struct look {
    struct household *household;
    struct texts *texts;
    struct script *script;
    struct script_context context;
    struct script_services services;
    struct keep self;
    struct buf state; // of the household now, as JSON; empty: it has none yet
    struct task *task;
    // of the call at hand
    const struct json *arguments;
    struct view text;
};

struct look *look_new(struct household *household, struct texts *texts, struct err *err)
{
    struct look *l = mem_calloc(1, sizeof(*l));
    const struct script_needs needs = { 0 };

    l->household = household;
    l->texts = texts_ref(texts);
    l->script = services_load_script(NULL, texts, &needs, err);
    if (l->script != NULL)
        return l;
    look_free(l);
    return NULL;
}

static void free_services(struct look *l)
{
    struct script_services *s = &l->services;

    for (int i = 0; i < s->resident_count; i++) {
        candidates_free(s->residents[i].candidates);
        replay_free(s->residents[i].replay);
        policy_free(s->residents[i].policy);
    }
    free(s->residents);
    free(s->numbers);
    world_free(s->world);
    *s = (struct script_services){ 0 };
}

void look_free(struct look *l)
{
    if (l == NULL)
        return;
    task_free(l->task);
    script_free(l->script);
    free_services(l);
    texts_unref(l->texts);
    buf_fini(&l->state);
    free(l);
}

static struct world *copy_world(const struct world *from, const struct map *map)
{
    struct world *to = world_new(map);

    for (size_t i = 0; i < world_event_count(from); i++) {
        struct spot where = { 0 };
        const struct world_event *event = world_event_at(from, i, &where);
        world_add_event(to, where, event);
    }
    return to;
}

// A policy of the look's own: scoring teaches a policy new words.
static bool copy_policy(const struct service_resident *from, struct service_resident *to,
                        struct err *err)
{
    struct buf weights = { 0 }, names = { 0 };
    bool ok = false;

    policy_save(from->policy, &weights);
    policy_save_names(from->policy, &names);
    to->policy = policy_new(POLICY_BITS);
    ok = policy_load(to->policy, buf_view(&weights), err) &&
         policy_load_names(to->policy, buf_view(&names), err);
    buf_fini(&weights);
    buf_fini(&names);
    return ok;
}

// The household's services as a look may use them.
static bool make_services(struct look *l, struct err *err)
{
    const struct script_services *from = &l->household->services;
    struct script_services *s = &l->services;
    size_t numbers = map_tile_count(from->map) + map_place_count(from->map) + 1;
    bool ok = true;

    free_services(l);
    *s = *from;
    s->writer = NULL;
    s->mmlu = NULL; // whoever looks is not in the exam
    s->looking = true;
    s->told = NULL;
    s->told_count = s->told_cap = 0;
    s->world = world_new(from->map);
    s->numbers = mem_calloc(numbers, sizeof(*s->numbers));
    s->residents = mem_calloc((size_t)from->resident_count, sizeof(*s->residents));
    for (int i = 0; ok && i < from->resident_count; i++) {
        struct service_resident *r = &s->residents[i];
        r->persona = from->residents[i].persona;
        r->resident = from->residents[i].resident;
        r->assistant = from->residents[i].assistant;
        r->resident.services = r->assistant.services = s;
        r->resident.object = r->assistant.object = (struct object){ 0 };
        r->candidates = candidates_new();
        r->replay = replay_new();
        ok = copy_policy(&from->residents[i], r, err);
    }
    return ok;
}

static int push_household(struct lua_State *L, void *user)
{
    keep_push(L, ((struct look *)user)->household->self);
    return 1;
}

static bool read_state(struct lua_State *L, int count, void *user, struct err *err)
{
    (void)count;
    return convert_to_json(L, 1, "h.state", CONVERT_CANONICAL, &((struct look *)user)->state, err);
}

static bool copy_state(struct look *l, struct err *err)
{
    const struct household *h = l->household;

    buf_clear(&l->state);
    if (h->day_open)
        return script_call(h->script, "household", "save", push_household, read_state, l, err);
    if (h->state != NULL)
        json_add_canonical(&l->state, h->state);
    return true;
}

static int push_open(struct lua_State *L, void *user)
{
    const struct look *l = user;
    struct err err = { { 0 } };
    struct json *state = l->state.len > 0 ? json_parse(buf_view(&l->state), &err) : NULL;

    value_push_json(L, l->household->config);
    if (state == NULL)
        value_push_nil(L);
    else
        value_push_json(L, state);
    json_free(state);
    return 2;
}

static bool read_open(struct lua_State *L, int count, void *user, struct err *err)
{
    if (count < 1 || value_is_nil(L, 1))
        return err_set(err, "scripts/household.lua: open must return the household");
    keep_set(L, 1, &((struct look *)user)->self);
    return true;
}

static void set_clock(struct look *l)
{
    const struct household *h = l->household;
    int64_t step = household_next_step(h);

    l->context = h->context;
    l->context.step = step;
    l->context.now_s = h->context.start_s + step * h->context.step_seconds;
    l->context.day = (int)(step / household_steps_per_day(h)) + 1;
    l->context.log = NULL;
    l->context.user = &l->services;
    *script_context(l->script) = l->context;
}

// Makes the look's household as its original is now.
static bool refresh(struct look *l, struct err *err)
{
    household_wake(l->household);
    if (!make_services(l, err) || !copy_state(l, err))
        return false;
    set_clock(l);
    if (!script_call(l->script, "household", "open", push_open, read_open, l, err))
        return false;
    if (l->household->day_open) { // else it is what the day begins with
        world_free(l->services.world);
        l->services.world = copy_world(l->household->services.world, l->services.map);
    }
    return true;
}

static int push_call(struct lua_State *L, void *user)
{
    const struct look *l = user;
    int count = 1;

    keep_push(L, l->self);
    for (const struct json *a = json_first(l->arguments); a != NULL; a = json_next(a), count++)
        value_push_json(L, a);
    return count;
}

static int push_evaluate(struct lua_State *L, void *user)
{
    const struct look *l = user;

    keep_push(L, l->self);
    eval_push(L, l->text, "h", -1);
    return 2;
}

static bool start(struct look *l, const char *module, const char *function, script_push_fn push,
                  struct err *err)
{
    if (!refresh(l, err))
        return false;
    l->task = task_start(l->script, module, function, push, l, err);
    if (l->task == NULL)
        return false;
    task_resume(l->task, NULL, NULL);
    return true;
}

bool look_call(struct look *l, const char *module, const char *function,
               const struct json *arguments, struct err *err)
{
    l->arguments = arguments;
    return start(l, module, function, push_call, err);
}

bool look_evaluate(struct look *l, const char *module, const char *function, struct view text,
                   struct err *err)
{
    l->text = text;
    return start(l, module, function, push_evaluate, err);
}

bool look_waits(const struct look *l)
{
    return l->task != NULL && task_state(l->task) == TASK_WAITING;
}

bool look_owns(const struct look *l, const struct task *task)
{
    return task == l->task;
}

void look_cancel(struct look *l)
{
    task_free(l->task);
    l->task = NULL;
}

static bool read_text(struct lua_State *L, int count, void *user, struct err *err)
{
    struct view text = { 0 };

    if (count >= 2 && value_is_nil(L, 1)) {
        if (value_read_text(L, 2, &text, err))
            err_set(err, "%.*s", (int)text.len, text.data);
        return false;
    }
    if (!value_read_text(L, 1, &text, err))
        return false;
    buf_add_view(user, text);
    return true;
}

bool look_result(struct look *l, struct buf *out, struct err *err)
{
    bool ok = false;

    if (task_state(l->task) == TASK_DONE)
        ok = task_read(l->task, read_text, out, err);
    else
        err_set(err, "%s", task_error(l->task));
    look_cancel(l);
    return ok;
}
