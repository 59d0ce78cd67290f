// What an assistant has learned, day by day: the strongest preferences of the last day in words,
// and how each of them grew.

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "learn/explain.h"
#include "learn/policy.h"
#include "learn/words.h"
#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"

enum { MAX_COUNT = 100, MAX_DAYS = 400, LOOKED_AT = 20000 };

// The policy as it stood after `day`; NULL without an error if nothing had been learned by then.
static struct policy *policy_of_day(struct reader *reader, int who, int day, struct err *err)
{
    struct buf weights = { 0 }, names = { 0 };
    struct policy *p = NULL;
    int policy_day = 0;

    if (reader_policy(reader, who, day, &policy_day, &weights, NULL, &names, err) &&
        policy_day > 0) {
        p = policy_new(POLICY_BITS);
        if (!policy_load(p, buf_view(&weights), err) ||
            !policy_load_names(p, buf_view(&names), err)) {
            policy_free(p);
            p = NULL;
        }
    }
    buf_fini(&weights);
    buf_fini(&names);
    return p;
}

static double weight_of(const struct policy_reason *reasons, size_t count, uint32_t bucket)
{
    for (size_t i = 0; i < count; i++) {
        if (reasons[i].bucket == bucket)
            return reasons[i].weight;
    }
    return 0; // so weak that it is not among those looked at
}

// A row of weights, one for each top bucket, for each day.
static bool collect(struct reader *reader, int who, int days, const struct policy_reason *top,
                    size_t count, double *out, struct err *err)
{
    struct policy_reason *all = mem_calloc(LOOKED_AT, sizeof(*all));
    bool ok = true;

    for (int day = 1; day <= days && ok; day++) {
        struct policy *p = policy_of_day(reader, who, day, err);
        size_t found = p == NULL ? 0 : policy_strongest(p, all, LOOKED_AT);
        ok = err->text[0] == '\0';
        for (size_t i = 0; i < count; i++)
            out[(size_t)(day - 1) * count + i] = weight_of(all, found, top[i].bucket);
        policy_free(p);
    }
    free(all);
    return ok;
}

// "NAME":"words".
static void add_words(struct buf *out, const char *name,
                      void (*say)(struct buf *out, const char *what), const char *what)
{
    struct buf words = { 0 };

    say(&words, what);
    buf_add_char(out, ',');
    web_add_text(out, name, buf_str(&words));
    buf_fini(&words);
}

static void write_all(struct buf *out, int days, const struct policy_reason *top, size_t count,
                      const double *weights)
{
    buf_addf(out, "{\"days\":%d,\"learned\":[", days);
    for (size_t i = 0; i < count; i++) {
        buf_add_str(out, i > 0 ? ",{" : "{");
        web_add_text(out, "context", top[i].context);
        buf_add_char(out, ',');
        web_add_text(out, "attribute", top[i].attribute);
        add_words(out, "moment", policy_say_moment, top[i].context);
        add_words(out, "act", policy_say_act, top[i].attribute);
        buf_add_str(out, ",\"weights\":[");
        for (int day = 0; day < days; day++)
            buf_addf(out, "%s%.6g", day > 0 ? "," : "", weights[(size_t)day * count + i]);
        buf_add_str(out, "]}");
    }
    buf_add_str(out, "]}");
}

void api_policy(void *user, struct server_request *q, struct server_reply *reply)
{
    struct err err = { { 0 } };
    struct policy_reason top[MAX_COUNT];
    int64_t who = 0, most = 0;
    int days = 0;
    double *weights = NULL;
    struct policy *last = NULL;
    struct reader *reader = NULL;

    if (!web_query_int(q, "who", 1, INT32_MAX, 1, &who, reply) ||
        !web_query_int(q, "count", 1, MAX_COUNT, 16, &most, reply))
        return;
    reader = web_reader(user, q, reply);
    if (reader == NULL)
        return;
    if (reader_progress(reader, &days, NULL, &err) && days > 0) {
        days = days > MAX_DAYS ? MAX_DAYS : days;
        last = policy_of_day(reader, (int)who, days, &err);
    }
    size_t count = last == NULL ? 0 : policy_strongest(last, top, (size_t)most);
    weights = mem_calloc((size_t)days * count, sizeof(*weights));
    if (err.text[0] != '\0' ||
        (count > 0 && !collect(reader, (int)who, days, top, count, weights, &err)))
        web_fail_err(reply, 500, &err);
    else
        write_all(&reply->body, days, top, count, weights);
    policy_free(last);
    free(weights);
}
