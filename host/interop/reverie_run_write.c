// The rows of a run file, out of a run of the original.
#include <string.h>

#include "interop/reverie_run_rows.h"
#include "text/json.h"

static bool write_activity(const struct reverie_day *d, int64_t step, int64_t seq)
{
    const struct reverie_step *s = &d->resident->steps[step];
    struct reverie_description parts = reverie_take_apart(s->description);
    struct json *lines = s->chat != NULL ? json_parse(view_of(s->chat), d->err) : NULL;
    struct row_activity row = { .day = d->day,
                                .who = d->who,
                                .seq = seq,
                                .start = reverie_time_of(d->run, step),
                                .minutes = reverie_activity_minutes(d->run, d->resident, step),
                                .description = parts.block,
                                .task = parts.task,
                                .address = parts.address,
                                .emoji = reverie_view(s->emoji) };
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
                            .path = reverie_view(s->path),
                            .asleep = reverie_is_asleep(s),
                            .walking = s->walking,
                            .activity = seq };
    bool ok = false;

    add_action(&action, d, s);
    row.action = buf_view(&action);
    ok = writer_append_step(d->w, &row, d->err);
    buf_fini(&action);
    return ok;
}

static bool write_resident(const struct reverie_day *d)
{
    const struct reverie_resident *r = d->resident;
    int64_t seq = reverie_activity_number(r, d->first) - reverie_begins_activity(r, d->first);
    bool ok = true;

    for (int64_t step = d->first; ok && step < d->last; step++) {
        if (reverie_begins_activity(r, step))
            ok = write_activity(d, step, ++seq);
        ok = ok && write_step(d, step, seq) &&
             (r->steps[step].suggestion == NULL || reverie_write_suggestion(d, step));
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
