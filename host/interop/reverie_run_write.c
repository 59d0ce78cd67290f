// The rows of a run file, out of a run of the original.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/simtime.h"
#include "interop/export_json.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

enum { SHORTEST = 7 }; // a shorter suggestion is none

static struct view trim(struct view v)
{
    while (v.len > 0 && v.data[0] == ' ') {
        v.data++;
        v.len--;
    }
    while (v.len > 0 && v.data[v.len - 1] == ' ')
        v.len--;
    return v;
}

struct reverie_description reverie_take_apart(const char *text)
{
    struct reverie_description d = { 0 };
    const char *at = NULL, *open = NULL;

    if (text == NULL)
        return d;
    for (const char *next = strstr(text, " @ "); next != NULL; next = strstr(next + 1, " @ "))
        at = next;
    d.task = (struct view){ text, at != NULL ? (size_t)(at - text) : strlen(text) };
    if (at != NULL)
        d.address = trim(view_of(at + 3));
    d.task = trim(d.task);
    d.block = d.task;
    for (size_t i = 0; i < d.task.len; i++)
        open = d.task.data[i] == '(' ? d.task.data + i : open;
    if (open != NULL && d.task.len > 0 && d.task.data[d.task.len - 1] == ')') {
        const char *end = d.task.data + d.task.len - 1;
        d.block = trim((struct view){ d.task.data, (size_t)(open - d.task.data) });
        d.task = trim((struct view){ open + 1, (size_t)(end - open - 1) });
    }
    return d;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static struct view or_null(const char *text)
{
    return text != NULL ? view_of(text) : (struct view){ 0 };
}

// Activities count over the whole run: a new one begins where the description changes.
static int64_t activity_number(const struct reverie_run *run, int64_t step)
{
    int64_t number = 1;

    for (int64_t i = 1; i <= step; i++)
        number += !same(run->steps[i].description, run->steps[i - 1].description);
    return number;
}

static int minutes_of(const struct reverie_run *run, int64_t step)
{
    size_t end = (size_t)step + 1;

    while (end < run->count && same(run->steps[end].description, run->steps[step].description))
        end++;
    return (int)((int64_t)(end - (size_t)step) * run->sec_per_step / 60);
}

int64_t reverie_time_of(const struct reverie_day *d, int64_t step)
{
    return d->run->start + step * d->run->sec_per_step;
}

static bool write_activity(const struct reverie_day *d, int64_t step, int64_t seq)
{
    const struct reverie_step *s = &d->run->steps[step];
    struct reverie_description parts = reverie_take_apart(s->description);
    struct row_activity row = { .day = d->day,
                                .who = 1,
                                .seq = seq,
                                .start = reverie_time_of(d, step),
                                .minutes = minutes_of(d->run, step),
                                .description = parts.block,
                                .task = parts.task,
                                .address = parts.address,
                                .emoji = or_null(s->emoji) };

    return writer_append_activity(d->w, &row, d->err);
}

// Nothing is suggested to who sleeps, and nobody sleeps on their way to bed.
static bool is_asleep(const struct reverie_step *s)
{
    return view_starts(reverie_take_apart(s->description).block, "sleeping") && !s->walking &&
           s->suggestion == NULL;
}

static bool write_step(const struct reverie_day *d, int64_t step, int64_t seq)
{
    const struct reverie_step *s = &d->run->steps[step];
    struct reverie_description parts = reverie_take_apart(s->description);
    struct row_step row = { .step = step,
                            .who = 1,
                            .x = s->x,
                            .y = s->y,
                            .asleep = is_asleep(s),
                            .walking = s->walking,
                            .action = s->action != NULL ? view_of(s->action) : parts.task,
                            .activity = seq };

    return writer_append_step(d->w, &row, d->err);
}

static bool is_silence(const char *text)
{
    return strlen(text) < SHORTEST || strcasestr(text, "no recommendation") != NULL;
}

// The criteria where they are known, from propersim/ or because all are 0 or all are 1.
static bool find_criteria(const struct reverie_step *s, int score, struct row_rating *row)
{
    int sum = 0;
    bool known = true;

    for (int i = 0; i < RATE_COUNT; i++) {
        known = known && s->criteria[i] >= -1;
        sum += s->criteria[i] > 0;
        row->value[i] = s->criteria[i];
        row->reason[i] = or_null(s->reasons[i]);
    }
    if (known && (score < 0 || sum == score))
        return true;
    for (int i = 0; i < RATE_COUNT; i++) {
        row->value[i] = score == 0 ? 0 : score == 4 ? 1 : -1;
        row->reason[i] = (struct view){ 0 };
    }
    row->reason[0] = trim(or_null(s->reason));
    return score == 0 || score == 4 || score < 0;
}

static bool write_suggestion(const struct reverie_day *d, int64_t step)
{
    const struct reverie_step *s = &d->run->steps[step];
    int score = reverie_step_score(s);
    struct row_suggestion suggestion = { .step = step,
                                         .who = 1,
                                         .slot = d->slot,
                                         .text = view_of(s->suggestion),
                                         .silent = is_silence(s->suggestion),
                                         .source = SOURCE_DRAWN,
                                         .delivered = true,
                                         .logit = NAN,
                                         .probability = NAN };
    struct row_rating rating = { .step = step, .who = 1, .slot = d->slot };
    struct row_rating_total total = { .step = step, .who = 1, .slot = d->slot, .total = score };

    if (!writer_append_suggestion(d->w, &suggestion, d->err))
        return false;
    if (s->score == NULL && s->reason == NULL)
        return true; // not rated
    if (find_criteria(s, score, &rating))
        return writer_append_rating(d->w, &rating, d->err);
    return writer_append_rating(d->w, &rating, d->err) &&
           writer_append_rating_total(d->w, &total, d->err);
}

static int64_t suggestions_before(const struct reverie_run *run, int64_t step)
{
    int64_t count = 0;

    for (int64_t i = 0; i < step; i++)
        count += run->steps[i].suggestion != NULL;
    return count;
}

bool reverie_run_write_day(const struct reverie_run *run, struct writer *w, int day, int slot,
                           struct err *err)
{
    int per_day = reverie_run_steps_per_day(run);
    struct reverie_day d = { .run = run, .w = w, .day = day, .slot = slot, .err = err };
    bool make_memories = run->evaluations == NULL || json_first(run->evaluations) == NULL;
    int64_t seq = 0, memory = 0;
    bool ok = true;

    d.first = (int64_t)(day - 1) * per_day;
    d.last = d.first + per_day < (int64_t)run->count ? d.first + per_day : (int64_t)run->count;
    seq = activity_number(run, d.first);
    memory = suggestions_before(run, d.first);
    for (int64_t step = d.first; ok && step < d.last; step++) {
        bool changed =
            step == 0 || !same(run->steps[step].description, run->steps[step - 1].description);
        seq += changed && step > d.first;
        if (changed)
            ok = write_activity(&d, step, seq);
        ok = ok && write_step(&d, step, seq);
        if (ok && run->steps[step].suggestion != NULL)
            ok = write_suggestion(&d, step) &&
                 (!make_memories || reverie_remember(&d, step, ++memory));
    }
    return ok && reverie_write_nodes(&d, run->nodes, STREAM_RESIDENT) &&
           (make_memories || reverie_write_nodes(&d, run->evaluations, STREAM_ASSISTANT));
}

// ---- The state at a midnight.

static bool is_repeated(const struct json *list, const struct json *text)
{
    for (const struct json *t = json_first(list); t != text; t = json_next(t)) {
        if (json_type(t) == JSON_STRING && view_equal(json_string(t), json_string(text)))
            return true;
    }
    return false;
}

// world > sector > arena > [objects], as the scripts keep it: a tree of records.
static void add_places(struct buf *out, const struct json *tree)
{
    buf_add_char(out, '{');
    if (tree != NULL && (json_type(tree) == JSON_OBJECT || json_type(tree) == JSON_ARRAY)) {
        bool list = json_type(tree) == JSON_ARRAY;
        for (const struct json *child = json_first(tree); child != NULL; child = json_next(child)) {
            if (list && (json_type(child) != JSON_STRING || is_repeated(tree, child)))
                continue;
            export_json_key(out, list ? json_string(child).data : json_key(child));
            add_places(out, list ? NULL : child);
        }
    }
    buf_add_char(out, '}');
}

void reverie_run_state(const struct reverie_run *run, int day, struct buf *out)
{
    int64_t last = (int64_t)day * reverie_run_steps_per_day(run) - 1;
    const struct reverie_step *s = &run->steps[last];
    buf_addf(out, "{\"residents\":[{\"activity_seq\":%lld,\"asleep\":%s,\"knows\":",
             (long long)activity_number(run, last), is_asleep(s) ? "true" : "false");
    add_places(out, run->spatial);
    buf_addf(out, ",\"walking\":false,\"x\":%d,\"y\":%d}]}", s->x, s->y);
}
