#include "sim/roles_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct answerer *find(const struct roles *r, const char *spec)
{
    for (size_t i = 0; i < r->answerer_count; i++) {
        if (strcmp(r->answerers[i].spec, spec) == 0)
            return &r->answerers[i];
    }
    return NULL;
}

static char *spec_of(const struct json *model)
{
    struct buf text = { 0 };

    json_add_canonical(&text, model);
    return buf_take(&text);
}

// What this process may use of an endpoint's limits: equal parts, the first ones get the rest.
static void take_share(struct endpoint *e, const struct roles_options *o)
{
    int64_t rest = e->concurrency % o->jobs;

    e->concurrency = e->concurrency / o->jobs + (o->index < rest ? 1 : 0);
    if (e->concurrency < 1)
        e->concurrency = 1;
    e->requests_per_minute /= o->jobs;
    e->tokens_per_minute /= o->jobs;
}

struct answerer *roles_answerer(struct roles *r, const struct json *model, struct err *err)
{
    char *spec = spec_of(model);
    struct answerer *a = find(r, spec);
    struct endpoint *e = NULL;
    struct channel *c = NULL;

    if (a != NULL) {
        free(spec);
        return a;
    }
    if (r->options.replies == REPLIES_REPLAY)
        e = endpoint_check(model, err); // nothing is sent, so no key is needed
    else
        e = endpoint_from_json(model, err);
    if (e != NULL) {
        take_share(e, &r->options);
        c = models_add(r->models, e, err);
    }
    if (c == NULL) {
        free(spec);
        return NULL;
    }
    r->answerers = mem_realloc(r->answerers, r->answerer_count + 1, sizeof(*r->answerers));
    a = &r->answerers[r->answerer_count++];
    *a = (struct answerer){ .spec = spec, .channel = c };
    return a;
}

static bool add_one(void *user, const struct json *model, struct err *err)
{
    return roles_answerer(user, model, err) != NULL;
}

static bool open_replies(struct roles *r, struct err *err)
{
    const struct roles_options *o = &r->options;

    if (o->replies_path == NULL || o->replies == REPLIES_OFF)
        return true;
    r->replies = replies_open(o->replies_path, o->replies != REPLIES_REPLAY, err);
    return r->replies != NULL;
}

struct roles *roles_new(const struct study *study, const struct roles_options *options,
                        struct err *err)
{
    struct roles *r = mem_calloc(1, sizeof(*r));
    struct models_options o = { .replies = options->replies,
                                .budget = options->budget,
                                .wait_ms = options->wait_ms,
                                .exec_folder = study->folder,
                                .exec_log = options->exec_log };

    r->options = *options;
    r->loop = loop_new(err);
    if (r->loop == NULL || !open_replies(r, err))
        goto failed;
    if (r->replies != NULL)
        o.shared = reply_store_of_file(r->replies);
    r->models = models_new(r->loop, &o, err);
    if (r->models != NULL && roles_each_model(study, add_one, r, err))
        return r;
failed:
    roles_free(r);
    return NULL;
}

void roles_free(struct roles *r)
{
    struct err ignored = { { 0 } };

    if (r == NULL)
        return;
    for (size_t i = 0; i < r->answerer_count; i++)
        embedder_free(r->answerers[i].embedder);
    models_free(r->models);
    (void)!replies_close(r->replies, &ignored); // every addition was a transaction of its own
    loop_free(r->loop);
    ready_fini(&r->ready);
    for (size_t i = 0; i < r->answerer_count; i++)
        free(r->answerers[i].spec);
    roles_free_schemas(r);
    free(r->answerers);
    free(r);
}

struct loop *roles_loop(const struct roles *r)
{
    return r->loop;
}

struct models *roles_models(const struct roles *r)
{
    return r->models;
}

struct ready *roles_ready(struct roles *r)
{
    return &r->ready;
}

struct answerer *roles_answerer_of(const struct roles *r, const struct json *options,
                                   enum role role)
{
    const struct json *model = roles_model(options, role);
    struct answerer *a = NULL;
    char *spec = NULL;

    if (roles_is_offline(model))
        return NULL;
    spec = spec_of(model);
    a = find(r, spec);
    free(spec);
    return a;
}

struct channel *roles_channel(const struct roles *r, const struct json *options, enum role role)
{
    const struct answerer *a = roles_answerer_of(r, options, role);

    return a != NULL ? a->channel : NULL;
}
