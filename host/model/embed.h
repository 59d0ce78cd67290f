#pragma once
// Embeddings of texts from an endpoint: what many ask for in the same pass of the loop goes out in
// one request, each text once, and what is stored is not asked for.

#include "model/models.h"

struct embedder;
struct embed_job;

/// dimensions: of the memories that the vectors are for; 0: the first answer decides. Another
/// number of dimensions than that stops the study. The channel must outlive it.
struct embedder *embedder_new(struct channel *c, size_t dimensions);
/// No job may be open. NULL is fine.
void embedder_free(struct embedder *e);
/// 0 as long as it is not known.
size_t embedder_dimensions(const struct embedder *e);

/// vectors: count * dimensions floats, in the order of the texts, as the endpoint gave them (not
/// normalised); NULL with a failure. Valid during the callback.
typedef void (*embed_fn)(void *user, enum failure failure, const char *message,
                         const float *vectors, size_t dimensions);

/// Told of each request that was made for this job first, from the loop, before the vectors are
/// handed out: ready for writer_append_call but for step and who.
typedef void (*embed_row_fn)(void *user, const struct row_call *row);

/// Says how many dimensions the vectors are for, if that is not known yet; else compares.
bool embedder_expect(struct embedder *e, size_t dimensions, struct err *err) NODISCARD;

/// Asks for the embeddings of `count` texts (at least 1), which are copied. row_fn may be NULL. fn
/// is called once, later, from the loop, unless the job is cancelled; then the handle is gone.
struct embed_job *embed_start(struct embedder *e, uint64_t household, const struct view *texts,
                              size_t count, const struct vector_store *store, embed_fn fn,
                              embed_row_fn row_fn, void *user) NODISCARD;
void embed_cancel(struct embed_job *job);
