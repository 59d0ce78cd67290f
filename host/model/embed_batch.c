// What goes to the endpoint: the texts that jobs wait for, each once, many in one request.

#include "model/embed_impl.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void entry_free(struct entry *entry)
{
    free(entry->text);
    free(entry);
}

static void batch_free(struct batch *b)
{
    struct batch **at = &b->embedder->batches;

    while (*at != b)
        at = &(*at)->next;
    *at = b->next;
    exchange_fini(&b->exchange);
    for (size_t i = 0; i < b->count; i++)
        entry_free(b->entries[i]);
    free(b->entries);
    free(b->vectors);
    free(b);
}

// ---- The request

static void write_request(void *user, const struct wire_mode *mode, size_t url, struct buf *address,
                          struct buf *body)
{
    const struct batch *b = user;
    const struct endpoint *e = b->embedder->channel->endpoint;
    struct view *texts = mem_calloc(b->count, sizeof(*texts));

    (void)mode;
    for (size_t i = 0; i < b->count; i++)
        texts[i] = (struct view){ b->entries[i]->text, b->entries[i]->len };
    wire_embed_url(e, url, address);
    wire_embed(e, texts, b->count, body);
    free(texts);
}

static void read_reply(void *user, int status, const char *content_type, struct view body,
                       struct wire_reply *out)
{
    struct batch *b = user;

    wire_read_embed(b->embedder->channel->endpoint, status, content_type, body, b->count, out,
                    &b->vectors, &b->dimensions);
}

// ---- The end

static bool hand_out(struct batch *b, size_t i, struct err *err)
{
    struct entry *entry = b->entries[i];
    const float *vector = b->vectors + i * b->dimensions;
    struct view bytes = { (const char *)vector, b->dimensions * sizeof(float) };

    if (!embed_keep_shared(b->embedder, &entry->key, bytes, err))
        return false;
    while (entry->waiters != NULL) {
        struct waiter *w = entry->waiters;
        embed_stop_waiting(w);
        if (!embed_receive(w->job, w->index, vector, err))
            return false;
    }
    return true;
}

static void fail_batch(struct batch *b, enum failure failure, const char *message)
{
    for (size_t i = 0; i < b->count; i++) {
        while (b->entries[i]->waiters != NULL)
            embed_fail(b->entries[i]->waiters->job, failure, message);
    }
}

// Books the requests with the job that asked first. A batch that was not sent (the study is stopped)
// has none.
static void tell_row(const struct batch *b, enum failure failure, const char *message)
{
    const struct exchange *x = &b->exchange;
    struct row_call row = { .role = view_of("embedding"),
                            .model = view_of(b->embedder->channel->endpoint->model),
                            .request = { (const char *)b->entries[0]->key.bytes, HASH_BYTES },
                            .status = failure == FAILURE_NONE ? CALL_OK : CALL_FAILED,
                            .tokens_in = x->in < 0 ? ROW_NONE : x->in,
                            .tokens_out = ROW_NONE,
                            .tokens_cached = ROW_NONE,
                            .cost = x->cost,
                            .ms = x->ms,
                            .retries = x->requests > 0 ? (int)x->requests - 1 : 0,
                            .error = failure == FAILURE_NONE ? (struct view){ NULL, 0 }
                                                             : view_of(message) };

    if (failure_stops_study(failure) && x->requests == 0)
        return;
    for (size_t i = 0; i < b->count; i++) {
        const struct waiter *w = b->entries[i]->waiters;
        if (w != NULL && w->job->row_fn != NULL) {
            w->job->row_fn(w->job->user, &row);
            return;
        }
    }
}

static void on_done(void *user, enum failure failure, const char *message, struct wire_reply *reply)
{
    struct batch *b = user;
    struct err err = { { 0 } };

    (void)reply;
    tell_row(b, failure, message);
    if (failure == FAILURE_NONE && !embedder_expect(b->embedder, b->dimensions, &err)) {
        failure = FAILURE_MODEL;
        message = err.text;
    }
    for (size_t i = 0; i < b->count && failure == FAILURE_NONE; i++) {
        if (!hand_out(b, i, &err)) {
            failure = FAILURE_STORE;
            message = err.text;
        }
    }
    if (failure != FAILURE_NONE)
        fail_batch(b, failure, message);
    batch_free(b);
}

// ---- Sending

static const struct exchange_ops batch_ops = { .write = write_request,
                                               .read = read_reply,
                                               .done = on_done };

static void send_batch(struct embedder *e, struct entry **entries, size_t count)
{
    struct batch *b = mem_calloc(1, sizeof(*b));
    size_t bytes = 0;
    uint64_t seed = 0;

    b->embedder = e;
    b->entries = mem_calloc(count, sizeof(*b->entries));
    b->count = count;
    b->next = e->batches;
    e->batches = b;
    for (size_t i = 0; i < count; i++) {
        b->entries[i] = entries[i];
        bytes += entries[i]->len;
    }
    memcpy(&seed, entries[0]->key.bytes, sizeof(seed));
    exchange_init(&b->exchange, e->channel, &batch_ops, b, entries[0]->waiters->job->household,
                  seed);
    exchange_run(&b->exchange, (double)wire_tokens_of(bytes), 0);
}

static void flush(void *user)
{
    struct embedder *e = user;
    size_t most = (size_t)e->channel->endpoint->batch, n = 0;
    struct entry **chunk = mem_calloc(most, sizeof(*chunk));

    e->flushing = false;
    while (e->entries != NULL) {
        struct entry *entry = e->entries;
        e->entries = entry->next;
        entry->next = NULL;
        if (entry->waiters == NULL) {
            entry_free(entry);
            continue;
        }
        chunk[n++] = entry;
        if (n == most) {
            send_batch(e, chunk, n);
            n = 0;
        }
    }
    if (n > 0)
        send_batch(e, chunk, n);
    free(chunk);
}

// ---- Waiting

static struct entry *find_entry(struct embedder *e, const struct hash *key)
{
    for (struct entry *entry = e->entries; entry != NULL; entry = entry->next) {
        if (hash_equal(&entry->key, key))
            return entry;
    }
    for (struct batch *b = e->batches; b != NULL; b = b->next) {
        for (size_t i = 0; i < b->count; i++) {
            if (hash_equal(&b->entries[i]->key, key))
                return b->entries[i];
        }
    }
    return NULL;
}

void embed_wait(struct embed_job *job, size_t index, const struct hash *key)
{
    struct embedder *e = job->embedder;
    struct entry *entry = find_entry(e, key), **end = &e->entries;
    struct waiter *w = &job->waiters[index], **last = NULL;

    if (entry == NULL) {
        entry = mem_calloc(1, sizeof(*entry));
        entry->text = mem_strndup(job->texts[index].data, job->texts[index].len);
        entry->len = job->texts[index].len;
        entry->key = *key;
        while (*end != NULL)
            end = &(*end)->next;
        *end = entry;
        if (!e->flushing)
            loop_defer(e->channel->models->loop, flush, e);
        e->flushing = true;
    }
    w->entry = entry;
    last = &entry->waiters;
    while (*last != NULL)
        last = &(*last)->next;
    *last = w;
}

void embed_stop_waiting(struct waiter *w)
{
    struct waiter **at = NULL;

    if (w->entry == NULL)
        return;
    at = &w->entry->waiters;
    while (*at != w)
        at = &(*at)->next;
    *at = w->next;
    w->entry = NULL;
}

void embed_drop_all(struct embedder *e)
{
    loop_undefer(e->channel->models->loop, flush, e);
    while (e->batches != NULL)
        batch_free(e->batches);
    while (e->entries != NULL) {
        struct entry *entry = e->entries;
        e->entries = entry->next;
        entry_free(entry);
    }
}
