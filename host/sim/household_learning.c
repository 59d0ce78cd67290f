#include "learn/explain.h"
#include "sim/household_data.h"
#include "store/reader.h"

// The run file has a row for each day on which there was something to learn from: the weights in
// force that day, their words, and (as `optimizer`) the examples that the day added.

static bool save_resident(struct household *h, int who, int day, struct err *err)
{
    struct service_resident *r = &h->services.residents[who - 1];
    struct buf weights = { 0 }, names = { 0 }, examples = { 0 };
    bool ok = true;

    if (replay_count(r->replay) == 0)
        return true;
    policy_save(r->policy, &weights);
    policy_save_names(r->policy, &names);
    replay_save(r->replay, r->saved_examples, &examples);
    struct row_policy row = { .day = day,
                              .who = who,
                              .weights = buf_view(&weights),
                              .optimizer = buf_view(&examples),
                              .names = buf_view(&names) };
    ok = writer_append_policy(h->writer, &row, err);
    if (ok)
        r->saved_examples = replay_count(r->replay);
    buf_fini(&weights);
    buf_fini(&names);
    buf_fini(&examples);
    return ok;
}

bool household_save_learning(struct household *h, struct err *err)
{
    int day = household_days(h) + 1;

    for (int who = 1; who <= h->services.resident_count; who++) {
        if (!save_resident(h, who, day, err))
            return false;
    }
    return true;
}

struct loading {
    struct replay *replay;
    struct err *err;
    bool ok;
};

static bool load_examples(void *user, const struct value *row, size_t columns)
{
    struct loading *l = user;

    (void)columns;
    l->ok = row[0].type == VALUE_NULL || replay_load(l->replay, row[0].bytes, l->err);
    return l->ok;
}

bool household_restore_learning(struct reader *reader, struct service_resident *r, int who, int day,
                                struct err *err)
{
    const struct value keys[] = { value_int(who), value_int(day) };
    struct buf weights = { 0 }, names = { 0 };
    struct loading l = { .replay = r->replay, .err = err, .ok = true };
    int policy_day = 0;
    bool ok = household_restore_start(reader, r, who, err) &&
              reader_policy(reader, who, day, &policy_day, &weights, NULL, &names, err);

    if (ok && policy_day > 0)
        ok = policy_load(r->policy, buf_view(&weights), err);
    if (ok && names.len > 0)
        ok = policy_load_names(r->policy, buf_view(&names), err);
    ok = ok &&
         reader_query(reader,
                      "SELECT optimizer FROM policy WHERE who = ?1 AND day <= ?2 ORDER BY day",
                      keys, 2, load_examples, &l, err) &&
         l.ok;
    r->saved_examples = replay_count(r->replay);
    buf_fini(&weights);
    buf_fini(&names);
    return ok;
}
