// What was suggested, and how it was rated.
#include <math.h>
#include <string.h>
#include <strings.h>

#include "interop/reverie_run_rows.h"

enum { SHORTEST = 7 }; // a shorter suggestion is none

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
        row->reason[i] = reverie_view(s->reasons[i]);
    }
    if (known && (score < 0 || sum == score))
        return true;
    for (int i = 0; i < RATE_COUNT; i++) {
        row->value[i] = score == 0 ? 0 : score == 4 ? 1 : -1;
        row->reason[i] = (struct view){ 0 };
    }
    row->reason[0] = reverie_trim(reverie_view(s->reason));
    return score == 0 || score == 4 || score < 0;
}

bool reverie_write_suggestion(const struct reverie_day *d, int64_t step)
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
