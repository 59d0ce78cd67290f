#include "learn/policy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/internal.h"
#include "learn/sparse.h"

struct policy *policy_new(unsigned bits)
{
    struct policy *p = mem_calloc(1, sizeof(*p));

    assert(bits >= POLICY_BITS_MIN && bits <= POLICY_BITS_MAX);
    p->bits = bits;
    p->weights = mem_calloc((size_t)1 << bits, sizeof(*p->weights));
    p->names = names_new();
    return p;
}

void policy_free(struct policy *p)
{
    if (p == NULL)
        return;
    free(p->weights);
    free(p->reference);
    free(p->owners);
    names_free(p->names);
    free(p);
}

unsigned policy_bits(const struct policy *p)
{
    return p->bits;
}

struct names *policy_names(struct policy *p)
{
    return p->names;
}

float *policy_weights(struct policy *p)
{
    return p->weights;
}

const float *policy_reference(const struct policy *p)
{
    return p->reference;
}

static void make_reference(struct policy *p)
{
    if (p->reference == NULL)
        p->reference = mem_calloc((size_t)1 << p->bits, sizeof(*p->reference));
}

void policy_freeze_reference(struct policy *p)
{
    make_reference(p);
    memcpy(p->reference, p->weights, sizeof(*p->weights) << p->bits);
}

// Context 0 is "always". Turning the attribute keeps (a, b) and (b, a) apart.
uint32_t policy_bucket(uint64_t context, uint64_t attribute, unsigned bits)
{
    uint64_t h = (context ^ (attribute << 32 | attribute >> 32)) * UINT64_C(0x9E3779B97F4A7C15);

    h = (h ^ (h >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> (64 - bits));
}

static void score(const float *weights, unsigned bits, const struct features *situation,
                  struct candidates *c, double *logits)
{
    double *scores = candidates_scratch(c);
    size_t n = candidates_attribute_count(c);

    for (size_t a = 0; a < n; a++) {
        uint64_t attribute = candidates_attribute(c, a);
        double sum = weights[policy_bucket(0, attribute, bits)];
        for (size_t i = 0; i < situation->count; i++) {
            const struct feature *f = &situation->items[i];
            sum += f->value * weights[policy_bucket(f->key, attribute, bits)];
        }
        scores[a] = sum;
    }
    candidates_sum(c, scores, logits);
}

void policy_score(const struct policy *p, const struct features *situation, struct candidates *c,
                  double *logits)
{
    score(p->weights, p->bits, situation, c, logits);
}

void policy_score_reference(const struct policy *p, const struct features *situation,
                            struct candidates *c, double *logits)
{
    if (p->reference != NULL) {
        score(p->reference, p->bits, situation, c, logits);
        return;
    }
    for (size_t i = 0; i < candidates_count(c); i++)
        logits[i] = 0;
}

size_t policy_pairs(const struct policy *p, const struct features *situation,
                    const struct feature *attributes, size_t attribute_count,
                    struct policy_pair out[POLICY_PAIRS_MAX])
{
    size_t n = 0;

    assert(attribute_count <= ATTRIBUTES_MAX && situation->count <= FEATURES_MAX);
    for (size_t a = 0; a < attribute_count; a++) {
        const struct feature *at = &attributes[a];
        out[n++] =
            (struct policy_pair){ policy_bucket(0, at->key, p->bits), 0, at->key, at->value };
        for (size_t i = 0; i < situation->count; i++) {
            const struct feature *f = &situation->items[i];
            out[n++] = (struct policy_pair){ policy_bucket(f->key, at->key, p->bits), f->key,
                                             at->key, f->value * at->value };
        }
    }
    return n;
}

void policy_save(struct policy *p, struct buf *out)
{
    sparse_save(out, p->weights, p->bits);
}

bool policy_load(struct policy *p, struct view bytes, struct err *err)
{
    return sparse_load(p->weights, p->bits, bytes, err);
}

bool policy_load_reference(struct policy *p, struct view bytes, struct err *err)
{
    make_reference(p); // still all zero if the bytes are wrong
    return sparse_load(p->reference, p->bits, bytes, err);
}
