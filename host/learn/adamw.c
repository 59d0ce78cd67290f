#include "learn/adamw.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

// What is kept of one weight.
struct moment {
    uint32_t bucket;
    double gradient, m, v;
};

struct adamw {
    struct adamw_options options;
    double beta1_power, beta2_power; // beta^t
    uint32_t *places;                // by bucket: number in moments + 1, 0 is untouched
    struct moment *moments;
    size_t count, cap;
};

static struct moment *touch(struct adamw *a, uint32_t bucket)
{
    if (a->places[bucket] == 0) {
        if (a->count == a->cap) {
            a->cap = mem_grow(a->cap, a->count + 1);
            a->moments = mem_realloc(a->moments, a->cap, sizeof(*a->moments));
        }
        a->moments[a->count] = (struct moment){ .bucket = bucket };
        a->places[bucket] = (uint32_t)++a->count;
    }
    return &a->moments[a->places[bucket] - 1];
}

struct adamw *adamw_new(const struct adamw_options *options, const float *weights, unsigned bits)
{
    struct adamw *a = mem_calloc(1, sizeof(*a));

    a->options = *options;
    a->beta1_power = a->beta2_power = 1;
    a->places = mem_calloc((size_t)1 << bits, sizeof(*a->places));
    if (options->weight_decay > 0)
        for (uint32_t b = 0; b < (uint32_t)1 << bits; b++)
            if (weights[b] != 0)
                touch(a, b);
    return a;
}

void adamw_free(struct adamw *a)
{
    if (a == NULL)
        return;
    free(a->places);
    free(a->moments);
    free(a);
}

void adamw_add(struct adamw *a, uint32_t bucket, double gradient)
{
    touch(a, bucket)->gradient += gradient;
}

double adamw_gradient(const struct adamw *a, uint32_t bucket)
{
    return a->places[bucket] != 0 ? a->moments[a->places[bucket] - 1].gradient : 0;
}

static double gradient_norm(const struct adamw *a, double scale)
{
    double sum = 0;

    for (size_t i = 0; i < a->count; i++) {
        double g = a->moments[i].gradient * scale;
        sum += g * g;
    }
    return sqrt(sum);
}

double adamw_step(struct adamw *a, float *weights, double learning_rate, double scale,
                  double max_norm)
{
    const struct adamw_options *o = &a->options;
    double norm = gradient_norm(a, scale), m_share = 0, v_share = 0;

    if (!isfinite(norm)) {
        for (size_t i = 0; i < a->count; i++)
            a->moments[i].gradient = 0;
        return norm;
    }
    if (max_norm > 0 && norm > max_norm)
        scale *= max_norm / norm;
    a->beta1_power *= o->beta1;
    a->beta2_power *= o->beta2;
    m_share = 1 - a->beta1_power;
    v_share = 1 - a->beta2_power;
    for (size_t i = 0; i < a->count; i++) {
        struct moment *at = &a->moments[i];
        double g = at->gradient * scale, w = weights[at->bucket];
        at->gradient = 0;
        at->m = o->beta1 * at->m + (1 - o->beta1) * g;
        at->v = o->beta2 * at->v + (1 - o->beta2) * (g * g);
        w -= learning_rate * o->weight_decay * w;
        w -= learning_rate * (at->m / m_share) / (sqrt(at->v / v_share) + o->epsilon);
        weights[at->bucket] = (float)w;
    }
    return norm;
}

size_t adamw_touched(const struct adamw *a)
{
    return a->count;
}
