#include "interop/reverie_run_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "interop/reverie_time.h"
#include "text/json.h"

bool reverie_run_has(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool there = file_exists(path);

    free(path);
    return there;
}

bool reverie_run_exists(const char *folder)
{
    return reverie_run_has_movements(folder) || reverie_run_has(folder, "master_movement.json");
}

bool reverie_run_object(const char *folder, const char *name, size_t max, bool optional,
                        struct json **out, struct err *err)
{
    char *path = path_join(folder, name);
    struct buf text = { 0 };
    bool ok = optional && !file_exists(path);

    *out = NULL;
    if (!ok && file_read(&text, path, max, err)) {
        *out = json_parse(buf_view(&text), err);
        if (*out != NULL && json_type(*out) != JSON_OBJECT) {
            err_set(err, "must be an object, not %s", json_type_phrase(json_type(*out)));
            json_free(*out);
            *out = NULL;
        }
        ok = *out != NULL || err_wrap(err, "%s", path);
    }
    buf_fini(&text);
    free(path);
    return ok;
}

bool reverie_optional_text(const struct json *object, const char *key, char **out, struct err *err)
{
    const struct json *value = json_get(object, key);

    if (value == NULL || json_type(value) == JSON_NULL)
        return true;
    if (json_type(value) == JSON_NUMBER) { // some versions write scores as numbers
        struct buf text = { 0 };
        json_add_number(&text, json_number(value));
        *out = buf_take(&text);
        return true;
    }
    if (json_type(value) != JSON_STRING)
        return err_set(err, "`%s` must be text, not %s", key, json_type_phrase(json_type(value)));
    *out = mem_strndup(json_string(value).data, json_string(value).len);
    return true;
}

struct reverie_resident *reverie_run_add_resident(struct reverie_run *run, const char *name)
{
    struct reverie_resident *r = NULL;

    run->residents = mem_realloc(run->residents, run->resident_count + 1, sizeof(*run->residents));
    r = &run->residents[run->resident_count++];
    *r = (struct reverie_resident){ .name = mem_strdup(name) };
    return r;
}

struct reverie_resident *reverie_run_find(const struct reverie_run *run, struct view name)
{
    for (size_t i = 0; i < run->resident_count; i++) {
        if (view_equal(view_of(run->residents[i].name), name))
            return &run->residents[i];
    }
    return NULL;
}

struct reverie_resident *reverie_run_followed(const struct reverie_run *run,
                                              const char *description)
{
    static const char mark[] = "@ <persona> ";
    const char *name = strstr(description, mark);

    return name != NULL ? reverie_run_find(run, view_of(name + strlen(mark))) : NULL;
}

static bool read_meta(struct reverie_run *run, const char *folder, struct err *err)
{
    const char *name = run->compressed && !reverie_run_has(folder, "reverie/meta.json")
                           ? "meta.json"
                           : "reverie/meta.json";
    struct json *meta = NULL;
    struct view start = { 0 };
    int64_t seconds = 0;
    bool ok = false;

    run->said = -1;
    if (!reverie_run_object(folder, name, REVERIE_STEP_BYTES, false, &meta, err))
        return false;
    ok = json_want_string(meta, "start_date", &start, err) &&
         reverie_time_parse(start, "start_date", &run->start, err) &&
         json_want_int(meta, "sec_per_step", 1, DAY_SECONDS, &seconds, err);
    run->sec_per_step = (int)seconds;
    ok = ok && reverie_optional_text(meta, "maze_name", &run->maze, err) &&
         (json_get(meta, "step") == NULL ||
          json_want_int(meta, "step", 0, INT32_MAX, &run->said, err));
    if (ok && 3600 % run->sec_per_step != 0)
        ok = err_set(err,
                     "`sec_per_step` is %d, which does not divide an hour; such a run cannot "
                     "be imported",
                     run->sec_per_step);
    json_free(meta);
    return ok ? true : err_wrap(err, "%s/%s", folder, name);
}

bool reverie_run_read(struct reverie_run *run, const char *folder, const char *const *names,
                      size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        reverie_run_add_resident(run, names[i]);
    run->compressed = !reverie_run_has_movements(folder);
    return read_meta(run, folder, err) && reverie_run_read_steps(run, folder, err) &&
           reverie_run_read_memories(run, folder, err) &&
           reverie_run_list_memories(run, folder, err) && reverie_run_read_extras(run, folder, err);
}

static void free_step(struct reverie_step *s, const struct reverie_step *last)
{
    if (s->description != last->description)
        free(s->description);
    if (s->emoji != last->emoji)
        free(s->emoji);
    if (s->chat != last->chat)
        free(s->chat);
    free(s->path);
    free(s->action);
    free(s->suggestion);
    free(s->score);
    free(s->reason);
    for (int k = 0; k < RATE_COUNT; k++)
        free(s->reasons[k]);
}

static void free_resident(struct reverie_resident *r)
{
    struct reverie_step last = { 0 };

    for (size_t i = 0; i < r->step_count; i++) {
        struct reverie_step step = r->steps[i];
        free_step(&step, &last);
        last = step;
    }
    free(r->steps);
    free(r->memories);
    free(r->offers);
    free(r->name);
    free(r->assistant);
    free(r->evaluated_by);
    json_free(r->nodes);
    json_free(r->evaluations);
    json_free(r->spatial);
}

void reverie_run_fini(struct reverie_run *run)
{
    for (size_t i = 0; i < run->resident_count; i++)
        free_resident(&run->residents[i]);
    free(run->residents);
    free(run->map);
    free(run->maze);
    free(run->odd_time);
    *run = (struct reverie_run){ 0 };
}

int reverie_run_steps_per_day(const struct reverie_run *run)
{
    return DAY_SECONDS / run->sec_per_step;
}

int reverie_run_days(const struct reverie_run *run)
{
    return (int)(run->count / (size_t)reverie_run_steps_per_day(run));
}

int reverie_run_days_begun(const struct reverie_run *run)
{
    size_t per_day = (size_t)reverie_run_steps_per_day(run);

    return (int)((run->count + per_day - 1) / per_day);
}

bool reverie_was_suggested_to(const struct reverie_resident *resident)
{
    for (size_t i = 0; i < resident->step_count; i++) {
        if (resident->steps[i].suggestion != NULL)
            return true;
    }
    return false;
}
