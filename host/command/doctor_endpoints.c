#include "command/doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/ask.h"
#include "model/embed.h"
#include "net/loop.h"
#include "sim/roles.h"

enum {
    QUESTIONS = 2, // the first finds out what the endpoint accepts, the second is timed
    FEW = 10,      // requests per minute
    PATIENCE_MS = 90000,
    BACKOFF_MS = 200,
};

// One endpoint, and the roles that ask it.
struct patient {
    char *spec; // canonical JSON
    const struct json *model;
    struct buf roles;
    bool chats, embeds;
    const char *role; // of the chats, the first
};

struct patients {
    struct patient *all;
    size_t count;
};

// ---- Who is there

static struct patient *patient_of(struct patients *p, const struct json *model)
{
    struct buf spec = { 0 };

    json_add_canonical(&spec, model);
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->all[i].spec, buf_str(&spec)) == 0) {
            buf_fini(&spec);
            return &p->all[i];
        }
    }
    p->all = mem_realloc(p->all, p->count + 1, sizeof(*p->all));
    p->all[p->count] = (struct patient){ .spec = buf_take(&spec), .model = model };
    return &p->all[p->count++];
}

static void collect(struct patients *p, const struct study *study)
{
    const struct json *conditions = json_get(study->doc, "conditions");

    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        for (int role = 0; role < ROLE_COUNT; role++) {
            const char *name = role_name((enum role)role);
            const struct json *model = json_get(json_get(c, "models"), name);
            struct patient *one = NULL;
            if (roles_is_offline(model))
                continue;
            one = patient_of(p, model);
            if (strstr(buf_str(&one->roles), name) == NULL)
                buf_addf(&one->roles, "%s%s", one->roles.len > 0 ? ", " : "", name);
            if (role == ROLE_EMBEDDING) {
                one->embeds = true;
                continue;
            }
            one->chats = true;
            if (one->role == NULL)
                one->role = name;
        }
    }
}

static void patients_fini(struct patients *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->all[i].spec);
        buf_fini(&p->all[i].roles);
    }
    free(p->all);
}

// ---- A question

// What is asked: prompts of ours, since mocks and programs know these by name.
struct probe {
    const char *prompt, *inputs, *text, *schema;
};

static const struct probe importance = {
    .prompt = "resident/importance_event",
    .inputs = "{\"identity\":\"Ada\",\"first_name\":\"Ada\",\"text\":\"Ada is making her bed\"}",
    .text =
        "Ada has just perceived an event: \"Ada is making her bed\". How much does this matter to "
        "Ada, on a scale from 1 (everyday routine) to 10 (life-changing)?\n"
        "Answer as JSON: {\"importance\": 1-10}.",
    .schema =
        "{\"type\":\"object\",\"required\":[\"importance\"],\"additionalProperties\":false,"
        "\"properties\":{\"importance\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":10}}}",
};

static const struct probe suggestion = {
    .prompt = "assistant/suggest",
    .inputs =
        "{\"first_name\":\"Ada\",\"persona\":\"\",\"memory\":\"Nothing yet.\",\"action\":\"Ada "
        "is cooking lunch.\",\"time\":\"Thursday February 13, 2025, 12:00\"}",
    .text =
        "You are a proactive assistant in Ada's home. Thursday February 13, 2025, 12:00: Ada is "
        "cooking lunch. What do you recommend to Ada now? One sentence, or \"No "
        "Recommendation\".\nAnswer as JSON: {\"suggestion\": \"...\"}.",
    .schema = "{\"type\":\"object\",\"required\":[\"suggestion\"],\"additionalProperties\":false,"
              "\"properties\":{\"suggestion\":{\"type\":\"string\",\"maxLength\":600}}}",
};

struct result {
    bool done;
    enum failure failure;
    char *message;
    double ms;
    size_t dimensions;
};

static void on_answer(void *user, struct answer *answer)
{
    struct result *r = user;

    r->done = true;
    r->failure = answer->failure;
    r->message = mem_strdup(answer->message);
    r->ms = answer->row.ms;
}

static void on_vectors(void *user, enum failure failure, const char *message, const float *vectors,
                       size_t dimensions)
{
    struct result *r = user;

    (void)vectors;
    r->done = true;
    r->failure = failure;
    r->message = mem_strdup(message);
    r->dimensions = dimensions;
}

static bool is_done(void *user)
{
    return ((struct result *)user)->done;
}

// Waits for the answer; the caller frees the message.
static void wait_for(struct loop *loop, struct result *r)
{
    struct err err = { { 0 } };

    if (loop_run_until(loop, is_done, r, PATIENCE_MS, &err))
        return;
    r->failure = FAILURE_UNREACHABLE;
    r->message = mem_strdup("no answer within 90 seconds");
}

static struct result ask(struct loop *loop, struct channel *c, const struct probe *probe,
                         const char *role, uint64_t seed)
{
    struct wire_message message = { WIRE_USER, view_of(probe->text) };
    struct err err = { { 0 } };
    struct json *schema = json_parse(view_of(probe->schema), &err);
    struct schema *checker = schema_compile(schema, &err);
    struct result r = { .done = false };
    struct ask *a = NULL;
    struct question q = { .role = role,
                          .prompt = probe->prompt,
                          .version = "1",
                          .messages = &message,
                          .message_count = 1,
                          .schema = schema,
                          .checker = checker,
                          .inputs = view_of(probe->inputs),
                          .seed = seed };

    a = ask_start(c, &q, on_answer, &r);
    wait_for(loop, &r);
    if (!r.done)
        ask_cancel(a);
    schema_free(checker);
    json_free(schema);
    return r;
}

// ---- What it says of them

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
                     const struct result *r)
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
    const struct probe *probe =
        e->kind == ENDPOINT_EXEC && strcmp(p->role, "assistant") == 0 ? &suggestion : &importance;
    struct result r = { .done = false };
    bool proven = false;
    enum structured structured;

    // the second would only wait for its turn where a minute allows so few
    int questions = e->requests_per_minute > 0 && e->requests_per_minute < FEW ? 1 : QUESTIONS;

    for (int i = 0; i < questions; i++) {
        free(r.message);
        r = ask(loop, c, probe, p->role, (uint64_t)i + 1);
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
    const struct view texts[] = { view_of("Ada is cooking lunch"), view_of("a walk in the rain") };
    const struct vector_store none = { 0 };
    const struct endpoint *e = channel_endpoint(c);
    struct embedder *embedder = embedder_new(c, 0);
    struct result r = { .done = false };
    struct embed_job *job = embed_start(embedder, 1, texts, 2, &none, on_vectors, NULL, &r);
    int64_t start = loop_now_ms(loop);

    wait_for(loop, &r);
    if (!r.done)
        embed_cancel(job);
    if (r.failure != FAILURE_NONE)
        complain(d, p, e, &r);
    else
        doctor_ok(d, "%s (for %s): embeddings of %zu dimensions in %lld ms", e->name,
                  buf_str(&p->roles), r.dimensions, (long long)(loop_now_ms(loop) - start));
    free(r.message);
    embedder_free(embedder);
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

    collect(&patients, study);
    for (size_t i = 0; i < patients.count; i++)
        examine(d, study, &patients.all[i]);
    patients_fini(&patients);
}
