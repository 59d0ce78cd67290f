#pragma once
// Embedding vectors as rows of float32, `dim` numbers each, padded with zeros to whole dot lanes
// and kept in contiguous, aligned blocks of rows: rows never move, growing copies nothing, and at
// most one block is partly empty. Rows are numbered from 0 and are never removed.
// Not thread-safe; one owner.

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VECTORS_DIM_MAX = 8192 };

struct vectors;

/// dim: 1..VECTORS_DIM_MAX.
struct vectors *vectors_new(size_t dim) NODISCARD;
void vectors_free(struct vectors *v);

/// The Euclidean length of a vector, summed in double. Fails if a number is not finite or the
/// length exceeds 1e18 (a dot product of two such vectors could leave the range of a float).
bool vectors_length(const float *vector, size_t dim, double *length, struct err *err) NODISCARD;

/// Copies `dim` floats in as a new row; `length` is what vectors_length said of it.
void vectors_add(struct vectors *v, const float *vector, double length);

/// Replaces a row, of which nothing must have been computed yet.
void vectors_set(struct vectors *v, size_t row, const float *vector, double length);

size_t vectors_count(const struct vectors *v);
size_t vectors_dim(const struct vectors *v);
/// dim rounded up to whole lanes: the number of floats of a query for vectors_cosines.
size_t vectors_stride(const struct vectors *v);
/// Borrowed, `dim` floats exactly as they were added; valid as long as v.
const float *vectors_row(const struct vectors *v, size_t row);

/// out[i] = cosine similarity of the query with row `first` + i, for all rows from `first` on.
/// query: stride floats, zeros from dim on, of length query_length. A vector shorter than 1e-15
/// has no direction: its cosine is 0. The same bits on every processor.
void vectors_cosines(const struct vectors *v, const float *query, double query_length, size_t first,
                     double *out);

/// Gives the memory of the rows back. Until vectors_refill no row may be looked at or added.
void vectors_release(struct vectors *v);
/// Fills the rows again: `fill` writes the `dim` floats of a row exactly as they were.
void vectors_refill(struct vectors *v, void (*fill)(void *user, size_t row, float *out),
                    void *user);

/// Bytes held.
size_t vectors_bytes(const struct vectors *v);
