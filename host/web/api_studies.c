#include <inttypes.h>
#include <stdint.h>

#include "net/loop.h"
#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"
#include "web/reports.h"

// What all lists say of a run, without the closing brace.
static void add_run(struct buf *out, struct catalog_run *r)
{
    run_refresh(r);
    buf_add_char(out, '{');
    web_add_text(out, "id", r->id);
    buf_add_char(out, ',');
    web_add_text(out, "condition", r->condition);
    buf_add_char(out, ',');
    web_add_text(out, "persona", r->persona);
    buf_addf(out, ",\"seed\":\"%" PRId64 "\",\"names\":%s,", r->seed,
             r->names != NULL ? r->names : "[]");
    web_add_text(out, "state", run_state_name(r->state));
    buf_add_char(out, ',');
    web_add_text(out, "problem", r->state == RUN_BROKEN ? r->problem : r->failure);
    buf_addf(out,
             ",\"days_finished\":%d,\"days\":%d,\"steps\":%" PRId64 ",\"start\":%" PRId64
             ",\"sec_per_step\":%d,\"steps_per_day\":%d,\"scores\":%s",
             r->days_finished, r->study->days, r->steps, r->start, r->sec_per_step,
             r->steps_per_day, r->scores != NULL ? r->scores : "[]");
}

static void add_study(struct buf *out, struct catalog_study *s)
{
    buf_add_char(out, '{');
    web_add_text(out, "id", s->id);
    buf_add_char(out, ',');
    web_add_text(out, "name", s->name);
    buf_addf(out, ",\"days\":%d,\"runs\":[", s->days);
    for (size_t j = 0; j < s->run_count; j++) {
        buf_add_str(out, j > 0 ? "," : "");
        add_run(out, &s->runs[j]);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "]}");
}

void api_study(void *user, struct server_request *q, struct server_reply *reply)
{
    struct catalog_study *study = web_study(user, q, reply);

    if (study != NULL)
        add_study(&reply->body, study);
}

void api_studies(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct buf *out = &reply->body;
    int64_t offset = 0, limit = 0;

    if (!web_query_int(q, "offset", 0, INT32_MAX, 0, &offset, reply) ||
        !web_query_int(q, "limit", 1, 200, 50, &limit, reply))
        return;
    catalog_scan(w->catalog, loop_now_ms(w->loop));
    buf_add_char(out, '{');
    web_add_text(out, "folder", w->folder);
    buf_addf(out, ",\"total\":%zu,\"problems\":%s,\"studies\":[", catalog_count(w->catalog),
             catalog_problems(w->catalog));
    for (size_t i = (size_t)offset; i < catalog_count(w->catalog) && i < (size_t)(offset + limit);
         i++) {
        buf_add_str(out, i > (size_t)offset ? "," : "");
        add_study(out, catalog_at(w->catalog, i));
    }
    buf_add_str(out, "]}");
}

void api_report(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct catalog_study *study = web_study(w, q, reply);

    if (study != NULL)
        reports_answer(w->reports, study, q, reply);
}

static void add_residents(struct buf *out, const struct run_info *info)
{
    buf_add_str(out, ",\"residents\":[");
    for (int i = 0; i < info->resident_count; i++) {
        buf_addf(out, "%s{\"who\":%d,", i > 0 ? "," : "", i + 1);
        web_add_text(out, "persona", info->residents[i].persona);
        buf_add_char(out, ',');
        web_add_text(out, "name", info->residents[i].name);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_info(struct buf *out, const struct run_info *info)
{
    buf_addf(out, ",\"config\":%s,\"models\":%s,", info->config, info->models);
    web_add_text(out, "map", info->map);
    buf_add_char(out, ',');
    web_add_text(out, "program", info->program);
}

void api_run(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct reader *reader = web_reader(w, q, reply);
    struct catalog_run *run = reader == NULL ? NULL : catalog_run(w->catalog, server_part(q, 0));

    if (run == NULL)
        return;
    add_run(&reply->body, run);
    buf_add_char(&reply->body, ',');
    web_add_text(&reply->body, "study", run->study->id);
    buf_add_char(&reply->body, ',');
    web_add_text(&reply->body, "study_name", run->study->name);
    add_info(&reply->body, reader_info(reader));
    add_residents(&reply->body, reader_info(reader));
    buf_add_char(&reply->body, '}');
}

static bool add_day(void *user, const struct day_numbers *d)
{
    struct buf *out = user;

    buf_addf(out,
             "%s{\"day\":%d,\"who\":%d,\"finished\":%s,\"steps\":%" PRId64
             ",\"awake_steps\":%" PRId64 ",\"ratings\":%" PRId64 ",\"scored\":%" PRId64
             ",\"failed\":%" PRId64 ",\"score_sum\":%" PRId64,
             out->data[out->len - 1] == '[' ? "" : ",", d->day, d->who,
             d->finished ? "true" : "false", d->steps, d->awake_steps, d->ratings, d->scored,
             d->failed, d->score_sum);
    buf_addf(out,
             ",\"preference_sum\":%" PRId64 ",\"timing_sum\":%" PRId64 ",\"frequency_sum\":%" PRId64
             ",\"communication_sum\":%" PRId64 ",\"recommendations\":%" PRId64
             ",\"recommendations_scored\":%" PRId64 ",\"recommendation_score_sum\":%" PRId64,
             d->criterion_sum[RATE_PREFERENCE], d->criterion_sum[RATE_TIMING],
             d->criterion_sum[RATE_FREQUENCY], d->criterion_sum[RATE_COMMUNICATION],
             d->recommendations, d->recommendations_scored, d->recommendation_score_sum);
    buf_addf(out,
             ",\"successes\":%" PRId64 ",\"abstentions\":%" PRId64
             ",\"abstentions_scored\":%" PRId64 ",\"abstention_score_sum\":%" PRId64 "}",
             d->successes, d->abstentions, d->abstentions_scored, d->abstention_score_sum);
    return true;
}

void api_days(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct err err = { { 0 } };
    struct reader *reader = web_reader(w, q, reply);

    if (reader == NULL)
        return;
    buf_add_str(&reply->body, "{\"days\":[");
    if (!reader_days(reader, add_day, &reply->body, &err)) {
        web_fail_err(reply, 500, &err);
        return;
    }
    buf_add_str(&reply->body, "]}");
}
