#include "sim/decisions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/reader.h"
#include "text/json.h"

enum { FIRST_CRITERION = 3, FIRST_REASON = FIRST_CRITERION + RATE_COUNT };

// What was delivered in a step, and its rating as the person meant it.
struct offer {
    int64_t step;
    bool rated, silent, value[RATE_COUNT];
};

// What is open for a resident while the offers pass by.
struct watch {
    bool in_need;
    int need_day;
    int64_t last_overdue;
};

struct decisions {
    int residents, steps_per_day;
    int64_t bridge_steps, slip; // slip: id of the text DECISIONS_SLIP; 0 if none is to be undone
    struct watch *watches;      // by resident
    struct decision_numbers *days;
    size_t day_count, day_cap; // days * residents
};

static struct decision_numbers *numbers(struct decisions *d, int day, int who)
{
    size_t at = (size_t)(day - 1) * (size_t)d->residents + (size_t)(who - 1);

    if (at >= d->day_cap) {
        size_t cap = mem_grow(d->day_cap, at + 1);
        d->days = mem_realloc(d->days, cap, sizeof(*d->days));
        d->day_cap = cap;
    }
    while (d->day_count <= at)
        d->days[d->day_count++] = (struct decision_numbers){ 0 };
    return &d->days[at];
}

static void end_need(struct decisions *d, int who, bool answered)
{
    struct watch *w = &d->watches[who - 1];

    if (!w->in_need)
        return;
    w->in_need = false;
    if (answered)
        numbers(d, w->need_day, who)->needs_answered++;
    else
        numbers(d, w->need_day, who)->needs_missed++;
}

static int opportune(const struct offer *o)
{
    return o->value[RATE_TIMING] + o->value[RATE_FREQUENCY];
}

static void see_silence(struct decisions *d, const struct offer *o, int day, int who)
{
    struct watch *w = &d->watches[who - 1];

    if (!o->rated || opportune(o) > 0)
        return;
    numbers(d, day, who)->overdue_steps++;
    if (!w->in_need)
        w->need_day = day;
    w->in_need = true;
    w->last_overdue = o->step;
}

static void see_recommendation(struct decisions *d, const struct offer *o, int day, int who)
{
    struct decision_numbers *n = NULL;

    if (!o->rated) { // it spoke, but nobody knows how well: the need counts as neither
        d->watches[who - 1].in_need = false;
        return;
    }
    end_need(d, who, opportune(o) == 2);
    n = numbers(d, day, who);
    if (opportune(o) < 2) {
        n->false_alarms++;
    } else {
        n->right_moments++;
        n->right_contents += o->value[RATE_PREFERENCE] && o->value[RATE_COMMUNICATION];
    }
}

static bool see_offer(void *user, const struct value *row, size_t columns)
{
    struct decisions *d = user;
    int who = (int)row[1].i, day = (int)(row[0].i / d->steps_per_day) + 1;
    struct offer o = { .step = row[0].i, .silent = row[2].i != 0, .rated = true };

    (void)columns;
    for (size_t i = 0; i < RATE_COUNT; i++) {
        const struct value *value = &row[FIRST_CRITERION + i], *reason = &row[FIRST_REASON + i];
        bool slip = d->slip != 0 && reason->type == VALUE_INT && reason->i == d->slip;

        o.rated = o.rated && value->type == VALUE_INT;
        o.value[i] = (value->i != 0) != slip;
    }
    if (o.step - d->watches[who - 1].last_overdue > d->bridge_steps)
        end_need(d, who, false);
    if (o.silent)
        see_silence(d, &o, day, who);
    else
        see_recommendation(d, &o, day, who);
    return true;
}

static bool take_id(void *user, const struct value *row, size_t columns)
{
    (void)columns;
    *(int64_t *)user = row[0].i;
    return true;
}

static bool is_text(const struct json *value, const char *text)
{
    return value != NULL && json_type(value) == JSON_STRING &&
           view_equal(json_string(value), view_of(text));
}

// Did the offline rater answer, each criterion for itself? Then its reasons tell its slips.
static bool tells_slips(const struct run_info *info)
{
    struct err err = { { 0 } };
    struct json *models = json_parse(view_of(info->models), &err);
    struct json *config = json_parse(view_of(info->config), &err);
    const struct json *rater = json_get(config, "rater");
    bool tells = is_text(json_get(models, "rater"), "offline") &&
                 (rater == NULL || !is_text(json_get(rater, "mode"), "all"));

    json_free(models);
    json_free(config);
    return tells;
}

struct decisions *decisions_read(struct reader *r, struct err *err)
{
    static const char sql[] =
        "SELECT s.step, s.who, s.silent, r.preference, r.timing, r.frequency,"
        " r.communication, r.preference_reason, r.timing_reason, r.frequency_reason,"
        " r.communication_reason"
        " FROM suggestion_data s LEFT JOIN rating_data r USING (step, who, slot)"
        " WHERE s.delivered ORDER BY s.step, s.who";
    static const char find_slip[] = "SELECT id FROM text WHERE text = ?1";
    const struct run_info *info = reader_info(r);
    struct value slip = value_text(view_of(DECISIONS_SLIP));
    struct decisions *d = mem_calloc(1, sizeof(*d));
    bool ok = true;

    d->residents = info->resident_count;
    d->steps_per_day = info->steps_per_day;
    d->bridge_steps = DECISIONS_BRIDGE_S / info->sec_per_step;
    d->watches = mem_calloc((size_t)d->residents, sizeof(*d->watches));
    if (tells_slips(info))
        ok = reader_query(r, find_slip, &slip, 1, take_id, &d->slip, err);
    ok = ok && reader_query(r, sql, NULL, 0, see_offer, d, err);
    for (int who = 1; who <= d->residents; who++)
        end_need(d, who, false);
    if (ok)
        return d;
    decisions_free(d);
    return NULL;
}

struct decision_numbers decisions_of(const struct decisions *d, int day, int who)
{
    size_t at = (size_t)(day - 1) * (size_t)d->residents + (size_t)(who - 1);

    return at < d->day_count ? d->days[at] : (struct decision_numbers){ 0 };
}

void decisions_free(struct decisions *d)
{
    if (d == NULL)
        return;
    free(d->watches);
    free(d->days);
    free(d);
}
