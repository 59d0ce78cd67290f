#include "learn/replay.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "learn/distinct.h"
#include "learn/replay_inside.h"

struct replay *replay_new(void)
{
    struct replay *r = mem_calloc(1, sizeof(*r));

    r->features = distinct_new();
    return r;
}

void replay_free(struct replay *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->set_count; i++)
        candidates_free(r->sets[i]);
    free(r->sets);
    free(r->set_hashes);
    distinct_free(r->features);
    free(r->entries);
    free(r->situations);
    free(r);
}

static uint64_t hash_feature(uint64_t h, const struct feature *f)
{
    uint64_t bits = 0;

    memcpy(&bits, &f->value, sizeof(bits));
    return hash64_u64(hash64_u64(h, f->key), bits);
}

static uint64_t hash_set(const struct candidates *c)
{
    struct feature attributes[ATTRIBUTES_MAX];
    uint64_t h = HASH64_START;

    for (size_t i = 0; i < candidates_count(c); i++) {
        size_t n = candidates_get(c, i, attributes);
        h = hash64_u64(h, n);
        for (size_t j = 0; j < n; j++)
            h = hash_feature(h, &attributes[j]);
    }
    return h;
}

static bool same_set(const struct candidates *a, const struct candidates *b)
{
    struct feature x[ATTRIBUTES_MAX], y[ATTRIBUTES_MAX];

    if (candidates_count(a) != candidates_count(b))
        return false;
    for (size_t i = 0; i < candidates_count(a); i++) {
        size_t n = candidates_get(a, i, x);
        if (n != candidates_get(b, i, y))
            return false;
        for (size_t j = 0; j < n; j++)
            if (x[j].key != y[j].key || x[j].value != y[j].value)
                return false;
    }
    return true;
}

static struct candidates *copy_set(const struct candidates *c)
{
    struct candidates *copy = candidates_new();
    struct feature attributes[ATTRIBUTES_MAX];
    struct err err = { { 0 } };
    bool ok = true;

    for (size_t i = 0; i < candidates_count(c); i++) {
        size_t n = candidates_get(c, i, attributes);
        ok = ok && candidates_open(copy, &err);
        for (size_t j = 0; j < n; j++)
            ok = ok && candidates_add_key(copy, attributes[j].key, attributes[j].value, &err);
    }
    assert(ok); // it was a valid set before
    return copy;
}

uint32_t replay_add_set(struct replay *r, const struct candidates *c)
{
    uint64_t hash = hash_set(c);

    assert(candidates_count(c) >= 1);
    for (size_t i = r->set_count; i > 0; i--) // the latest is the likeliest
        if (r->set_hashes[i - 1] == hash && same_set(r->sets[i - 1], c))
            return (uint32_t)(i - 1);
    if (r->set_count == r->set_cap) {
        r->set_cap = mem_grow(r->set_cap, r->set_count + 1);
        r->sets = mem_realloc(r->sets, r->set_cap, sizeof(*r->sets));
        r->set_hashes = mem_realloc(r->set_hashes, r->set_cap, sizeof(*r->set_hashes));
    }
    r->sets[r->set_count] = copy_set(c);
    r->set_hashes[r->set_count] = hash;
    return (uint32_t)r->set_count++;
}

struct candidates *replay_candidates(const struct replay *r, uint32_t set)
{
    assert(set < r->set_count);
    return r->sets[set];
}

size_t replay_sets(const struct replay *r)
{
    return r->set_count;
}

static bool check_candidate(uint16_t number, size_t count, const char *what, struct err *err)
{
    if (number == EXAMPLE_NONE || number < count)
        return true;
    return err_set(err, "example: %s candidate %d of %zu", what, number + 1, count);
}

static bool check(const struct replay *r, const struct features *situation, const struct example *e,
                  struct err *err)
{
    size_t count = 0;

    if (r->count == REPLAY_MAX)
        return err_set(err, "more than %d examples", REPLAY_MAX);
    if (e->set >= r->set_count)
        return err_set(err, "example: no set %u of candidates", e->set);
    count = candidates_count(r->sets[e->set]);
    if (!check_candidate(e->chosen, count, "chosen", err) ||
        !check_candidate(e->rejected, count, "rejected", err))
        return false;
    if (e->chosen == e->rejected)
        return err_set(err, e->chosen == EXAMPLE_NONE
                                ? "example: neither a chosen nor a rejected candidate"
                                : "example: a candidate cannot be preferred to itself");
    if (!(e->weight > 0) || !isfinite(e->weight))
        return err_set(err, "example: weight %g; it must be above 0", (double)e->weight);
    if (r->count > 0 && e->day < r->entries[r->count - 1].example.day)
        return err_set(err, "example: day %u comes after day %u", e->day,
                       r->entries[r->count - 1].example.day);
    if (situation->count > FEATURES_MAX)
        return err_set(err, "example: a situation has at most %d features", FEATURES_MAX);
    for (size_t i = 0; i < situation->count; i++)
        if (!isfinite(situation->items[i].value))
            return err_set(err, "example: feature %zu is not finite", i + 1);
    return true;
}

bool replay_add(struct replay *r, const struct features *situation, const struct example *e,
                struct err *err)
{
    if (!check(r, situation, e, err))
        return false;
    if (r->count == r->cap) {
        r->cap = mem_grow(r->cap, r->count + 1);
        r->entries = mem_realloc(r->entries, r->cap, sizeof(*r->entries));
    }
    if (r->situation_count + situation->count > r->situation_cap) {
        r->situation_cap = mem_grow(r->situation_cap, r->situation_count + situation->count);
        r->situations = mem_realloc(r->situations, r->situation_cap, sizeof(*r->situations));
    }
    r->entries[r->count++] = (struct entry){ *e, r->situation_count, situation->count };
    for (size_t i = 0; i < situation->count; i++)
        r->situations[r->situation_count++] = distinct_add(r->features, situation->items[i]);
    return true;
}

size_t replay_count(const struct replay *r)
{
    return r->count;
}

const struct example *replay_example(const struct replay *r, size_t i)
{
    assert(i < r->count);
    return &r->entries[i].example;
}

void replay_situation(const struct replay *r, size_t i, struct features *out)
{
    const struct entry *e = &r->entries[i];

    assert(i < r->count);
    out->count = e->features;
    for (size_t j = 0; j < e->features; j++)
        out->items[j] = distinct_get(r->features, r->situations[e->first + j]);
}
