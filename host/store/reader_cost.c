#include "store/reader.h"

#include "store/reader_impl.h"
#include "store/schema.h"

struct cost_walk {
    reader_cost_fn fn;
    void *user;
};

static double number(const struct value *v)
{
    return v->type == VALUE_INT ? (double)v->i : v->type == VALUE_REAL ? v->r : 0;
}

static struct view text(const struct value *v)
{
    return v->type == VALUE_TEXT ? v->bytes : (struct view){ NULL, 0 };
}

static bool give_row(void *user, const struct value *row, size_t columns)
{
    const struct cost_walk *walk = user;
    const struct cost_numbers c = {
        .role = text(&row[0]),
        .prompt = text(&row[1]),
        .model = text(&row[2]),
        .questions = (int64_t)number(&row[3]),
        .stored = (int64_t)number(&row[4]),
        .failed = (int64_t)number(&row[5]),
        .requests = (int64_t)number(&row[6]),
        .tokens_in = (int64_t)number(&row[7]),
        .tokens_out = (int64_t)number(&row[8]),
        .tokens_cached = (int64_t)number(&row[9]),
        .cost = number(&row[10]),
        .ms = number(&row[11]),
    };

    (void)columns;
    return walk->fn(walk->user, &c);
}

bool reader_cost(struct reader *r, reader_cost_fn fn, void *user, struct err *err)
{
    struct cost_walk walk = { .fn = fn, .user = user };

    return db_query(&r->db, STORE_COST " ORDER BY role, prompt, model", NULL, 0, give_row, &walk,
                    err);
}
