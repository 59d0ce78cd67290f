#include "sim/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "sim/calls.h"
#include "sim/decisions.h"
#include "sim/results_more.h"
#include "store/manifest.h"
#include "store/reader.h"
#include "text/json.h"

// The days of all residents of one run file.
struct day_list {
    struct day_numbers *days;
    size_t count, cap;
    struct decisions *decisions;
    double *wishes; // by day, then resident; NAN: not known
    size_t wish_count, residents;
};

static bool keep_day(void *user, const struct day_numbers *day)
{
    struct day_list *list = user;

    if (list->count == list->cap) {
        list->cap = mem_grow(list->cap, list->count + 1);
        list->days = mem_realloc(list->days, list->cap, sizeof(*list->days));
    }
    list->days[list->count++] = *day;
    return true;
}

static void add_text(struct buf *json, const char *key, struct view text)
{
    buf_addf(json, "\"%s\":", key);
    if (text.data == NULL)
        buf_add_str(json, "null");
    else
        json_add_string(json, text);
}

static void add_int(struct buf *json, const char *key, int64_t number)
{
    buf_addf(json, ",\"%s\":%lld", key, (long long)number);
}

static void add_decisions(struct buf *json, const struct decision_numbers *d)
{
    add_int(json, "right_moments", d->right_moments);
    add_int(json, "false_alarms", d->false_alarms);
    add_int(json, "right_contents", d->right_contents);
    add_int(json, "needs_missed", d->needs_missed);
    add_int(json, "needs_answered", d->needs_answered);
    add_int(json, "overdue_steps", d->overdue_steps);
}

static void add_day(struct buf *json, const struct day_numbers *d, const struct day_list *list)
{
    struct decision_numbers decisions = decisions_of(list->decisions, d->day, d->who);
    size_t at = (size_t)(d->day - 1) * list->residents + (size_t)(d->who - 1);

    buf_addf(json, "{\"day\":%d,\"finished\":%s", d->day, d->finished ? "true" : "false");
    add_int(json, "steps", d->steps);
    add_int(json, "awake_steps", d->awake_steps);
    add_int(json, "ratings", d->ratings);
    add_int(json, "scored", d->scored);
    add_int(json, "failed", d->failed);
    add_int(json, "score_sum", d->score_sum);
    add_int(json, "preference_sum", d->criterion_sum[RATE_PREFERENCE]);
    add_int(json, "timing_sum", d->criterion_sum[RATE_TIMING]);
    add_int(json, "frequency_sum", d->criterion_sum[RATE_FREQUENCY]);
    add_int(json, "communication_sum", d->criterion_sum[RATE_COMMUNICATION]);
    add_int(json, "recommendations", d->recommendations);
    add_int(json, "recommendations_scored", d->recommendations_scored);
    add_int(json, "recommendation_score_sum", d->recommendation_score_sum);
    add_int(json, "successes", d->successes);
    add_int(json, "abstentions", d->abstentions);
    add_int(json, "abstentions_scored", d->abstentions_scored);
    add_int(json, "abstention_score_sum", d->abstention_score_sum);
    add_decisions(json, &decisions);
    buf_add_str(json, ",\"wish\":");
    if (at < list->wish_count && !isnan(list->wishes[at]))
        json_add_number(json, list->wishes[at]);
    else
        buf_add_str(json, "null");
    buf_add_char(json, '}');
}

// One resident's run. `info` and `list` are NULL if there is no run file yet.
static void add_run(struct buf *json, const struct manifest_cell *cell, struct view persona,
                    const struct run_info *info, const struct day_list *list, int who)
{
    struct view none = { 0 };
    int finished = 0;
    bool first = true;

    buf_add_char(json, '{');
    add_text(json, "condition", view_of(cell->condition));
    buf_add_char(json, ',');
    add_text(json, "persona", persona);
    buf_add_char(json, ',');
    add_text(json, "persona_name", info ? view_of(info->residents[who - 1].name) : none);
    add_int(json, "seed", cell->seed);
    buf_add_char(json, ',');
    add_text(json, "file", view_of(cell->file));
    buf_add_char(json, ',');
    add_text(json, "program", info ? view_of(info->program) : none);
    if (info != NULL) {
        add_int(json, "sec_per_step", info->sec_per_step);
        add_int(json, "steps_per_day", info->steps_per_day);
    } else {
        buf_add_str(json, ",\"sec_per_step\":null,\"steps_per_day\":null");
    }
    buf_add_str(json, ",\"days\":[");
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        if (list->days[i].who != who)
            continue;
        if (!first)
            buf_add_char(json, ',');
        first = false;
        add_day(json, &list->days[i], list);
        finished += list->days[i].finished;
    }
    buf_addf(json, "],\"days_finished\":%d}", finished);
}

// A cell whose run file does not exist yet: its residents are known by their ids only.
static void add_future_runs(struct buf *json, const struct manifest_cell *cell)
{
    const char *id = cell->persona, *end = NULL;

    for (int who = 1; id != NULL; who++) {
        end = strchr(id, '+');
        if (who > 1)
            buf_add_char(json, ',');
        add_run(json, cell, (struct view){ id, end ? (size_t)(end - id) : strlen(id) }, NULL, NULL,
                who);
        id = end ? end + 1 : NULL;
    }
}

static bool check_cell(const struct manifest_cell *cell, const struct run_info *info,
                       const char *path, struct err *err)
{
    if (strcmp(cell->condition, info->condition) == 0 && cell->seed == info->seed)
        return true;
    return err_set(err,
                   "%s: holds condition '%s', seed %lld, where study.json says '%s', seed %lld; "
                   "put the right file back, or delete it and resume the study",
                   path, info->condition, (long long)info->seed, cell->condition,
                   (long long)cell->seed);
}

struct wish_walk {
    struct day_list *list;
    size_t who; // from 0
};

static bool keep_wish(void *user, const struct value *row, size_t columns)
{
    const struct wish_walk *walk = user;
    struct day_list *list = walk->list;
    size_t at = (size_t)(row[0].i - 1) * list->residents + walk->who;

    (void)columns;
    if (at >= list->wish_count) {
        size_t count = (size_t)row[0].i * list->residents;
        list->wishes = mem_realloc(list->wishes, count, sizeof(*list->wishes));
        for (; list->wish_count < count; list->wish_count++)
            list->wishes[list->wish_count] = NAN;
    }
    if (row[1].type == VALUE_REAL || row[1].type == VALUE_INT)
        list->wishes[at] = row[1].r;
    return true;
}

// How many recommendations each resident wished on each finished day, from the saved states
// (scripts/resident/rate.lua puts it there).
static bool read_wishes(struct reader *r, struct day_list *list, struct err *err)
{
    bool ok = true;

    for (size_t who = 0; ok && who < list->residents; who++) {
        struct wish_walk walk = { list, who };
        struct buf path = { 0 };
        struct value param = { 0 };

        buf_addf(&path, "$.residents[%zu].heard.wish", who);
        param = value_text(buf_view(&path));
        ok = reader_query(r,
                          "SELECT day, json_extract(state, ?1) FROM day_data"
                          " WHERE state IS NOT NULL ORDER BY day",
                          &param, 1, keep_wish, &walk, err);
        buf_fini(&path);
    }
    return ok;
}

static bool read_days(struct reader *r, struct day_list *list, struct err *err)
{
    list->residents = (size_t)reader_info(r)->resident_count;
    if (!reader_snapshot(r, err))
        return false;
    list->decisions = decisions_read(r, err);
    bool ok =
        list->decisions != NULL && reader_days(r, keep_day, list, err) && read_wishes(r, list, err);
    reader_release(r);
    return ok;
}

static bool add_cell(struct buf *json, const struct manifest_cell *cell, const char *path,
                     struct err *err)
{
    const struct run_info *info = NULL;
    struct day_list list = { 0 };
    struct reader *r = NULL;
    bool ok = false;

    if (!file_exists(path)) {
        add_future_runs(json, cell);
        return true;
    }
    r = reader_open(path, err);
    if (r == NULL)
        return false;
    info = reader_info(r);
    ok = check_cell(cell, info, path, err) && read_days(r, &list, err);
    for (int who = 1; ok && who <= info->resident_count; who++) {
        if (who > 1)
            buf_add_char(json, ',');
        add_run(json, cell, view_of(info->residents[who - 1].persona), info, &list, who);
    }
    free(list.days);
    free(list.wishes);
    decisions_free(list.decisions);
    reader_close(r);
    return ok;
}

// A group of options of a condition as the study says them, or null.
static void add_options(struct buf *json, const char *group, const struct json *spec,
                        const char *condition)
{
    const struct json *list = json_get(spec, "conditions"), *options = NULL;

    if (list != NULL && json_type(list) == JSON_ARRAY) {
        for (const struct json *c = json_first(list); c != NULL; c = json_next(c)) {
            const struct json *name = json_get(c, "condition");
            if (name != NULL && json_type(name) == JSON_STRING &&
                view_equal(json_string(name), view_of(condition)))
                options = json_get(c, group);
        }
    }
    buf_addf(json, ",\"%s\":", group);
    if (options == NULL)
        buf_add_str(json, "null");
    else
        json_add_canonical(json, options);
}

static bool is_first_of_condition(const struct manifest *m, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(m->cells[i].condition, m->cells[at].condition) == 0)
            return false;
    return true;
}

static bool add_study(struct buf *json, const struct manifest *m, const char *folder,
                      struct err *err)
{
    struct json *config = json_parse(view_of(m->config), err);
    char *absolute = realpath(folder, NULL);
    bool ok = false, first = true;
    int64_t days = 0;

    if (config == NULL || !json_want_int(config, "days", 1, INT32_MAX, &days, err)) {
        err_wrap(err, "%s/study.json: config", folder);
        goto done;
    }
    buf_add_str(json, "{\"study\":{");
    add_text(json, "name", view_of(m->name));
    buf_add_char(json, ',');
    add_text(json, "folder", view_of(path_name(absolute ? absolute : folder)));
    add_int(json, "days", days);
    buf_add_char(json, ',');
    add_text(json, "program", view_of(PROPERSIM_VERSION));
    buf_add_str(json, ",\"conditions\":[");
    for (size_t i = 0; i < m->cell_count; i++) {
        if (!is_first_of_condition(m, i))
            continue;
        buf_add_str(json, first ? "{" : ",{");
        first = false;
        add_text(json, "name", view_of(m->cells[i].condition));
        add_options(json, "models", json_get(config, "spec"), m->cells[i].condition);
        add_options(json, "change", json_get(config, "spec"), m->cells[i].condition);
        buf_add_char(json, '}');
    }
    buf_add_str(json, "],\"report\":");
    if (json_get(config, "report") != NULL)
        json_add_canonical(json, json_get(config, "report"));
    else
        buf_add_str(json, "{}");
    buf_add_str(json, "},\"runs\":[");
    ok = true;
done:
    free(absolute);
    json_free(config);
    return ok;
}

bool results_collect(const char *study_folder, struct buf *json, struct err *err)
{
    struct manifest m = { 0 };
    bool ok = manifest_read(&m, study_folder, err) && add_study(json, &m, study_folder, err);

    for (size_t i = 0; ok && i < m.cell_count; i++) {
        char *path = path_join(study_folder, m.cells[i].file);
        if (i > 0)
            buf_add_char(json, ',');
        ok = add_cell(json, &m.cells[i], path, err);
        free(path);
    }
    buf_add_char(json, ']');
    ok = ok && results_add_more(json, &m, study_folder, err);
    buf_add_char(json, ',');
    ok = ok && calls_add_json(&m, study_folder, json, err);
    buf_add_char(json, '}');
    manifest_fini(&m);
    return ok;
}
