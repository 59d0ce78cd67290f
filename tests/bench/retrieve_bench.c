// How long retrieval takes, beside the same formula worked out the plain way: one scalar dot
// product per distinct text, one sort of all candidates by time and one by score.
//
//   retrieve_bench [ROUNDS]
//
// One line per case: memories, distinct texts, dimensions, microseconds (median) for the plain
// way, for a new focal point, for a repeated one (with a new memory each time), and the ratios.
// Exits 1 if the two ways ever disagree on what is found.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "memory/dot.h"
#include "memory/embed.h"
#include "memory/retrieve.h"

enum { K = 5, ROUNDS_MAX = 100000 };

struct item {
    uint32_t id, row;
    int64_t time_s;
    double recency, importance, score;
};

struct plain {
    const struct memory *m;
    struct item *items;
    double *cosines;
};

static double now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *times, size_t n)
{
    qsort(times, n, sizeof(*times), by_number);
    return times[n / 2];
}

static int by_time(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    if (x->time_s != y->time_s)
        return x->time_s > y->time_s ? -1 : 1;
    return x->id > y->id ? -1 : 1;
}

static int by_score(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->id < y->id ? -1 : 1;
}

// Compiled like everything else, without intrinsics; the order of a sum keeps compilers from
// making it a vector loop.
static float scalar_dot(const float *a, const float *b, size_t n)
{
    float sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

static double normal(double x, double min, double max)
{
    return max > min ? (x - min) / (max - min) : 0.5;
}

static void retrieve_plainly(struct plain *p, const struct memory_query *q, uint32_t *out)
{
    size_t n = memory_count(p->m), dim = memory_dim(p->m);
    double rel[2] = { INFINITY, -INFINITY }, imp[2] = { INFINITY, -INFINITY };
    double length = sqrt(scalar_dot(q->vector, q->vector, dim));

    for (size_t row = 0; row < memory_text_count(p->m); row++) {
        const float *v = NULL;
        memory_text(p->m, row, &v);
        p->cosines[row] = scalar_dot(q->vector, v, dim) / length; // rows have length 1 here
        rel[0] = fmin(rel[0], p->cosines[row]);
        rel[1] = fmax(rel[1], p->cosines[row]);
    }
    for (size_t i = 0; i < n; i++) {
        imp[0] = fmin(imp[0], p->items[i].importance);
        imp[1] = fmax(imp[1], p->items[i].importance);
    }
    qsort(p->items, n, sizeof(*p->items), by_time);
    for (size_t i = 0; i < n; i++)
        p->items[i].recency = i == 0 ? q->decay : p->items[i - 1].recency * q->decay;
    for (size_t i = 0; i < n; i++) {
        struct item *it = &p->items[i];
        it->score = 0.5 * normal(it->recency, p->items[n - 1].recency, p->items[0].recency) +
                    3 * normal(p->cosines[it->row], rel[0], rel[1]) +
                    2 * normal(it->importance, imp[0], imp[1]);
    }
    qsort(p->items, n, sizeof(*p->items), by_score);
    for (size_t i = 0; i < K; i++)
        out[i] = p->items[i].id;
}

static void random_unit(struct rng *r, float *out, size_t dim)
{
    float length = 0;

    for (size_t i = 0; i < dim; i++)
        out[i] = (float)rng_normal(r);
    length = sqrtf(scalar_dot(out, out, dim));
    for (size_t i = 0; i < dim; i++)
        out[i] /= length;
}

static void append(struct memory *m, struct rng *r, size_t text, const float *vector, int64_t now_s)
{
    char description[32];
    struct memory_node n = { .description = { description, 0 },
                             .vector = vector,
                             .created_s = now_s,
                             .last_accessed_s = now_s,
                             .expires_s = MEMORY_NEVER,
                             .importance = (double)(1 + rng_below(r, 10)) };
    struct err err = { { 0 } };

    n.description.len = (size_t)snprintf(description, sizeof(description), "text %zu", text);
    if (memory_append(m, &n, &err) == 0) {
        fprintf(stderr, "retrieve_bench: %s\n", err.text);
        exit(1);
    }
}

static void retrieve(struct memory *m, struct memory_query *q, struct memory_hit *hits)
{
    struct err err = { { 0 } };
    size_t found = 0;

    q->now_s += 150;
    if (!memory_retrieve(m, q, K, hits, &found, &err) || found != K) {
        fprintf(stderr, "retrieve_bench: found %zu: %s\n", found, err.text);
        exit(1);
    }
}

static void compare(struct memory *m, struct memory_query *q, struct rng *r, float *focus,
                    size_t rounds, double *plain_us, double *new_us)
{
    size_t n = memory_count(m);
    struct plain p = { .m = m,
                       .items = mem_calloc(n, sizeof(*p.items)),
                       .cosines = mem_calloc(memory_text_count(m), sizeof(double)) };
    struct memory_hit hits[K];
    uint32_t ids[K];

    for (size_t i = 0; i < rounds; i++) {
        double start = 0;
        random_unit(r, focus, memory_dim(m));
        for (uint32_t id = 1; id <= n; id++) {
            struct memory_node node;
            memory_get(m, id, &node);
            p.items[id - 1] = (struct item){ .id = id,
                                             .row = (uint32_t)memory_text_of(m, id),
                                             .time_s = node.last_accessed_s,
                                             .importance = node.importance };
        }
        start = now_us();
        retrieve_plainly(&p, q, ids);
        plain_us[i] = now_us() - start;
        retrieve(m, q, hits);
        for (size_t k = 0; k < K; k++) {
            if (hits[k].id != ids[k]) {
                fprintf(stderr, "retrieve_bench: round %zu: %u is not %u\n", i, hits[k].id, ids[k]);
                exit(1);
            }
        }
    }
    for (size_t i = 0; i < rounds; i++) {
        double start = 0;
        random_unit(r, focus, memory_dim(m));
        start = now_us();
        retrieve(m, q, hits);
        new_us[i] = now_us() - start;
    }
    free(p.items);
    free(p.cosines);
}

static void measure(size_t nodes, size_t texts, size_t dim, size_t rounds)
{
    struct rng r = rng_start(1, "bench", "retrieve", 0);
    struct memory *m = memory_new(dim);
    float *vector = mem_calloc(dim, sizeof(float)), *focus = mem_calloc(dim, sizeof(float));
    struct memory_query q = { MEMORY_QUERY_DEFAULTS, .vector = focus,
                              .now_s = (int64_t)nodes * 150 };
    struct memory_hit hits[K];
    double *us = mem_calloc(3 * rounds, sizeof(double)), plain = 0, new = 0, again = 0;

    for (size_t i = 0; i < nodes; i++) {
        random_unit(&r, vector, dim);
        append(m, &r, i % texts, vector, (int64_t)i * 150);
    }
    compare(m, &q, &r, focus, rounds, us, us + rounds);
    for (size_t i = 0; i < rounds; i++) {
        double start = 0;
        append(m, &r, i % texts, vector, q.now_s);
        start = now_us();
        retrieve(m, &q, hits);
        us[2 * rounds + i] = now_us() - start;
    }
    plain = median(us, rounds);
    new = median(us + rounds, rounds);
    again = median(us + 2 * rounds, rounds);
    printf("retrieve nodes %zu texts %zu dim %zu kernel %s plain_us %.1f new_us %.1f again_us %.1f "
           "plain/new %.1f plain/again %.1f\n",
           nodes, texts, dim, dot_best()->name, plain, new, again, plain / new, plain / again);
    free(us);
    free(vector);
    free(focus);
    memory_free(m);
}

static void measure_embedder(size_t rounds)
{
    static const char text[] = "Mara Ellison is drafting the floor plan for a client at the desk "
                               "of the main room";
    double *us = mem_calloc(rounds, sizeof(double));
    float out[EMBED_DIM], sum = 0;

    for (size_t i = 0; i < rounds; i++) {
        double start = now_us();
        for (int j = 0; j < 100; j++) {
            embed_text((struct view){ text, 80 }, out);
            sum += out[0];
        }
        us[i] = (now_us() - start) / 100;
    }
    printf("embed bytes 80 us %.2f (%g)\n", median(us, rounds), (double)sum);
    free(us);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 200;

    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fprintf(stderr, "usage: retrieve_bench [ROUNDS], 1 to %d\n", ROUNDS_MAX);
        return 2;
    }
    measure(600, 200, 256, (size_t)rounds);
    measure(3000, 1000, 256, (size_t)rounds);
    measure(6000, 1500, 256, (size_t)rounds);
    measure(1000, 1000, 1536, (size_t)rounds);
    measure(10000, 10000, 1536, (size_t)(rounds + 9) / 10);
    measure_embedder((size_t)rounds);
    return 0;
}
