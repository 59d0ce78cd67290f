#include "command/doctor.h"

#include <stdlib.h>
#include <string.h>

#include "command/doctor_impl.h"

enum {
    QUESTIONS = 2, // the first finds out what the endpoint accepts, the second is timed
    FEW = 10,      // requests per minute
    BACKOFF_MS = 200,
};

static const char *advice(enum failure f)
{
    switch (f) {
    case FAILURE_UNREACHABLE: return "; is the server running, and the address right?";
    case FAILURE_BUSY: return "; it is busy: try again, or set lower limits";
    case FAILURE_REFUSED:
    case FAILURE_LENGTH:
    case FAILURE_EMPTY:
    case FAILURE_UNUSABLE: return "; this model does not do what our prompts ask for: try another";
    case FAILURE_NONE:
    case FAILURE_BROKEN:
    case FAILURE_REQUEST:
    case FAILURE_KEY:
    case FAILURE_MODEL:
    case FAILURE_QUOTA:
    case FAILURE_BUDGET:
    case FAILURE_REPLAY:
    case FAILURE_STORE:
    case FAILURE_ABSENT: // says what to do itself
    case FAILURE_STOPPED: return "";
    }
    return "";
}

static void complain(struct doctor *d, const struct patient *p, const struct endpoint *e,
                     const struct probe_result *r)
{
    bool named = strncmp(r->message, e->name, strlen(e->name)) == 0;

    doctor_mend(d, "%s%s (for %s): %s%s", named ? "" : e->name, named ? "endpoint" : "",
                buf_str(&p->roles), r->message, advice(r->failure));
}

// Do concurrency and rates fit each other, at this time for an answer?
static void look_at_limits(struct doctor *d, const struct endpoint *e, double ms)
{
    double at_once = e->requests_per_minute * ms / 60000;

    if (e->requests_per_minute > 0 && at_once < (double)e->concurrency / 2)
        doctor_note(d,
                    "%s: %g requests a minute keep %.1f under way; a concurrency of %lld is more "
                    "than can be used",
                    e->name, e->requests_per_minute, at_once, (long long)e->concurrency);
    if (!e->has_price && e->kind != ENDPOINT_EXEC && !e->mock)
        doctor_note(
            d, "%s: no `price` is given, so costs are neither counted nor limited (--max-cost)",
            e->name);
}

static void try_chat(struct doctor *d, struct loop *loop, struct models *m, struct channel *c,
                     const struct patient *p)
{
    const struct endpoint *e = channel_endpoint(c);
    const struct probe *probe = probe_for(e, p->role);
    struct probe_result r = { .done = false };
    bool proven = false;
    enum structured structured;

    // the second would only wait for its turn where a minute allows so few
    int questions = e->requests_per_minute > 0 && e->requests_per_minute < FEW ? 1 : QUESTIONS;

    for (int i = 0; i < questions; i++) {
        free(r.message);
        r = probe_ask(loop, c, probe, p->role, (uint64_t)i + 1);
        if (r.failure != FAILURE_NONE)
            break;
    }
    if (r.failure != FAILURE_NONE) {
        complain(d, p, e, &r);
        free(r.message);
        return;
    }
    structured = channel_structured(c, &proven);
    if (e->kind == ENDPOINT_EXEC)
        doctor_ok(d, "%s (for %s): answers %s as its schema wants, in %.0f ms", e->name,
                  buf_str(&p->roles), probe->prompt, r.ms);
    else
        doctor_ok(d, "%s (for %s): answers as the schema wants (%s%s) in %.0f ms", e->name,
                  buf_str(&p->roles), structured_name(structured),
                  structured == STRUCTURED_PLAIN ? ": it takes no response format" : "", r.ms);
    if (models_usage(m).retries > 0)
        doctor_note(d, "%s: it took %lld retries", e->name, (long long)models_usage(m).retries);
    look_at_limits(d, e, r.ms);
    free(r.message);
}

static void try_embedding(struct doctor *d, struct loop *loop, struct channel *c,
                          const struct patient *p)
{
    const struct endpoint *e = channel_endpoint(c);
    struct probe_result r = probe_embed(loop, c);

    if (r.failure != FAILURE_NONE)
        complain(d, p, e, &r);
    else
        doctor_ok(d, "%s (for %s): embeddings of %zu dimensions in %.0f ms", e->name,
                  buf_str(&p->roles), r.dimensions, r.ms);
    free(r.message);
}

static void examine(struct doctor *d, const struct study *study, const struct patient *p)
{
    struct models_options options = { .backoff_ms = BACKOFF_MS,
                                      .backoff_max_ms = BACKOFF_MS * 4,
                                      .exec_folder = study->folder };
    struct err err = { { 0 } };
    struct endpoint *e = endpoint_from_json(p->model, &err);
    struct loop *loop = NULL;
    struct models *m = NULL;
    struct channel *c = NULL;

    if (e != NULL) {
        e->retries = e->retries < 2 ? e->retries : 2; // one who is not there is told soon
        loop = loop_new(&err);
    }
    m = loop != NULL ? models_new(loop, &options, &err) : NULL;
    if (m == NULL)
        endpoint_free(e);
    c = m != NULL ? models_add(m, e, &err) : NULL;
    if (c == NULL) {
        doctor_mend(d, "endpoint (for %s): %s", buf_str(&p->roles), err.text);
    } else {
        if (p->chats)
            try_chat(d, loop, m, c, p);
        if (p->embeds)
            try_embedding(d, loop, c, p);
        d->requests += (int)models_usage(m).requests;
    }
    models_free(m);
    loop_free(loop);
}

void doctor_endpoints(struct doctor *d, const struct study *study)
{
    struct patients patients = { 0 };

    patients_collect(&patients, study);
    for (size_t i = 0; i < patients.count; i++)
        examine(d, study, &patients.all[i]);
    patients_fini(&patients);
}
