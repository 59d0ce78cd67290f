// Interventions are inputs of a run: a resume keeps them, whatever else it takes away.

#include "store/writer.h"

#include "store/writer_impl.h"

bool writer_append_intervention(struct writer *w, const struct row_intervention *r, struct err *err)
{
    const struct value row[] = { value_int(r->step), value_int(r->seq), value_int(r->who),
                                 value_int(r->kind), value_text(r->text) };

    if (r->step < (int64_t)w->days * w->steps_per_day)
        return err_set(err, "%s: step %lld is over; nothing can be done to it any more", w->db.path,
                       (long long)r->step);
    return writer_run(w, PUT_INTERVENTION, row, COUNT(row), NULL, NULL, err);
}

struct walk {
    writer_intervention_fn fn;
    void *user;
};

static bool give(void *user, const struct value *row, size_t columns)
{
    const struct walk *walk = user;
    const struct row_intervention r = { .step = row[0].i,
                                        .seq = (int)row[1].i,
                                        .who = (int)row[2].i,
                                        .kind = (enum row_intervention_kind)row[3].i,
                                        .text = row[4].bytes };

    (void)columns;
    return walk->fn(walk->user, &r);
}

bool writer_interventions(struct writer *w, int64_t step, writer_intervention_fn fn, void *user,
                          struct err *err)
{
    const struct value first = value_int(step);
    struct walk walk = { .fn = fn, .user = user };

    return db_query(&w->db,
                    "SELECT step, seq, who, kind, text FROM intervention_data WHERE step >= ?1"
                    " ORDER BY step, seq",
                    &first, 1, give, &walk, err);
}
