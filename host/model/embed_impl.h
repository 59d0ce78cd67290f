#pragma once
// What the files of the embedder share.
//
// embed.c        jobs: what somebody asked for, from the first text to the last vector
// embed_batch.c  what goes to the endpoint
// embed_store.c  what is stored, and where

#include "model/embed.h"
#include "model/exchange.h"

// One text that somebody waits for.
struct entry {
    char *text;
    size_t len;
    struct hash key;
    struct waiter *waiters;
    struct entry *next; // in the embedder's list, in order of arrival; NULL once sent
};

struct waiter {
    struct embed_job *job;
    size_t index; // of the text in the job
    struct entry *entry;
    struct waiter *next; // of the entry
};

struct batch {
    struct embedder *embedder;
    struct exchange exchange;
    struct entry **entries;
    size_t count;
    float *vectors; // of the answer
    size_t dimensions;
    struct batch *next;
};

struct embed_job {
    struct embedder *embedder;
    uint64_t household;
    size_t count, missing;
    struct waiter *waiters; // one per text; entry NULL: not waiting
    struct buf *texts;      // copies
    float *vectors;
    struct vector_store store;
    embed_fn fn;
    embed_row_fn row_fn;
    void *user;
    enum failure failure;
    struct err err;
};

struct embedder {
    struct channel *channel;
    size_t dimensions;
    struct entry *entries;
    struct batch *batches;
    size_t jobs;
    bool flushing;
};

/// The vector of a text of the job has come: keeps it in the job's own store, and delivers the job
/// if that was the last one. False: it could not be kept, and the job has failed.
bool embed_receive(struct embed_job *job, size_t index, const float *vector,
                   struct err *err) NODISCARD;
/// Delivers the job as failed, later; stops the study if the failure does.
void embed_fail(struct embed_job *job, enum failure failure, const char *message);

/// Asks for a text of the job, with all others that are asked for in this pass of the loop.
void embed_wait(struct embed_job *job, size_t index, const struct hash *key);
/// A text that nobody waits for any more is not sent.
void embed_stop_waiting(struct waiter *w);
/// Drops what waits and what is on its way.
void embed_drop_all(struct embedder *e);

/// The embedding's key in the shared store.
struct hash embed_key(const struct endpoint *e, struct view text);
/// Looks one up: own store first, then the shared one. Copies to the own store what it lacks.
bool embed_find(struct embed_job *job, struct view text, const struct hash *key, struct buf *vector,
                bool *found, struct err *err) NODISCARD;
bool embed_keep_own(struct embed_job *job, struct view text, struct view vector,
                    struct err *err) NODISCARD;
bool embed_keep_shared(struct embedder *e, const struct hash *key, struct view vector,
                       struct err *err) NODISCARD;
