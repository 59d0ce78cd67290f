#include "memory/vectors.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "memory/dot.h"

enum { BLOCK_ROWS = 64, ALIGN_BYTES = 64 };

struct vectors {
    const struct dot_kernel *kernel;
    size_t dim, stride, count;
    void **blocks;     // as allocated
    float **rows;      // the same, at the first aligned address
    double *inverse;   // 1 / length of each row, 0 for a row without direction
    size_t blocks_cap; // of blocks and rows; inverse holds BLOCK_ROWS times as many
};

struct vectors *vectors_new(size_t dim)
{
    struct vectors *v = mem_calloc(1, sizeof(*v));

    assert(dim >= 1 && dim <= VECTORS_DIM_MAX);
    v->kernel = dot_best();
    v->dim = dim;
    v->stride = (dim + DOT_LANES - 1) / DOT_LANES * DOT_LANES;
    return v;
}

void vectors_free(struct vectors *v)
{
    if (v == NULL)
        return;
    for (size_t i = 0; i * BLOCK_ROWS < v->count; i++)
        free(v->blocks[i]);
    free(v->blocks);
    free(v->rows);
    free(v->inverse);
    free(v);
}

static double inverse_of(double length)
{
    return length < 1e-15 ? 0 : 1 / length;
}

bool vectors_length(const float *vector, size_t dim, double *length, struct err *err)
{
    double sum = 0;

    for (size_t i = 0; i < dim; i++) {
        if (!isfinite(vector[i]))
            return err_set(err, "number %zu of the embedding vector is not finite", i + 1);
        sum += (double)vector[i] * (double)vector[i];
    }
    *length = sqrt(sum);
    if (*length > 1e18)
        return err_set(err, "the embedding vector is %g long; at most 1e18 is allowed", *length);
    return true;
}

static void make_block(struct vectors *v, size_t at)
{
    char *block = mem_calloc(BLOCK_ROWS * v->stride * sizeof(float) + ALIGN_BYTES, 1);

    v->blocks[at] = block;
    v->rows[at] = (float *)(void *)(block + (ALIGN_BYTES - (uintptr_t)block % ALIGN_BYTES));
}

static void add_block(struct vectors *v)
{
    size_t at = v->count / BLOCK_ROWS;

    if (at == v->blocks_cap) {
        v->blocks_cap += v->blocks_cap / 4 + 4;
        v->blocks = mem_realloc(v->blocks, v->blocks_cap, sizeof(*v->blocks));
        v->rows = mem_realloc(v->rows, v->blocks_cap, sizeof(*v->rows));
        v->inverse = mem_realloc(v->inverse, v->blocks_cap * BLOCK_ROWS, sizeof(*v->inverse));
    }
    make_block(v, at);
}

void vectors_release(struct vectors *v)
{
    for (size_t i = 0; i * BLOCK_ROWS < v->count; i++) {
        free(v->blocks[i]);
        v->blocks[i] = NULL;
        v->rows[i] = NULL;
    }
}

void vectors_refill(struct vectors *v, void (*fill)(void *user, size_t row, float *out), void *user)
{
    for (size_t row = 0; row < v->count; row++) {
        size_t block = row / BLOCK_ROWS;
        if (row % BLOCK_ROWS == 0) {
            free(v->blocks[block]);
            make_block(v, block);
        }
        fill(user, row, v->rows[block] + row % BLOCK_ROWS * v->stride);
    }
}

void vectors_add(struct vectors *v, const float *vector, double length)
{
    if (v->count % BLOCK_ROWS == 0)
        add_block(v);
    memcpy(v->rows[v->count / BLOCK_ROWS] + v->count % BLOCK_ROWS * v->stride, vector,
           v->dim * sizeof(float));
    v->inverse[v->count++] = inverse_of(length);
}

void vectors_set(struct vectors *v, size_t row, const float *vector, double length)
{
    memcpy(v->rows[row / BLOCK_ROWS] + row % BLOCK_ROWS * v->stride, vector,
           v->dim * sizeof(float));
    v->inverse[row] = inverse_of(length);
}

size_t vectors_count(const struct vectors *v)
{
    return v->count;
}

size_t vectors_dim(const struct vectors *v)
{
    return v->dim;
}

size_t vectors_stride(const struct vectors *v)
{
    return v->stride;
}

const float *vectors_row(const struct vectors *v, size_t row)
{
    assert(row < v->count && v->rows[row / BLOCK_ROWS] != NULL);
    return v->rows[row / BLOCK_ROWS] + row % BLOCK_ROWS * v->stride;
}

void vectors_cosines(const struct vectors *v, const float *query, double query_length, size_t first,
                     double *out)
{
    float dots[BLOCK_ROWS];
    double scale = inverse_of(query_length);
    size_t row = first;

    while (row < v->count) {
        size_t in_block = BLOCK_ROWS - row % BLOCK_ROWS;
        size_t n = v->count - row < in_block ? v->count - row : in_block;
        v->kernel->rows(query, vectors_row(v, row), n, v->stride, dots);
        for (size_t i = 0; i < n; i++)
            out[row - first + i] = (double)dots[i] * scale * v->inverse[row + i];
        row += n;
    }
}

size_t vectors_bytes(const struct vectors *v)
{
    size_t blocks = (v->count + BLOCK_ROWS - 1) / BLOCK_ROWS;

    return sizeof(*v) + blocks * (BLOCK_ROWS * v->stride * sizeof(float) + ALIGN_BYTES) +
           v->blocks_cap * (sizeof(void *) * 2 + BLOCK_ROWS * sizeof(double));
}
