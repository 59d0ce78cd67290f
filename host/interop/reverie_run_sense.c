// What the texts of the original say, and what follows from them for ours.
#include <string.h>

#include "interop/reverie_run_rows.h"

struct view reverie_view(const char *text)
{
    return text != NULL ? view_of(text) : (struct view){ 0 };
}

struct view reverie_trim(struct view v)
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
        d.address = reverie_trim(view_of(at + 3));
    d.task = reverie_trim(d.task);
    d.block = d.task;
    for (size_t i = 0; i < d.task.len; i++)
        open = d.task.data[i] == '(' ? d.task.data + i : open;
    if (open != NULL && d.task.len > 0 && d.task.data[d.task.len - 1] == ')') {
        const char *end = d.task.data + d.task.len - 1;
        d.block = reverie_trim((struct view){ d.task.data, (size_t)(open - d.task.data) });
        d.task = reverie_trim((struct view){ open + 1, (size_t)(end - open - 1) });
    }
    return d;
}

int64_t reverie_time_of(const struct reverie_run *run, int64_t step)
{
    return run->start + step * run->sec_per_step;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool reverie_begins_activity(const struct reverie_resident *r, int64_t step)
{
    return step == 0 || !same(r->steps[step].description, r->steps[step - 1].description);
}

int64_t reverie_activity_number(const struct reverie_resident *r, int64_t step)
{
    int64_t number = 0;

    for (int64_t i = 0; i <= step; i++)
        number += reverie_begins_activity(r, i);
    return number;
}

int reverie_activity_minutes(const struct reverie_run *run, const struct reverie_resident *r,
                             int64_t step)
{
    size_t end = (size_t)step + 1;

    while (end < r->step_count && same(r->steps[end].description, r->steps[step].description))
        end++;
    return (int)((int64_t)(end - (size_t)step) * run->sec_per_step / 60);
}

bool reverie_is_asleep(const struct reverie_step *s)
{
    return view_starts(reverie_take_apart(s->description).block, "sleeping") && !s->walking &&
           s->suggestion == NULL;
}
