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
static bool begins_activity(const struct reverie_resident *r, int64_t step)
{
    return step == 0 || !same(r->steps[step].description, r->steps[step - 1].description);
}

static int64_t activity_number(const struct reverie_resident *r, int64_t step)
{
    int64_t number = 0;

    for (int64_t i = 0; i <= step; i++)
        number += begins_activity(r, i);
    return number;
}

static int minutes_of(const struct reverie_day *d, int64_t step)
{
    const struct reverie_resident *r = d->resident;
    size_t end = (size_t)step + 1;

    while (end < r->step_count && same(r->steps[end].description, r->steps[step].description))
        end++;
    return (int)((int64_t)(end - (size_t)step) * d->run->sec_per_step / 60);
}

int64_t reverie_time_of(const struct reverie_run *run, int64_t step)
{
    return run->start + step * run->sec_per_step;
}

static bool write_activity(const struct reverie_day *d, int64_t step, int64_t seq)
{
    const struct reverie_step *s = &d->resident->steps[step];
    struct reverie_description parts = reverie_take_apart(s->description);
    struct json *lines = s->chat != NULL ? json_parse(view_of(s->chat), d->err) : NULL;
    struct row_activity row = { .day = d->day,
                                .who = d->who,
                                .seq = seq,
                                .start = reverie_time_of(d->run, step),
                                .minutes = minutes_of(d, step),
                                .description = parts.block,
                                .task = parts.task,
                                .address = parts.address,
                                .emoji = or_null(s->emoji) };
    bool ok = s->chat == NULL || lines != NULL;

    if (lines != NULL)
        row.object = reverie_other_voice(d->run, d->resident, lines);
    if (row.object.data != NULL) {
        row.subject = view_of(d->resident->name);
        row.predicate = view_of("talk with");
    }
    ok = ok && writer_append_activity(d->w, &row, d->err);
    json_free(lines);
    return ok;
}

// Nothing is suggested to who sleeps, and nobody sleeps on their way to bed.
static bool is_asleep(const struct reverie_step *s)
{
    return view_starts(reverie_take_apart(s->description).block, "sleeping") && !s->walking &&
           s->suggestion == NULL;
}

// What an onlooker saw: what the assistant was told, or what follows from the rest.
static void add_action(struct buf *out, const struct reverie_day *d, const struct reverie_step *s)
{
    const char *name = d->resident->name;

    if (s->action != NULL)
        buf_add_str(out, s->action);
    else if (s->walking && s->chat == NULL)
        buf_addf(out, "%.*s is walking.", (int)strcspn(name, " "), name);
    else
        buf_add_view(out, reverie_take_apart(s->description).task);
}

static bool write_step(const struct reverie_day *d, int64_t step, int64_t seq)
{
    const struct reverie_step *s = &d->resident->steps[step];
    struct buf action = { 0 };
    struct row_step row = { .step = step,
                            .who = d->who,
                            .x = s->x,
                            .y = s->y,
                            .path = or_null(s->path),
                            .asleep = is_asleep(s),
                            .walking = s->walking,
                            .activity = seq };
    bool ok = false;

    add_action(&action, d, s);
    row.action = buf_view(&action);
    ok = writer_append_step(d->w, &row, d->err);
    buf_fini(&action);
    return ok;
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
    const struct reverie_step *s = &d->resident->steps[step];
    int score = reverie_step_score(s);
    struct row_suggestion suggestion = { .step = step,
                                         .who = d->who,
                                         .slot = d->rows->slot,
                                         .text = view_of(s->suggestion),
                                         .silent = is_silence(s->suggestion),
                                         .source = SOURCE_DRAWN,
                                         .delivered = true,
                                         .logit = NAN,
                                         .probability = NAN };
    struct row_rating rating = { .step = step, .who = d->who, .slot = d->rows->slot };
    struct row_rating_total total = {
        .step = step, .who = d->who, .slot = d->rows->slot, .total = score
    };

    if (!writer_append_suggestion(d->w, &suggestion, d->err))
        return false;
    if (s->score == NULL && s->reason == NULL)
        return true; // not rated
    if (find_criteria(s, score, &rating))
        return writer_append_rating(d->w, &rating, d->err);
    return writer_append_rating(d->w, &rating, d->err) &&
           writer_append_rating_total(d->w, &total, d->err);
}

static bool write_resident(const struct reverie_day *d)
{
    const struct reverie_resident *r = d->resident;
    int64_t seq = activity_number(r, d->first) - begins_activity(r, d->first);
    bool ok = true;

    for (int64_t step = d->first; ok && step < d->last; step++) {
        if (begins_activity(r, step))
            ok = write_activity(d, step, ++seq);
        ok = ok && write_step(d, step, seq) &&
             (r->steps[step].suggestion == NULL || write_suggestion(d, step));
    }
    return ok && reverie_write_memories(d);
}

bool reverie_run_write_day(const struct reverie_rows *rows, struct writer *w, int day,
                           struct err *err)
{
    const struct reverie_run *run = rows->run;
    int per_day = reverie_run_steps_per_day(run);
    struct reverie_day d = { .rows = rows, .run = run, .w = w, .day = day, .err = err };
    bool ok = true;

    d.first = (int64_t)(day - 1) * per_day;
    d.last = d.first + per_day < (int64_t)run->count ? d.first + per_day : (int64_t)run->count;
    for (size_t i = 0; ok && i < run->resident_count; i++) {
        d.resident = &run->residents[i];
        d.who = (int)i + 1;
        ok = write_resident(&d) || err_wrap(err, "%s", d.resident->name);
    }
    return ok;
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

// With whom somebody talked in a memory; without data if it is no conversation.
static struct view talked_with(const struct reverie_memory *m)
{
    const struct json *type = json_get(m->node, "type"), *object = json_get(m->node, "object");

    if (m->node == NULL)
        return or_null(m->with);
    if (json_type(type) != JSON_STRING || strcmp(json_string(type).data, "chat") != 0 ||
        object == NULL || json_type(object) != JSON_STRING)
        return (struct view){ 0 };
    return json_string(object);
}

static void add_talk(struct buf *out, const struct reverie_rows *rows,
                     const struct reverie_memory *m, const char *persona)
{
    int64_t time_s = reverie_time_of(rows->run, m->step);
    struct civil c = simtime_civil(time_s);
    char date[40];
    struct buf when = { 0 };

    simtime_format_date(time_s, date);
    buf_addf(&when, "%s, %02d:%02d", date, c.hour, c.minute);
    export_json_key(out, persona);
    buf_add_char(out, '{');
    export_json_text(out, "about",
                     m->node != NULL ? json_string(json_get(m->node, "description"))
                                     : reverie_take_apart(m->description).task);
    export_json_int(out, "step", m->step);
    export_json_text(out, "when", buf_view(&when));
    buf_add_char(out, '}');
    buf_fini(&when);
}

// Their last conversation with each other: they do not speak to each other again at once.
static void add_talks(struct buf *out, const struct reverie_rows *rows,
                      const struct reverie_resident *r, int64_t last)
{
    export_json_key(out, "talked");
    buf_add_char(out, '{');
    for (size_t i = 0; i < rows->run->resident_count; i++) {
        struct view name = view_of(rows->run->residents[i].name);
        for (size_t k = r->memory_count; k > 0; k--) {
            struct view with = talked_with(&r->memories[k - 1]);
            if (r->memories[k - 1].step > last || with.data == NULL || !view_equal(with, name))
                continue;
            add_talk(out, rows, &r->memories[k - 1], rows->personas[i]);
            break;
        }
    }
    buf_add_char(out, '}');
}

void reverie_run_state(const struct reverie_rows *rows, int day, struct buf *out)
{
    int64_t last = (int64_t)day * reverie_run_steps_per_day(rows->run) - 1;

    buf_add_str(out, "{\"residents\":[");
    for (size_t i = 0; i < rows->run->resident_count; i++) {
        const struct reverie_resident *r = &rows->run->residents[i];
        const struct reverie_step *s = &r->steps[last];
        export_json_comma(out);
        buf_addf(out, "{\"activity_seq\":%lld,\"asleep\":%s,\"knows\":",
                 (long long)activity_number(r, last), is_asleep(s) ? "true" : "false");
        add_places(out, r->spatial);
        add_talks(out, rows, r, last);
        buf_addf(out, ",\"walking\":false,\"x\":%d,\"y\":%d}", s->x, s->y);
    }
    buf_add_str(out, "]}");
}
