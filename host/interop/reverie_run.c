#include "interop/reverie_run_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "interop/reverie_time.h"
#include "text/json.h"

enum { STEP_MAX_BYTES = 4 << 20, NODES_MAX_BYTES = 256 << 20 };

static bool is_there(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool there = file_exists(path);

    free(path);
    return there;
}

bool reverie_run_exists(const char *folder)
{
    return is_there(folder, "movement/0.json") || is_there(folder, "master_movement.json");
}

// The object in a file; NULL without an error if the file is optional and missing.
static struct json *read_object(const char *folder, const char *name, size_t max, bool optional,
                                struct err *err)
{
    char *path = path_join(folder, name);
    struct buf text = { 0 };
    struct json *doc = NULL;

    if ((!optional || file_exists(path)) && file_read(&text, path, max, err)) {
        doc = json_parse(buf_view(&text), err);
        if (doc != NULL && json_type(doc) != JSON_OBJECT) {
            err_set(err, "must be an object, not %s", json_type_phrase(json_type(doc)));
            json_free(doc);
            doc = NULL;
        }
        if (doc == NULL)
            err_wrap(err, "%s", path);
    }
    buf_fini(&text);
    free(path);
    return doc;
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

static bool read_tile(const struct json *entry, struct reverie_step *step, struct err *err)
{
    const struct json *list = NULL, *y = NULL;

    if (!json_want_array(entry, "movement", &list, err))
        return false;
    y = json_first(list) != NULL ? json_next(json_first(list)) : NULL;
    if (y == NULL || json_type(json_first(list)) != JSON_NUMBER || json_type(y) != JSON_NUMBER)
        return err_set(err, "`movement` must be a tile [x, y]");
    step->x = (int)json_number(json_first(list));
    step->y = (int)json_number(y);
    return true;
}

// What is shown of the resident: the four keys that a compressed run has, too.
static bool read_shown(struct reverie_run *run, const struct json *entry, struct reverie_step *step,
                       struct err *err)
{
    const struct json *chat = json_get(entry, "chat");

    run->chats += chat != NULL && json_type(chat) == JSON_ARRAY;
    return read_tile(entry, step, err) &&
           reverie_optional_text(entry, "pronunciatio", &step->emoji, err) &&
           reverie_optional_text(entry, "description", &step->description, err);
}

// The first other one for whom there can be suggestions.
static const struct json *find_assistant(const struct json *people, const char *resident)
{
    for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
        if (strcmp(json_key(p), resident) != 0 && json_get(p, "suggestion") != NULL)
            return p;
    }
    return NULL;
}

static bool is_failed(const struct reverie_step *s)
{
    return s->reason != NULL && strstr(s->reason, "Evaluation Failed") != NULL;
}

int reverie_step_score(const struct reverie_step *s)
{
    char *end = NULL;
    double value = s->score != NULL ? strtod(s->score, &end) : -1;

    if (s->score == NULL || end == s->score || *end != '\0' || !(value >= 0 && value <= 4) ||
        value != (int)value)
        return -1;
    return is_failed(s) ? -1 : (int)value;
}

static bool read_suggestion(struct reverie_run *run, const struct json *entry,
                            struct reverie_step *step, struct err *err)
{
    if (!reverie_optional_text(entry, "suggestion", &step->suggestion, err) ||
        !reverie_optional_text(entry, "user_action_for_suggestion", &step->action, err) ||
        !reverie_optional_text(entry, "eval_res_reason", &step->reason, err) ||
        !reverie_optional_text(entry, "eval_res_score", &step->score, err))
        return false;
    if (step->suggestion != NULL && step->suggestion[0] == '\0') {
        free(step->suggestion);
        step->suggestion = NULL;
    }
    run->odd_scores += step->score != NULL && !is_failed(step) && reverie_step_score(step) < 0;
    return true;
}

static struct reverie_step *add_step(struct reverie_run *run)
{
    struct reverie_step *step = NULL;

    if ((run->count & (run->count - 1)) == 0)
        run->steps =
            mem_realloc(run->steps, run->count > 0 ? run->count * 2 : 1, sizeof(*run->steps));
    step = &run->steps[run->count++];
    *step = (struct reverie_step){ 0 };
    for (int i = 0; i < RATE_COUNT; i++)
        step->criteria[i] = -2;
    return step;
}

static bool take_movement(struct reverie_run *run, const struct json *doc, const char *resident,
                          struct err *err)
{
    const struct json *people = json_get(doc, "persona"), *own = json_get(people, resident);
    const struct json *assistant = find_assistant(people, resident);
    struct reverie_step *step = add_step(run);
    const struct reverie_step *last = run->count > 1 ? step - 1 : NULL;

    if (own == NULL)
        return err_set(err, "`persona` has no \"%s\"", resident);
    if (!read_shown(run, own, step, err) ||
        (assistant != NULL && !read_suggestion(run, assistant, step, err)))
        return err_wrap(err, "persona");
    step->walking = last != NULL && (last->x != step->x || last->y != step->y);
    return true;
}

// Did the resident leave, in the first step, the tile where they were before it?
static bool read_start(struct reverie_run *run, const char *folder, const char *resident,
                       struct err *err)
{
    struct json *doc = read_object(folder, "environment/0.json", STEP_MAX_BYTES, true, err);
    const struct json *own = json_get(doc, resident), *x = json_get(own, "x");
    const struct json *y = json_get(own, "y");
    bool ok = doc != NULL || !is_there(folder, "environment/0.json");

    if (x != NULL && y != NULL && json_type(x) == JSON_NUMBER && json_type(y) == JSON_NUMBER)
        run->steps[0].walking =
            json_number(x) != run->steps[0].x || json_number(y) != run->steps[0].y;
    json_free(doc);
    return ok;
}

static bool read_movements(struct reverie_run *run, const char *folder, const char *resident,
                           struct err *err)
{
    for (int n = 0; n < REVERIE_MAX_STEPS; n++) {
        char name[48];
        struct json *doc = NULL;
        bool ok = false;
        snprintf(name, sizeof(name), "movement/%d.json", n);
        if (!is_there(folder, name))
            break;
        doc = read_object(folder, name, STEP_MAX_BYTES, false, err);
        ok = doc != NULL &&
             (take_movement(run, doc, resident, err) || err_wrap(err, "%s/%s", folder, name));
        json_free(doc);
        if (!ok)
            return false;
    }
    return read_start(run, folder, resident, err);
}

static char *copy(const char *text)
{
    return text != NULL ? mem_strdup(text) : NULL;
}

// Of each step only who changed; the rest is as in the step before.
static bool read_master(struct reverie_run *run, const char *folder, const char *resident,
                        struct err *err)
{
    struct json *doc = read_object(folder, "master_movement.json", NODES_MAX_BYTES, false, err);
    char key[16] = "0";
    bool ok = doc != NULL;

    for (int n = 0; ok && json_get(doc, key) != NULL; n++) {
        const struct json *own = json_get(json_get(doc, key), resident);
        struct reverie_step *step = add_step(run);
        const struct reverie_step *last = n > 0 ? step - 1 : NULL;
        if (own != NULL) {
            ok = read_shown(run, own, step, err);
            step->walking = last != NULL && (last->x != step->x || last->y != step->y);
        } else if (last != NULL) {
            step->x = last->x;
            step->y = last->y;
            step->description = copy(last->description);
            step->emoji = copy(last->emoji);
        } else {
            ok = err_set(err, "has no \"%s\"", resident);
        }
        if (!ok)
            err_wrap(err, "%s/master_movement.json: step %s", folder, key);
        snprintf(key, sizeof(key), "%d", n + 1);
    }
    json_free(doc);
    return ok;
}

static bool read_meta(struct reverie_run *run, const char *folder, struct err *err)
{
    const char *name = run->compressed ? "meta.json" : "reverie/meta.json";
    struct json *meta = read_object(folder, name, STEP_MAX_BYTES, false, err);
    struct view start = { 0 };
    int64_t seconds = 0;
    bool ok = meta != NULL && json_want_string(meta, "start_date", &start, err) &&
              reverie_time_parse(start, "start_date", &run->start, err) &&
              json_want_int(meta, "sec_per_step", 1, DAY_SECONDS, &seconds, err);

    run->sec_per_step = (int)seconds;
    if (ok && 3600 % run->sec_per_step != 0)
        ok = err_set(err,
                     "`sec_per_step` is %d, which does not divide an hour; such a run cannot "
                     "be imported",
                     run->sec_per_step);
    json_free(meta);
    return ok ? true : meta == NULL ? false : err_wrap(err, "%s/%s", folder, name);
}

// The memory folder of a person; NULL without an error if there is none.
static bool read_nodes(const char *folder, const char *person, const char *kind, struct json **out,
                       struct err *err)
{
    struct buf name = { 0 };
    bool ok = false;

    buf_addf(&name, "personas/%s/bootstrap_memory/%s", person, kind);
    ok = !is_there(folder, buf_str(&name));
    if (!ok) {
        *out = read_object(folder, buf_str(&name), NODES_MAX_BYTES, false, err);
        ok = *out != NULL;
    }
    buf_fini(&name);
    return ok;
}

static bool read_memories(struct reverie_run *run, const char *folder, const char *resident,
                          struct err *err)
{
    char *people = path_join(folder, "personas");
    struct file_list list = { 0 };
    bool ok = read_nodes(folder, resident, "associative_memory/nodes.json", &run->nodes, err) &&
              read_nodes(folder, resident, "spatial_memory.json", &run->spatial, err);

    if (ok && file_is_folder(people))
        ok = file_list_folder(&list, people, err);
    for (size_t i = 0; ok && i < list.count && run->evaluations == NULL; i++) {
        if (strcmp(list.names[i], resident) != 0)
            ok = read_nodes(folder, list.names[i], "evaluation_memory/nodes.json",
                            &run->evaluations, err);
    }
    file_list_free(&list);
    free(people);
    return ok;
}

bool reverie_run_read(struct reverie_run *run, const char *folder, const char *resident,
                      struct err *err)
{
    run->resident = mem_strdup(resident);
    run->compressed = !is_there(folder, "movement/0.json");
    return read_meta(run, folder, err) &&
           (run->compressed ? read_master(run, folder, resident, err)
                            : read_movements(run, folder, resident, err)) &&
           read_memories(run, folder, resident, err) && reverie_run_read_extras(run, folder, err);
}

void reverie_run_fini(struct reverie_run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        struct reverie_step *s = &run->steps[i];
        free(s->description);
        free(s->emoji);
        free(s->action);
        free(s->suggestion);
        free(s->score);
        free(s->reason);
        for (int k = 0; k < RATE_COUNT; k++)
            free(s->reasons[k]);
    }
    free(run->steps);
    free(run->resident);
    free(run->map);
    json_free(run->nodes);
    json_free(run->evaluations);
    json_free(run->spatial);
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
