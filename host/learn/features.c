#include "learn/features.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct part {
    uint32_t attribute;
    double value;
};

struct candidates {
    uint32_t *starts; // of each candidate's parts; one more than there are candidates
    size_t count, starts_cap;
    struct part *parts;
    size_t part_count, parts_cap;
    uint64_t *keys; // of the distinct attributes
    double *scratch;
    size_t key_count, keys_cap;
    uint32_t *slots; // open addressing by key: attribute + 1, 0 is free
    size_t slot_count;
};

static const double value_max = 1e6;

static bool check(const char *name, double value, struct err *err)
{
    size_t len = strnlen(name, NAME_BYTES_MAX + 1);

    if (len == 0)
        return err_set(err, "a feature has an empty name");
    if (len > NAME_BYTES_MAX)
        return err_set(err,
                       "the feature name \"%.40s...\" is too long; at most %d bytes are allowed",
                       name, NAME_BYTES_MAX);
    if (!(fabs(value) <= value_max))
        return err_set(err, "feature \"%s\" has the value %g; it must be within -%g and %g", name,
                       value, value_max, value_max);
    return true;
}

static uint64_t key_of(struct names *names, const char *name)
{
    return names != NULL ? names_add(names, name) : name_key(name);
}

bool features_add(struct features *f, struct names *names, const char *name, double value,
                  struct err *err)
{
    uint64_t key = 0;

    if (!check(name, value, err))
        return false;
    if (f->count == FEATURES_MAX)
        return err_set(err, "no room for feature \"%s\": a situation has at most %d", name,
                       FEATURES_MAX);
    key = key_of(names, name);
    for (size_t i = 0; i < f->count; i++)
        if (f->items[i].key == key)
            return err_set(err, "feature \"%s\" is in the situation already", name);
    f->items[f->count++] = (struct feature){ key, value };
    return true;
}

struct candidates *candidates_new(void)
{
    struct candidates *c = mem_calloc(1, sizeof(*c));

    c->slot_count = 64;
    c->slots = mem_calloc(c->slot_count, sizeof(*c->slots));
    c->starts_cap = 16;
    c->starts = mem_calloc(c->starts_cap, sizeof(*c->starts));
    return c;
}

void candidates_free(struct candidates *c)
{
    if (c == NULL)
        return;
    free(c->starts);
    free(c->parts);
    free(c->keys);
    free(c->scratch);
    free(c->slots);
    free(c);
}

void candidates_clear(struct candidates *c)
{
    c->count = c->part_count = c->key_count = 0;
    memset(c->slots, 0, c->slot_count * sizeof(*c->slots));
}

bool candidates_open(struct candidates *c, struct err *err)
{
    if (c->count == CANDIDATES_MAX)
        return err_set(err, "more than %d candidates", CANDIDATES_MAX);
    if (c->count + 2 > c->starts_cap) {
        c->starts_cap = mem_grow(c->starts_cap, c->count + 2);
        c->starts = mem_realloc(c->starts, c->starts_cap, sizeof(*c->starts));
    }
    c->starts[c->count++] = (uint32_t)c->part_count;
    c->starts[c->count] = (uint32_t)c->part_count;
    return true;
}

static size_t find_slot(const struct candidates *c, uint64_t key)
{
    size_t at = key & (c->slot_count - 1);

    while (c->slots[at] != 0 && c->keys[c->slots[at] - 1] != key)
        at = (at + 1) & (c->slot_count - 1);
    return at;
}

static void grow_slots(struct candidates *c)
{
    c->slot_count *= 2;
    free(c->slots);
    c->slots = mem_calloc(c->slot_count, sizeof(*c->slots));
    for (size_t i = 0; i < c->key_count; i++)
        c->slots[find_slot(c, c->keys[i])] = (uint32_t)i + 1;
}

static uint32_t add_attribute(struct candidates *c, uint64_t key)
{
    size_t at = find_slot(c, key);

    if (c->slots[at] != 0)
        return c->slots[at] - 1;
    if (c->key_count == c->keys_cap) {
        c->keys_cap = mem_grow(c->keys_cap, c->key_count + 1);
        c->keys = mem_realloc(c->keys, c->keys_cap, sizeof(*c->keys));
        c->scratch = mem_realloc(c->scratch, c->keys_cap, sizeof(*c->scratch));
    }
    c->keys[c->key_count++] = key;
    c->slots[at] = (uint32_t)c->key_count;
    if (c->key_count * 2 > c->slot_count)
        grow_slots(c);
    return (uint32_t)c->key_count - 1;
}

bool candidates_add_key(struct candidates *c, uint64_t key, double value, struct err *err)
{
    uint32_t start = 0, attribute = 0;

    assert(c->count > 0);
    if (!(fabs(value) <= value_max))
        return err_set(err,
                       "attribute %016" PRIx64 " has the value %g; it must be within -%g and %g",
                       key, value, value_max, value_max);
    start = c->starts[c->count - 1];
    if (c->part_count - start == ATTRIBUTES_MAX)
        return err_set(err, "a candidate has at most %d attributes", ATTRIBUTES_MAX);
    attribute = add_attribute(c, key);
    for (size_t i = start; i < c->part_count; i++)
        if (c->parts[i].attribute == attribute)
            return err_set(err, "the candidate has this attribute already");
    if (c->part_count == c->parts_cap) {
        c->parts_cap = mem_grow(c->parts_cap, c->part_count + 1);
        c->parts = mem_realloc(c->parts, c->parts_cap, sizeof(*c->parts));
    }
    c->parts[c->part_count++] = (struct part){ attribute, value };
    c->starts[c->count] = (uint32_t)c->part_count;
    return true;
}

bool candidates_add(struct candidates *c, struct names *names, const char *name, double value,
                    struct err *err)
{
    if (!check(name, value, err))
        return false;
    if (!candidates_add_key(c, key_of(names, name), value, err))
        return err_wrap(err, "attribute \"%s\"", name);
    return true;
}

size_t candidates_count(const struct candidates *c)
{
    return c->count;
}

size_t candidates_get(const struct candidates *c, size_t candidate,
                      struct feature out[ATTRIBUTES_MAX])
{
    size_t n = 0;

    assert(candidate < c->count);
    for (size_t i = c->starts[candidate]; i < c->starts[candidate + 1]; i++)
        out[n++] = (struct feature){ c->keys[c->parts[i].attribute], c->parts[i].value };
    return n;
}

size_t candidates_attribute_count(const struct candidates *c)
{
    return c->key_count;
}

uint64_t candidates_attribute(const struct candidates *c, size_t attribute)
{
    return c->keys[attribute];
}

void candidates_sum(const struct candidates *c, const double *scores, double *out)
{
    for (size_t i = 0; i < c->count; i++) {
        double sum = 0;
        for (size_t j = c->starts[i]; j < c->starts[i + 1]; j++)
            sum += c->parts[j].value * scores[c->parts[j].attribute];
        out[i] = sum;
    }
}

void candidates_spread(const struct candidates *c, const double *amounts, double *scores)
{
    for (size_t a = 0; a < c->key_count; a++)
        scores[a] = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t j = c->starts[i]; amounts[i] != 0 && j < c->starts[i + 1]; j++)
            scores[c->parts[j].attribute] += amounts[i] * c->parts[j].value;
}

double *candidates_scratch(struct candidates *c)
{
    return c->scratch;
}
