// What is told to the people of a household by hand: kept in the run file as inputs of their steps,
// and in the services, where scripts find what is due.

#include <stdlib.h>

#include "base/mem.h"
#include "sim/household_data.h"

static void keep(struct script_services *s, const struct row_intervention *row)
{
    if (s->told_count == s->told_cap) {
        s->told_cap = mem_grow(s->told_cap, s->told_count + 1);
        s->told = mem_realloc(s->told, s->told_cap, sizeof(*s->told));
    }
    s->told[s->told_count++] =
        (struct service_told){ .step = row->step,
                               .who = row->who,
                               .kind = row->kind,
                               .text = mem_strndup(row->text.data, row->text.len) };
}

static bool take_row(void *user, const struct row_intervention *row)
{
    struct household *h = user;

    keep(&h->services, row);
    return true;
}

int64_t household_next_step(const struct household *h)
{
    return (int64_t)household_days(h) * household_steps_per_day(h) + h->steps_done;
}

bool household_load_told(struct household *h, struct err *err)
{
    return writer_interventions(h->writer, household_next_step(h), take_row, h, err);
}

void household_forget_told(struct household *h, int64_t before)
{
    struct script_services *s = &h->services;
    size_t kept = 0;

    for (size_t i = 0; i < s->told_count; i++) {
        if (s->told[i].step < before)
            free(s->told[i].text);
        else
            s->told[kept++] = s->told[i];
    }
    s->told_count = kept;
}

bool household_tell(struct household *h, int who, enum row_intervention_kind kind, struct view text,
                    struct err *err)
{
    struct row_intervention row = {
        .step = household_next_step(h), .seq = 1, .who = who, .kind = kind, .text = text
    };

    for (size_t i = 0; i < h->services.told_count; i++)
        row.seq += h->services.told[i].step == row.step;
    if (who < 1 || who > h->services.resident_count)
        return err_set(err, "there is no resident %d", who);
    if (!writer_append_intervention(h->writer, &row, err))
        return false;
    keep(&h->services, &row);
    return true;
}
