// The steps of a run of the original.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/reverie_run_rows.h"
#include "interop/reverie_time.h"
#include "text/json.h"

static struct reverie_step *add_step(struct reverie_resident *r)
{
    size_t step = r->step_count++;

    if (r->step_count > r->cap) {
        r->cap = mem_grow(r->cap, r->step_count);
        r->steps = mem_realloc(r->steps, r->cap, sizeof(*r->steps));
    }
    r->steps[step] = (struct reverie_step){ 0 };
    for (int i = 0; i < RATE_COUNT; i++)
        r->steps[step].criteria[i] = -2;
    return &r->steps[step];
}

static bool take_coordinate(const struct json *value, int *out)
{
    double number = value != NULL && json_type(value) == JSON_NUMBER ? json_number(value) : NAN;

    if (!(fabs(number) < 1e6))
        return false;
    *out = (int)number;
    return true;
}

static bool read_tile(const struct json *entry, struct reverie_step *step, struct err *err)
{
    const struct json *list = NULL, *y = NULL;

    if (!json_want_array(entry, "movement", &list, err))
        return false;
    y = json_first(list) != NULL ? json_next(json_first(list)) : NULL;
    if (!take_coordinate(json_first(list), &step->x) || !take_coordinate(y, &step->y))
        return err_set(err, "`movement` must be a tile [x, y]");
    return true;
}

// A text that is the same as in the step before is kept once.
static char *share(char *text, char *last)
{
    if (text == NULL || last == NULL || strcmp(text, last) != 0)
        return text;
    free(text);
    return last;
}

static bool read_chat(const struct json *entry, struct reverie_step *step, struct err *err)
{
    const struct json *chat = json_get(entry, "chat");
    struct buf lines = { 0 };

    if (chat == NULL || json_type(chat) == JSON_NULL ||
        (json_type(chat) == JSON_ARRAY && json_first(chat) == NULL))
        return true;
    if (!reverie_take_lines(chat, &lines, err)) {
        buf_fini(&lines);
        return err_wrap(err, "`chat`");
    }
    step->chat = buf_take(&lines);
    return true;
}

// What is shown of a resident: the four keys that a compressed run has, too.
static bool read_shown(struct reverie_resident *r, const struct json *entry, struct err *err)
{
    size_t n = r->step_count;
    struct reverie_step none = { 0 }, *step = add_step(r);
    const struct reverie_step *last = n > 0 ? step - 1 : &none;
    bool ok = read_tile(entry, step, err) &&
              reverie_optional_text(entry, "pronunciatio", &step->emoji, err) &&
              reverie_optional_text(entry, "description", &step->description, err) &&
              read_chat(entry, step, err);

    step->emoji = share(step->emoji, last->emoji);
    step->description = share(step->description, last->description);
    step->chat = share(step->chat, last->chat);
    // who begins to talk on the way stands still
    step->walking = n > 0 && step->chat == NULL && (last->x != step->x || last->y != step->y);
    return ok;
}

// Nothing has changed.
static void repeat_shown(struct reverie_resident *r)
{
    struct reverie_step *step = add_step(r);
    const struct reverie_step *last = step - 1;

    step->x = last->x;
    step->y = last->y;
    step->emoji = last->emoji;
    step->description = last->description;
    step->chat = last->chat;
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

// To whom somebody who is no resident speaks: to the one they follow; a single resident is spoken
// to by the first other one for whom there can be suggestions.
static struct reverie_resident *listener(struct reverie_run *run, const struct json *speaker)
{
    const struct json *description = json_get(speaker, "description");
    struct reverie_resident *r = NULL;

    for (size_t i = 0; i < run->resident_count; i++) {
        const char *known = run->residents[i].assistant;
        if (known != NULL && strcmp(known, json_key(speaker)) == 0)
            return &run->residents[i];
    }
    if (description != NULL && json_type(description) == JSON_STRING)
        r = reverie_run_followed(run, json_string(description).data);
    if (r == NULL && run->resident_count == 1)
        r = &run->residents[0];
    if (r == NULL || r->assistant != NULL) // somebody else's, or a second one
        return NULL;
    r->assistant = mem_strdup(json_key(speaker));
    return r;
}

static bool take_speaker(struct reverie_run *run, const struct json *speaker, struct err *err)
{
    const struct json *said = json_get(speaker, "suggestion");
    struct reverie_resident *r = NULL;

    if (said == NULL || reverie_run_find(run, view_of(json_key(speaker))) != NULL)
        return true;
    r = listener(run, speaker);
    if (r == NULL) {
        run->unclaimed += json_type(said) == JSON_STRING && json_string(said).len > 0;
        return true;
    }
    return read_suggestion(run, speaker, &r->steps[run->count], err);
}

// Everybody of the first step but those who follow somebody, as assistants do, or have the name of
// the original's only one.
static bool find_residents(struct reverie_run *run, const struct json *people, struct err *err)
{
    if (people == NULL || json_type(people) != JSON_OBJECT)
        return err_set(err, "the first step must hold people by their names");
    for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
        const struct json *text = json_get(p, "description");
        const struct json *chat = json_get(p, "chat");
        const char *follows = text != NULL && json_type(text) == JSON_STRING
                                  ? strstr(json_string(text).data, "@ <persona> ")
                                  : NULL;
        bool talks = chat != NULL && json_type(chat) == JSON_ARRAY;
        if (strcmp(json_key(p), "Eddy Lin") == 0 && json_count(people) > 1)
            continue;
        if (follows == NULL || talks)
            reverie_run_add_resident(run, json_key(p));
    }
    return run->resident_count > 0 || err_set(err, "there is nobody in the first step");
}

// The time that a step's file gives, against that which follows from its number.
static void compare_time(struct reverie_run *run, const struct json *doc)
{
    const struct json *text = json_get(json_get(doc, "meta"), "curr_time");
    int64_t said = 0;
    struct err unreadable = { { 0 } };

    if (text == NULL || json_type(text) != JSON_STRING)
        return;
    if (reverie_time_parse(json_string(text), "curr_time", &said, &unreadable) &&
        said == reverie_time_of(run, (int64_t)run->count))
        return;
    if (run->odd_times++ > 0)
        return;
    run->odd_time = mem_strdup(json_string(text).data);
    run->odd_time_step = run->count;
}

static bool take_movement(struct reverie_run *run, const struct json *doc, struct err *err)
{
    const struct json *people = json_get(doc, "persona");

    if (run->resident_count == 0 && !find_residents(run, people, err))
        return false;
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        const struct json *own = json_get(people, r->name);
        if (own == NULL)
            return err_set(err, "`persona` has no \"%s\"", r->name);
        if (!read_shown(r, own, err))
            return err_wrap(err, "%s", r->name);
    }
    for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
        if (!take_speaker(run, p, err))
            return err_wrap(err, "%s", json_key(p));
    }
    compare_time(run, doc);
    run->count++;
    return true;
}

// Where were they before the first step?
static bool read_first(struct reverie_run *run, const char *folder, struct err *err)
{
    struct json *doc = NULL;

    if (!reverie_run_object(folder, "environment/0.json", REVERIE_STEP_BYTES, true, &doc, err))
        return false;
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        const struct json *own = json_get(doc, r->name);
        r->has_first = take_coordinate(json_get(own, "x"), &r->first_x) &&
                       take_coordinate(json_get(own, "y"), &r->first_y);
        if (r->has_first && run->count > 0)
            r->steps[0].walking = r->steps[0].chat == NULL &&
                                  (r->first_x != r->steps[0].x || r->first_y != r->steps[0].y);
    }
    json_free(doc);
    return true;
}

static bool read_movements(struct reverie_run *run, const char *folder, struct err *err)
{
    int64_t steps = 0;

    if (!reverie_run_count_movements(folder, &steps, err))
        return false;
    for (int64_t n = 0; n < steps; n++) {
        char name[48];
        struct json *doc = NULL;
        bool ok = false;
        snprintf(name, sizeof(name), "movement/%lld.json", (long long)n);
        ok = reverie_run_object(folder, name, REVERIE_STEP_BYTES, false, &doc, err) &&
             (take_movement(run, doc, err) || err_wrap(err, "%s/%s", folder, name));
        json_free(doc);
        if (!ok)
            return false;
    }
    return read_first(run, folder, err);
}

static bool take_change(struct reverie_run *run, const struct json *people, struct err *err)
{
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        const struct json *own = json_get(people, r->name);
        if (own == NULL && run->count == 0)
            return err_set(err, "has no \"%s\"", r->name);
        if (own == NULL)
            repeat_shown(r);
        else if (!read_shown(r, own, err))
            return err_wrap(err, "%s", r->name);
    }
    run->count++;
    return true;
}

// Who their assistants are, which is all that a compressed run says of them.
static void name_assistants(struct reverie_run *run, const struct json *people)
{
    for (const struct json *p = json_first(people); p != NULL; p = json_next(p)) {
        const struct json *text = json_get(p, "description");
        if (reverie_run_find(run, view_of(json_key(p))) == NULL && text != NULL &&
            json_type(text) == JSON_STRING && strstr(json_string(text).data, "@ <persona> "))
            listener(run, p);
    }
}

// Of each step only who changed; the rest is as in the step before.
static bool read_changes(struct reverie_run *run, const struct json *doc, struct err *err)
{
    const struct json *first = json_get(doc, "0");
    int64_t steps = 0;
    char key[24];

    if (!reverie_run_count_master(doc, &steps, err))
        return false;
    if (run->resident_count == 0 && !find_residents(run, first, err))
        return false;
    name_assistants(run, first);
    for (int64_t n = 0; n < steps; n++) {
        snprintf(key, sizeof(key), "%lld", (long long)n);
        if (!take_change(run, json_get(doc, key), err))
            return err_wrap(err, "step %s", key);
    }
    return true;
}

static bool read_master(struct reverie_run *run, const char *folder, struct err *err)
{
    static const char file[] = "master_movement.json";
    struct json *doc = NULL;
    bool ok = reverie_run_object(folder, file, REVERIE_NODES_BYTES, false, &doc, err) &&
              (read_changes(run, doc, err) || err_wrap(err, "%s/%s", folder, file));

    json_free(doc);
    return ok;
}

bool reverie_run_read_steps(struct reverie_run *run, const char *folder, struct err *err)
{
    return run->compressed ? read_master(run, folder, err) : read_movements(run, folder, err);
}
