// The embedder of a condition, and how many dimensions its vectors have.

#include "sim/roles_impl.h"

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
    struct answerer *a = roles_answerer_of(r, options, ROLE_EMBEDDING);

    if (a->embedder == NULL)
        a->embedder = embedder_new(a->channel, 0);
    if (dim > 0 ? embedder_expect(a->embedder, dim, err)
                : embedder_dimensions(a->embedder) > 0 || probe(r, a->embedder, err))
        return a->embedder;
    return NULL;
}
