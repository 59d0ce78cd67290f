#include "store/reader.h"

#include "store/reader_impl.h"

struct day_walk {
    reader_day_fn fn;
    void *user;
};

static bool give_day(void *user, const struct value *row, size_t columns)
{
    const struct day_walk *walk = user;
    struct day_numbers d = { 0 };
    size_t at = 0;

    (void)columns;
    d.day = (int)row[at++].i;
    d.who = (int)row[at++].i;
    d.finished = row[at++].i != 0;
    d.steps = row[at++].i;
    d.awake_steps = row[at++].i;
    d.ratings = row[at++].i;
    d.scored = row[at++].i;
    d.failed = row[at++].i;
    d.score_sum = row[at++].i;
    for (size_t i = 0; i < RATE_COUNT; i++)
        d.criterion_sum[i] = row[at++].i;
    d.recommendations = row[at++].i;
    d.recommendations_scored = row[at++].i;
    d.recommendation_score_sum = row[at++].i;
    d.successes = row[at++].i;
    d.abstentions = row[at++].i;
    d.abstentions_scored = row[at++].i;
    d.abstention_score_sum = row[at++].i;
    return walk->fn(walk->user, &d);
}

bool reader_days(struct reader *r, reader_day_fn fn, void *user, struct err *err)
{
    static const char sql[] =
        "SELECT day, who, finished, steps, awake_steps, ratings, scored, failed, score_sum,"
        " preference_sum, timing_sum, frequency_sum, communication_sum, recommendations,"
        " recommendations_scored, recommendation_score_sum, successes, abstentions,"
        " abstentions_scored, abstention_score_sum FROM daily ORDER BY day, who";
    struct day_walk walk = { .fn = fn, .user = user };

    return db_query(&r->db, sql, NULL, 0, give_day, &walk, err);
}
