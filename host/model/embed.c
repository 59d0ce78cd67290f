#include "model/embed_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct embedder *embedder_new(struct channel *c, size_t dimensions)
{
    struct embedder *e = mem_calloc(1, sizeof(*e));

    *e = (struct embedder){ .channel = c, .dimensions = dimensions };
    return e;
}

void embedder_free(struct embedder *e)
{
    if (e == NULL)
        return;
    assert(e->jobs == 0);
    embed_drop_all(e);
    free(e);
}

size_t embedder_dimensions(const struct embedder *e)
{
    return e->dimensions;
}

bool embedder_expect(struct embedder *e, size_t dimensions, struct err *err)
{
    if (e->dimensions == 0)
        e->dimensions = dimensions;
    if (e->dimensions == dimensions)
        return true;
    return err_set(err,
                   "the embeddings of %s have %zu dimensions, and the memories of this run "
                   "have %zu: name the model that the run was started with, or start a new "
                   "run",
                   e->channel->endpoint->name, dimensions, e->dimensions);
}

// ---- Jobs

static void job_free(struct embed_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        embed_stop_waiting(&job->waiters[i]); // a text that nobody waits for is not sent
        buf_fini(&job->texts[i]);
    }
    job->embedder->jobs--;
    free(job->waiters);
    free(job->texts);
    free(job->vectors);
    free(job);
}

static void deliver(void *user)
{
    struct embed_job *job = user;
    bool failed = job->failure != FAILURE_NONE;

    job->fn(job->user, job->failure, job->err.text, failed ? NULL : job->vectors,
            failed ? 0 : job->embedder->dimensions);
    job_free(job);
}

static void deliver_later(struct embed_job *job)
{
    loop_defer(job->embedder->channel->models->loop, deliver, job);
}

void embed_fail(struct embed_job *job, enum failure failure, const char *message)
{
    if (job->failure != FAILURE_NONE)
        return;
    if (failure_stops_study(failure))
        channel_stop(job->embedder->channel, failure, "%s", message);
    job->failure = failure;
    err_set(&job->err, "%s", message);
    for (size_t i = 0; i < job->count; i++)
        embed_stop_waiting(&job->waiters[i]);
    deliver_later(job);
}

static void put_vector(struct embed_job *job, size_t index, const float *vector)
{
    size_t dim = job->embedder->dimensions;

    if (job->vectors == NULL)
        job->vectors = mem_calloc(job->count * dim, sizeof(float));
    memcpy(job->vectors + index * dim, vector, dim * sizeof(float));
    job->missing--;
}

bool embed_receive(struct embed_job *job, size_t index, const float *vector, struct err *err)
{
    struct view bytes = { (const char *)vector, job->embedder->dimensions * sizeof(float) };

    put_vector(job, index, vector);
    if (!embed_keep_own(job, buf_view(&job->texts[index]), bytes, err)) {
        embed_fail(job, FAILURE_STORE, err->text);
        return false;
    }
    if (job->missing == 0)
        deliver_later(job);
    return true;
}

// One text of a job: from a store, or wait for it.
static bool place_text(struct embed_job *job, size_t index, struct err *err)
{
    struct embedder *e = job->embedder;
    struct view text = buf_view(&job->texts[index]);
    struct hash key = embed_key(e->channel->endpoint, text);
    struct buf vector = { 0 };
    bool found = false, ok = embed_find(job, text, &key, &vector, &found, err);

    if (!ok) {
        embed_fail(job, FAILURE_STORE, err->text);
    } else if (found) {
        ok = embedder_expect(e, vector.len / sizeof(float), err);
        if (ok)
            put_vector(job, index, (const float *)(const void *)vector.data);
        else
            embed_fail(job, FAILURE_MODEL, err->text);
    } else if (e->channel->models->options.replies == REPLIES_REPLAY) {
        ok = false;
        embed_fail(job, FAILURE_REPLAY,
                   "replay-only: an embedding is not stored; the study is not the one that was "
                   "recorded, or was not recorded to its end");
    } else {
        embed_wait(job, index, &key);
    }
    buf_fini(&vector);
    return ok;
}

struct embed_job *embed_start(struct embedder *e, uint64_t household, const struct view *texts,
                              size_t count, const struct vector_store *store, embed_fn fn,
                              embed_row_fn row_fn, void *user)
{
    struct embed_job *job = mem_calloc(1, sizeof(*job));
    struct err err = { { 0 } };
    bool ok = true;

    assert(count > 0);
    *job = (struct embed_job){ .embedder = e,
                               .household = household,
                               .count = count,
                               .missing = count,
                               .store = *store,
                               .fn = fn,
                               .row_fn = row_fn,
                               .user = user };
    e->jobs++;
    job->waiters = mem_calloc(count, sizeof(*job->waiters));
    job->texts = mem_calloc(count, sizeof(*job->texts));
    for (size_t i = 0; i < count; i++) {
        job->waiters[i] = (struct waiter){ .job = job, .index = i };
        buf_add_view(&job->texts[i], texts[i]);
    }
    for (size_t i = 0; i < count && ok; i++)
        ok = place_text(job, i, &err);
    if (ok && job->missing == 0)
        deliver_later(job);
    return job;
}

void embed_cancel(struct embed_job *job)
{
    loop_undefer(job->embedder->channel->models->loop, deliver, job);
    job_free(job);
}
