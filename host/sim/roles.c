#include "sim/roles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// One endpoint, as the study writes it.
struct answerer {
    char *spec; // canonical JSON
    struct channel *channel;
    struct embedder *embedder; // NULL: has not embedded anything
};

struct roles {
    struct loop *loop;
    struct replies *replies;
    struct models *models;
    struct ready ready;
    struct answerer *answerers;
    size_t answerer_count;
    struct role_schema **schemas;
    size_t schema_count;
    struct roles_options options;
};

static const char *const names[ROLE_COUNT] = { [ROLE_RESIDENT] = "resident",
                                               [ROLE_RATER] = "rater",
                                               [ROLE_ASSISTANT] = "assistant",
                                               [ROLE_SUMMARY] = "summary",
                                               [ROLE_EMBEDDING] = "embedding" };

const char *role_name(enum role role)
{
    return names[role];
}

enum role role_find(const char *name)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return (enum role)i;
    }
    return ROLE_COUNT;
}

const struct json *roles_model(const struct json *options, enum role role)
{
    return json_get(json_get(options, "models"), names[role]);
}

bool roles_is_offline(const struct json *model)
{
    return model == NULL ||
           (json_type(model) == JSON_STRING && view_equal(json_string(model), view_of("offline")));
}

// The model of each role of each condition that is not offline.
static bool each_model(const struct study *study,
                       bool (*fn)(void *user, const struct json *model, struct err *err),
                       void *user, struct err *err)
{
    const struct json *conditions = json_get(study->doc, "conditions");

    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct json *model = roles_model(c, (enum role)role);
            if (!roles_is_offline(model) && !fn(user, model, err))
                return err_wrap(err, "models.%s", names[role]);
        }
    }
    return true;
}

static bool found_one(void *user, const struct json *model, struct err *err)
{
    (void)model;
    (void)err;
    *(bool *)user = true;
    return true;
}

bool roles_needed(const struct study *study)
{
    bool needed = false;
    struct err err = { { 0 } };

    return each_model(study, found_one, &needed, &err) && needed;
}

static bool check_one(void *user, const struct json *model, struct err *err)
{
    struct endpoint *e = endpoint_check(model, err);

    (void)user;
    endpoint_free(e);
    return e != NULL;
}

bool roles_check(const struct study *study, struct err *err)
{
    return each_model(study, check_one, NULL, err);
}

// ---- Endpoints

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

struct adding {
    struct roles *roles;
    const struct roles_options *options;
};

static bool add_one(void *user, const struct json *model, struct err *err)
{
    const struct adding *a = user;
    struct roles *r = a->roles;
    char *spec = spec_of(model);
    struct endpoint *e = NULL;
    struct channel *c = NULL;

    if (find(r, spec) != NULL) {
        free(spec);
        return true;
    }
    if (a->options->replies == REPLIES_REPLAY)
        e = endpoint_check(model, err); // nothing is sent, so no key is needed
    else
        e = endpoint_from_json(model, err);
    if (e != NULL) {
        take_share(e, a->options);
        c = models_add(r->models, e, err);
    }
    if (c == NULL) {
        free(spec);
        return false;
    }
    r->answerers = mem_realloc(r->answerers, r->answerer_count + 1, sizeof(*r->answerers));
    r->answerers[r->answerer_count++] = (struct answerer){ .spec = spec, .channel = c };
    return true;
}

// "http://host/v1#MODEL" with another model.
static void add_renamed(struct buf *out, struct view model, const char *name)
{
    struct buf text = { 0 };
    const char *mark = memchr(model.data, '#', model.len);

    if (mark != NULL)
        buf_add(&text, model.data, (size_t)(mark - model.data) + 1);
    buf_add_str(&text, name);
    json_add_string(out, buf_view(&text));
    buf_fini(&text);
}

// The model as the study writes it, under another name.
static void rename_model(struct buf *out, const struct json *model, const char *name)
{
    if (json_type(model) == JSON_STRING) {
        add_renamed(out, json_string(model), name);
        return;
    }
    buf_add_char(out, '{');
    for (const struct json *m = json_first(model); m != NULL; m = json_next(m)) {
        if (m != json_first(model))
            buf_add_char(out, ',');
        json_add_string(out, view_of(json_key(m)));
        buf_add_char(out, ':');
        if (strcmp(json_key(m), "model") == 0 && json_type(m) == JSON_STRING)
            add_renamed(out, json_string(m), name);
        else
            json_add_canonical(out, m);
    }
    buf_add_char(out, '}');
}

struct channel *roles_adapter(struct roles *r, const struct json *options, const char *name,
                              struct err *err)
{
    struct adding adding = { r, &r->options };
    struct buf text = { 0 };
    struct json *model = NULL;
    char *spec = NULL;
    struct channel *channel = NULL;

    rename_model(&text, roles_model(options, ROLE_ASSISTANT), name);
    model = json_parse(buf_view(&text), err);
    if (model != NULL && add_one(&adding, model, err)) {
        spec = spec_of(model);
        channel = find(r, spec)->channel;
    }
    free(spec);
    json_free(model);
    buf_fini(&text);
    return channel;
}

static bool open_replies(struct roles *r, const struct roles_options *o, struct err *err)
{
    if (o->replies_path == NULL || o->replies == REPLIES_OFF)
        return true;
    r->replies = replies_open(o->replies_path, o->replies != REPLIES_REPLAY, err);
    return r->replies != NULL;
}

struct roles *roles_new(const struct study *study, const struct roles_options *options,
                        struct err *err)
{
    struct roles *r = mem_calloc(1, sizeof(*r));
    struct adding adding = { r, options };
    struct models_options o = { .replies = options->replies,
                                .budget = options->budget,
                                .wait_ms = options->wait_ms,
                                .exec_folder = study->folder,
                                .exec_log = options->exec_log };

    r->options = *options;
    r->loop = loop_new(err);
    if (r->loop == NULL || !open_replies(r, options, err))
        goto failed;
    if (r->replies != NULL)
        o.shared = reply_store_of_file(r->replies);
    r->models = models_new(r->loop, &o, err);
    if (r->models != NULL && each_model(study, add_one, &adding, err))
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
    for (size_t i = 0; i < r->schema_count; i++) {
        free(r->schemas[i]->text);
        json_free(r->schemas[i]->json);
        schema_free(r->schemas[i]->compiled);
        free(r->schemas[i]);
    }
    free(r->answerers);
    free(r->schemas);
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

// Who answers for a role; NULL: offline.
static struct answerer *answerer_of(const struct roles *r, const struct json *options,
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
    const struct answerer *a = answerer_of(r, options, role);

    return a != NULL ? a->channel : NULL;
}

// ---- Embeddings

struct probe {
    bool over;
    enum failure failure;
    struct err err;
};

static void on_probed(void *user, enum failure failure, const char *message, const float *vectors,
                      size_t dimensions)
{
    struct probe *p = user;

    (void)vectors;
    (void)dimensions;
    p->over = true;
    p->failure = failure;
    err_set(&p->err, "%s", message);
}

static bool is_over(void *user)
{
    return ((struct probe *)user)->over;
}

// Embeds a word, to see how many dimensions that has.
static bool probe(struct roles *r, struct embedder *e, struct err *err)
{
    static const struct vector_store nowhere = { 0 };
    const struct view word = view_of("home");
    struct probe p = { 0 };
    struct embed_job *job = embed_start(e, 0, &word, 1, &nowhere, on_probed, NULL, &p);

    if (!loop_run_until(r->loop, is_over, &p, -1, err)) {
        embed_cancel(job);
        return false;
    }
    return p.failure == FAILURE_NONE || err_set(err, "%s", p.err.text);
}

struct embedder *roles_embedder(struct roles *r, const struct json *options, size_t dim,
                                struct err *err)
{
    struct answerer *a = answerer_of(r, options, ROLE_EMBEDDING);

    if (a->embedder == NULL)
        a->embedder = embedder_new(a->channel, 0);
    if (dim > 0 ? embedder_expect(a->embedder, dim, err)
                : embedder_dimensions(a->embedder) > 0 || probe(r, a->embedder, err))
        return a->embedder;
    return NULL;
}

const struct role_schema *roles_schema(struct roles *r, struct view text, struct err *err)
{
    struct role_schema *s = NULL;

    for (size_t i = 0; i < r->schema_count; i++) {
        if (view_equal(view_of(r->schemas[i]->text), text))
            return r->schemas[i];
    }
    s = mem_calloc(1, sizeof(*s));
    s->text = mem_strndup(text.data, text.len);
    s->json = json_parse(text, err);
    if (s->json != NULL)
        s->compiled = schema_compile(s->json, err);
    r->schemas = mem_realloc(r->schemas, r->schema_count + 1, sizeof(struct role_schema *));
    r->schemas[r->schema_count++] = s;
    return s->compiled != NULL ? s : NULL;
}
