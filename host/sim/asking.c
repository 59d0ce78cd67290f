#include "sim/asking.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

struct asking {
    struct roles *roles;
    struct channel *channels[ROLE_COUNT];             // NULL: offline
    struct channel *adapters[SERVICES_MAX_RESIDENTS]; // by resident: the fine-tuned assistant; NULL
    uint64_t household;
    const struct script_context *context; // of the script: whose step it is
    struct writer *writer;
    struct embedder *embedder; // NULL: offline
    struct asker asker;
    bool any, keep_prompts;
    size_t open;
};

struct pending {
    struct asking *asking;
    struct ask *ask; // NULL: the study is stopped, and nobody will answer any more
    asker_done_fn done;
    void *user;
};

void asking_set_adapter(struct asking *a, int who, struct channel *channel)
{
    a->adapters[who - 1] = channel;
}

static struct channel *channel_for(const struct asking *a, const struct asker_question *q)
{
    enum role role = role_find(q->role);

    if (role == ROLE_ASSISTANT && q->who >= 1 && q->who <= SERVICES_MAX_RESIDENTS &&
        a->adapters[q->who - 1] != NULL)
        return a->adapters[q->who - 1];
    return a->channels[role];
}

static enum asker_kind kind(void *user, const char *role)
{
    const struct asking *a = user;
    enum role which = role_find(role);
    const struct channel *c = which < ROLE_COUNT ? a->channels[which] : NULL;

    if (c == NULL)
        return ASKER_OFFLINE;
    return channel_endpoint(c)->mock ? ASKER_MOCK : ASKER_MODEL;
}

static void pending_free(struct pending *p)
{
    p->asking->open--;
    free(p);
}

static bool keep_row(const struct asking *a, const struct row_call *row)
{
    struct err err = { { 0 } };

    if (writer_append_call(a->writer, row, &err))
        return true;
    models_stop(roles_models(a->roles), err.text);
    return false;
}

static void on_answer(void *user, struct answer *answer)
{
    struct pending *p = user;
    struct asking *a = p->asking;
    struct json *json = answer->json;
    bool stops = failure_stops_study(answer->failure);

    p->ask = NULL;
    if (!stops || answer->requests > 0) // what was sent counts, whatever came of it
        stops |= !keep_row(a, &answer->row);
    if (stops)
        return; // says nothing of this question: the script waits until it is cancelled
    answer->json = NULL;
    p->done(p->user, json, answer->failure == FAILURE_NONE ? NULL : failure_name(answer->failure));
    pending_free(p);
}

static void *ask(void *user, const struct asker_question *q, asker_check_fn check,
                 asker_done_fn done, void *done_user)
{
    struct asking *a = user;
    struct pending *p = mem_calloc(1, sizeof(*p));
    struct err err = { { 0 } };
    const struct role_schema *schema = roles_schema(a->roles, q->schema, &err);
    struct wire_message messages[2] = { { WIRE_SYSTEM, q->system }, { WIRE_USER, q->user } };
    size_t skip = q->system.len == 0 ? 1 : 0;

    *p = (struct pending){ .asking = a, .done = done, .user = done_user };
    a->open++;
    if (schema == NULL) {
        err_wrap(&err, "prompts/%s.lua: answer", q->prompt);
        models_stop(roles_models(a->roles), err.text);
        return p;
    }
    struct question question = {
        .role = q->role,
        .prompt = q->prompt,
        .version = q->version,
        .household = a->household,
        .who = q->who,
        .step = a->context->step,
        .messages = messages + skip,
        .message_count = 2 - skip,
        .schema = schema->json,
        .checker = schema->compiled,
        .check = check,
        .check_user = done_user,
        .inputs = q->inputs,
        .seed = q->seed,
        .draw = q->draw,
        .store = reply_store_of_run(a->writer),
        .keep_text = a->keep_prompts,
    };
    p->ask = ask_start(channel_for(a, q), &question, on_answer, p);
    return p;
}

static void cancel(void *user, void *question)
{
    struct pending *p = question;

    (void)user;
    if (p->ask != NULL)
        ask_cancel(p->ask);
    pending_free(p);
}

// ---- Embeddings

struct embedding {
    struct asking *asking;
    struct embed_job *job; // NULL: the study is stopped
    asker_vectors_fn done;
    void *user;
};

static void on_request(void *user, const struct row_call *row)
{
    const struct embedding *e = user;
    const struct asking *a = e->asking;
    struct row_call mine = *row;

    mine.step = a->context->step;
    mine.who = 1; // texts of several residents may be in it
    (void)keep_row(a, &mine); // or the study stops
}

static void on_vectors(void *user, enum failure failure, const char *message, const float *vectors,
                       size_t dimensions)
{
    struct embedding *e = user;

    (void)message; // is in the row of the call
    e->job = NULL;
    if (failure_stops_study(failure))
        return;
    e->done(e->user, vectors, dimensions, failure == FAILURE_NONE ? NULL : failure_name(failure));
    e->asking->open--;
    free(e);
}

static void *embed(void *user, const struct view *texts, size_t count, asker_vectors_fn done,
                   void *done_user)
{
    struct asking *a = user;
    struct embedding *e = mem_calloc(1, sizeof(*e));
    struct vector_store store = vector_store_of_run(a->writer);

    *e = (struct embedding){ .asking = a, .done = done, .user = done_user };
    a->open++;
    e->job =
        embed_start(a->embedder, a->household, texts, count, &store, on_vectors, on_request, e);
    return e;
}

static void cancel_embed(void *user, void *job)
{
    struct embedding *e = job;

    (void)user;
    if (e->job != NULL)
        embed_cancel(e->job);
    e->asking->open--;
    free(e);
}

void asking_set_embedder(struct asking *a, struct embedder *embedder)
{
    a->embedder = embedder;
    a->asker.embed = embed;
    a->asker.cancel_embed = cancel_embed;
}

static void wake(void *user, struct task *task)
{
    const struct asking *a = user;

    ready_add(roles_ready(a->roles), task, NULL, NULL);
}

struct asking *asking_new(struct roles *roles, const struct json *options, uint64_t household,
                          const struct script_context *context, struct writer *writer)
{
    struct asking *a = mem_calloc(1, sizeof(*a));

    a->roles = roles;
    a->household = household;
    a->context = context;
    a->writer = writer;
    a->keep_prompts = json_bool(json_get(options, "keep_prompts"));
    a->asker =
        (struct asker){ .user = a, .kind = kind, .ask = ask, .cancel = cancel, .wake = wake };
    for (int i = 0; i < ROLE_COUNT; i++) {
        a->channels[i] = roles_channel(roles, options, (enum role)i);
        a->any = a->any || a->channels[i] != NULL;
    }
    return a;
}

void asking_free(struct asking *a)
{
    if (a == NULL)
        return;
    assert(a->open == 0);
    free(a);
}

const struct asker *asking_asker(const struct asking *a)
{
    return a->any ? &a->asker : NULL;
}
