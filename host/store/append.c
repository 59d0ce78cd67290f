#include "store/writer.h"

#include "store/writer_impl.h"

// Days are what a resume keeps or takes away, so each row must be of the open day.
static bool check_day(const struct writer *w, int day, struct err *err)
{
    if (w->open_day == 0)
        return err_set(err, "%s: no day is open", w->db.path);
    if (day != w->open_day)
        return err_set(err, "%s: a row of day %d comes during day %d", w->db.path, day,
                       w->open_day);
    return true;
}

static bool check_step(const struct writer *w, int64_t step, struct err *err)
{
    int64_t first = (int64_t)(w->open_day - 1) * w->steps_per_day;

    if (w->open_day == 0)
        return err_set(err, "%s: no day is open", w->db.path);
    if (step < first || step >= first + w->steps_per_day)
        return err_set(err, "%s: a row of step %lld comes during day %d (steps %lld to %lld)",
                       w->db.path, (long long)step, w->open_day, (long long)first,
                       (long long)first + w->steps_per_day - 1);
    return true;
}

static bool put(struct writer *w, enum writer_stmt which, const struct value *row, size_t count,
                struct err *err)
{
    return writer_run(w, which, row, count, NULL, NULL, err);
}

bool writer_append_step(struct writer *w, const struct row_step *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->step),    value_int(r->who),         value_int(r->x),
        value_int(r->y),       writer_text(w, r->path),   value_int(r->asleep),
        value_int(r->walking), writer_text(w, r->action), int_or_null(r->activity),
    };
    return put(w, PUT_STEP, row, COUNT(row), err);
}

bool writer_append_activity(struct writer *w, const struct row_activity *r, struct err *err)
{
    if (!check_day(w, r->day, err))
        return false;
    const struct value row[] = {
        value_int(r->who),          value_int(r->seq),
        value_int(r->day),          value_int(r->start),
        value_int(r->minutes),      writer_text(w, r->description),
        writer_text(w, r->task),    writer_text(w, r->kind),
        writer_text(w, r->address), writer_text(w, r->emoji),
        writer_text(w, r->subject), writer_text(w, r->predicate),
        writer_text(w, r->object),  writer_text(w, r->object_state),
    };
    return put(w, PUT_ACTIVITY, row, COUNT(row), err);
}

bool writer_append_schedule(struct writer *w, const struct row_schedule *r, struct err *err)
{
    if (!check_day(w, r->day, err) || !check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->day),     value_int(r->who),           value_int(r->seq),
        value_int(r->step),    value_int(r->level),         value_int(r->start),
        value_int(r->minutes), writer_text(w, r->activity),
    };
    return put(w, PUT_SCHEDULE, row, COUNT(row), err);
}

bool writer_append_event(struct writer *w, const struct row_event *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->step),         value_int(r->who),
        value_int(r->seq),          writer_text(w, r->address),
        writer_text(w, r->subject), writer_text(w, r->predicate),
        writer_text(w, r->object),  writer_text(w, r->description),
    };
    return put(w, PUT_EVENT, row, COUNT(row), err);
}

bool writer_append_memory(struct writer *w, const struct row_memory *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->who),          value_int(r->stream),         value_int(r->id),
        value_int(r->step),         value_int(r->type),           value_int(r->depth),
        value_int(r->created),      value_int(r->last_accessed),  int_or_null(r->expiration),
        writer_text(w, r->subject), writer_text(w, r->predicate), writer_text(w, r->object),
        writer_text(w, r->text),    value_real(r->importance),    writer_text(w, r->keywords),
        writer_text(w, r->filling),
    };
    return put(w, PUT_MEMORY, row, COUNT(row), err);
}

bool writer_append_clear(struct writer *w, const struct row_clear *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = { value_int(r->step), value_int(r->who), value_int(r->stream),
                                 value_int(r->below) };
    return put(w, PUT_CLEAR, row, COUNT(row), err);
}

bool writer_append_suggestion(struct writer *w, const struct row_suggestion *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->step),           value_int(r->who),
        value_int(r->slot),           writer_text(w, r->text),
        writer_text(w, r->topic),     writer_text(w, r->tone),
        value_int(r->silent),         value_int(r->source),
        value_int(r->delivered),      real_or_null(r->logit),
        real_or_null(r->probability), writer_text(w, r->reason),
    };
    return put(w, PUT_SUGGESTION, row, COUNT(row), err);
}

bool writer_append_rating(struct writer *w, const struct row_rating *r, struct err *err)
{
    struct value row[4 + 2 * RATE_COUNT];

    if (!check_step(w, r->step, err))
        return false;
    row[0] = value_int(r->step);
    row[1] = value_int(r->who);
    row[2] = value_int(r->slot);
    row[3] = value_int(r->shared);
    for (size_t i = 0; i < RATE_COUNT; i++) {
        if (r->value[i] < -1 || r->value[i] > 1)
            return err_set(err, "%s: step %lld: a rating is %d; it must be 0, 1, or -1 (failed)",
                           w->db.path, (long long)r->step, r->value[i]);
        row[4 + i] = r->value[i] < 0 ? value_null() : value_int(r->value[i]);
        row[4 + RATE_COUNT + i] = writer_text(w, r->reason[i]);
    }
    return put(w, PUT_RATING, row, COUNT(row), err);
}

bool writer_append_pair(struct writer *w, const struct row_pair *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = { value_int(r->step), value_int(r->who), value_int(r->chosen_slot),
                                 value_int(r->rejected_slot), value_real(r->margin) };
    return put(w, PUT_PAIR, row, COUNT(row), err);
}

bool writer_append_policy(struct writer *w, const struct row_policy *r, struct err *err)
{
    if (!check_day(w, r->day == 0 ? 1 : r->day, err)) // day 0 is written as the first day begins
        return false;
    const struct value row[] = { value_int(r->day), value_int(r->who), writer_text(w, r->names),
                                 value_blob(r->weights), value_blob(r->optimizer) };
    return put(w, PUT_POLICY, row, COUNT(row), err);
}

bool writer_append_summary(struct writer *w, const struct row_summary *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = { value_int(r->who),      value_int(r->stream), value_int(r->level),
                                 value_int(r->start),    value_int(r->stop),   value_int(r->step),
                                 writer_text(w, r->text) };
    return put(w, PUT_SUMMARY, row, COUNT(row), err);
}

bool writer_append_retrieval(struct writer *w, const struct row_retrieval *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = {
        value_int(r->step),       value_int(r->who),         value_int(r->stream),
        value_int(r->seq),        value_int(r->rank),        value_int(r->node),
        writer_text(w, r->query), value_real(r->score),      value_real(r->recency),
        value_real(r->relevance), value_real(r->importance),
    };
    return put(w, PUT_RETRIEVAL, row, COUNT(row), err);
}

bool writer_append_log(struct writer *w, const struct row_log *r, struct err *err)
{
    if (r->source == LOG_SCRIPT && !check_step(w, r->step, err))
        return false;
    const struct value row[] = { int_or_null(r->step), value_int(r->level), value_int(r->source),
                                 value_text(r->message) };
    return put(w, PUT_LOG, row, COUNT(row), err);
}

bool writer_append_mmlu(struct writer *w, const struct row_mmlu *r, struct err *err)
{
    if (!check_day(w, r->day, err))
        return false;
    const struct value row[] = {
        value_int(r->day),
        value_int(r->who),
        value_int(r->seq),
        writer_text(w, r->subject),
        writer_text(w, r->question),
        value_int(r->answer),
        r->given < 0 ? value_null() : value_int(r->given),
        writer_text(w, r->comment),
    };
    return put(w, PUT_MMLU, row, COUNT(row), err);
}

bool writer_append_measure(struct writer *w, const struct row_measure *r, struct err *err)
{
    if (!check_day(w, r->day, err))
        return false;
    const struct value row[] = { value_int(r->day), value_int(r->who), value_text(r->name),
                                 value_real(r->value) };
    return put(w, PUT_MEASURE, row, COUNT(row), err);
}

bool writer_append_pair_prompt(struct writer *w, const struct row_pair_prompt *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = { value_int(r->step), value_int(r->who), value_text(r->prompt),
                                 value_text(r->inputs) };
    return put(w, PUT_PAIR_PROMPT, row, COUNT(row), err);
}

bool writer_append_rating_total(struct writer *w, const struct row_rating_total *r, struct err *err)
{
    if (!check_step(w, r->step, err))
        return false;
    const struct value row[] = { value_int(r->step), value_int(r->who), value_int(r->slot),
                                 value_int(r->total) };
    return put(w, PUT_RATING_TOTAL, row, COUNT(row), err);
}

bool writer_append_adapter(struct writer *w, const struct row_adapter *r, struct err *err)
{
    const struct value row[] = {
        value_int(r->day),      value_int(r->who),    value_text(r->name),    value_text(r->path),
        value_int(r->examples), value_int(r->status), value_text(r->message), value_real(r->ms),
    };
    return put(w, PUT_ADAPTER, row, COUNT(row), err);
}
