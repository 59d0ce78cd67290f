#include "learn/explain.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "learn/internal.h"
#include "learn/sparse.h"

enum { HEADER_BYTES = 16, OWNER_BYTES = 8 };

static const char *word(const struct policy *p, uint16_t number)
{
    if (number == OWNER_ALWAYS)
        return "always";
    return number == 0 ? "?" : names_text(p->names, number);
}

static uint16_t context_number(const struct policy *p, uint64_t key)
{
    return key == 0 ? (uint16_t)OWNER_ALWAYS : names_find(p->names, key);
}

static int by_size(const void *a, const void *b)
{
    const struct policy_reason *x = a, *y = b;

    if (fabs(x->contribution) != fabs(y->contribution))
        return fabs(x->contribution) > fabs(y->contribution) ? -1 : 1;
    return x->bucket < y->bucket ? -1 : x->bucket > y->bucket;
}

// The feature "always" and the policy's own bias, which is there without any feature, are one to a
// reader: rows that read the same become one with the sum of their weights. Returns how many stay.
static size_t merge_always(struct policy_reason *rows, size_t count)
{
    size_t kept = 0, always = 0; // the rows of "always" come first

    for (size_t i = 0; i < count; i++) {
        struct policy_reason row = rows[i];
        size_t same = 0;
        bool is_always = strcmp(row.context, "always") == 0 && strcmp(row.attribute, "?") != 0;
        while (is_always && same < always && strcmp(rows[same].attribute, row.attribute) != 0)
            same++;
        if (is_always && same < always) {
            rows[same].weight += row.weight;
            rows[same].contribution += row.contribution;
            continue;
        }
        rows[kept] = row;
        if (is_always) {
            rows[kept] = rows[always];
            rows[always++] = row;
        }
        kept++;
    }
    return kept;
}

size_t policy_explain(const struct policy *p, const struct features *situation,
                      const struct candidates *c, size_t candidate,
                      struct policy_reason out[POLICY_PAIRS_MAX])
{
    struct feature attributes[ATTRIBUTES_MAX];
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    size_t n =
        policy_pairs(p, situation, attributes, candidates_get(c, candidate, attributes), pairs);

    for (size_t i = 0; i < n; i++) {
        double weight = p->weights[pairs[i].bucket];
        out[i] = (struct policy_reason){
            .context = word(p, context_number(p, pairs[i].context)),
            .attribute = word(p, names_find(p->names, pairs[i].attribute)),
            .bucket = pairs[i].bucket,
            .weight = weight,
            .value = pairs[i].value,
            .contribution = weight * pairs[i].value,
        };
    }
    n = merge_always(out, n);
    qsort(out, n, sizeof(*out), by_size);
    return n;
}

void policy_note(struct policy *p, const struct features *situation, const struct candidates *c,
                 size_t candidate)
{
    struct feature attributes[ATTRIBUTES_MAX];
    struct policy_pair pairs[POLICY_PAIRS_MAX];
    size_t n =
        policy_pairs(p, situation, attributes, candidates_get(c, candidate, attributes), pairs);

    if (p->owners == NULL)
        p->owners = mem_calloc((size_t)1 << p->bits, sizeof(*p->owners));
    for (size_t i = 0; i < n; i++) {
        struct owner *owner = &p->owners[pairs[i].bucket];
        uint16_t context = context_number(p, pairs[i].context);
        uint16_t attribute = names_find(p->names, pairs[i].attribute);
        if (owner->context == 0 && owner->attribute == 0)
            *owner = (struct owner){ context, attribute };
        else if (owner->context != context || owner->attribute != attribute)
            p->shared++;
    }
}

size_t policy_strongest(const struct policy *p, struct policy_reason *out, size_t max)
{
    struct policy_reason *all = NULL;
    size_t n = 0, cap = 0;

    for (uint32_t b = 0; b < (uint32_t)1 << p->bits; b++) {
        double learned = p->weights[b];
        struct owner owner = { 0 };
        learned -= p->reference != NULL ? (double)p->reference[b] : 0;
        if (learned == 0)
            continue;
        if (p->owners != NULL)
            owner = p->owners[b];
        if (n == cap) {
            cap = mem_grow(cap, n + 1);
            all = mem_realloc(all, cap, sizeof(*all));
        }
        all[n++] = (struct policy_reason){
            word(p, owner.context), word(p, owner.attribute), b, learned, 1, learned
        };
    }
    n = merge_always(all, n);
    if (n > 0)
        qsort(all, n, sizeof(*all), by_size);
    n = n < max ? n : max;
    if (n > 0)
        memcpy(out, all, n * sizeof(*out));
    free(all);
    return n;
}

uint64_t policy_shared_buckets(const struct policy *p)
{
    return p->shared;
}

static bool is_owned(const struct policy *p, size_t bucket)
{
    return p->owners[bucket].context != 0 || p->owners[bucket].attribute != 0;
}

void policy_save_names(const struct policy *p, struct buf *out)
{
    size_t buckets = p->owners == NULL ? 0 : (size_t)1 << p->bits;
    uint32_t owned = 0;

    for (size_t b = 0; b < buckets; b++)
        owned += is_owned(p, b);
    buf_add_str(out, "PSN1");
    bytes_add_u32(out, p->bits);
    bytes_add_u32(out, (uint32_t)names_count(p->names));
    bytes_add_u32(out, owned);
    for (size_t i = 1; i <= names_count(p->names); i++) {
        const char *name = names_text(p->names, (uint16_t)i);
        bytes_add_u16(out, (uint16_t)strlen(name));
        buf_add_str(out, name);
    }
    for (size_t b = 0; b < buckets; b++) {
        if (!is_owned(p, b))
            continue;
        bytes_add_u32(out, (uint32_t)b);
        bytes_add_u16(out, p->owners[b].context);
        bytes_add_u16(out, p->owners[b].attribute);
    }
}

static bool load_words(struct names *names, uint32_t count, struct view bytes, size_t *at,
                       struct err *err)
{
    for (uint32_t i = 0; i < count; i++) {
        char name[NAME_BYTES_MAX + 1] = { 0 };
        size_t len = bytes.len - *at < 2 ? 0 : bytes_u16(bytes.data + *at);
        if (len == 0 || len > NAME_BYTES_MAX || bytes.len - *at - 2 < len ||
            memchr(bytes.data + *at + 2, '\0', len) != NULL)
            return err_set(err, "saved words: name %" PRIu32 " is cut or damaged", i + 1);
        memcpy(name, bytes.data + *at + 2, len);
        names_add(names, name);
        if (names_count(names) != i + 1)
            return err_set(err, "saved words: name %" PRIu32 " is there twice", i + 1);
        *at += 2 + len;
    }
    return true;
}

static bool is_number(uint16_t number, size_t count)
{
    return number <= count;
}

static bool load_owners(struct owner *owners, unsigned bits, size_t name_count, struct view bytes,
                        struct err *err)
{
    uint64_t next = 0;

    for (size_t at = 0; at < bytes.len; at += OWNER_BYTES) {
        uint32_t bucket = bytes_u32(bytes.data + at);
        struct owner o = { bytes_u16(bytes.data + at + 4), bytes_u16(bytes.data + at + 6) };
        if (bucket < next || bucket >= (uint64_t)1 << bits || !is_number(o.attribute, name_count) ||
            !(o.context == OWNER_ALWAYS || is_number(o.context, name_count)))
            return err_set(err, "saved words: the entry of bucket %" PRIu32 " is damaged", bucket);
        owners[bucket] = o;
        next = (uint64_t)bucket + 1;
    }
    return true;
}

bool policy_load_names(struct policy *p, struct view bytes, struct err *err)
{
    bool ok = false;
    struct names *names = names_new();
    struct owner *owners = mem_calloc((size_t)1 << p->bits, sizeof(*owners));
    size_t at = HEADER_BYTES;

    if (names_count(p->names) != 0 || p->owners != NULL) {
        err_set(err, "saved words can only be loaded into a policy that has none yet");
        goto done;
    }
    if (bytes.len < HEADER_BYTES || memcmp(bytes.data, "PSN1", 4) != 0 ||
        bytes_u32(bytes.data + 4) != p->bits || bytes_u32(bytes.data + 8) > NAMES_MAX) {
        err_set(err, "these bytes are no saved words of a policy with 2^%u buckets", p->bits);
        goto done;
    }
    if (!load_words(names, bytes_u32(bytes.data + 8), bytes, &at, err))
        goto done;
    if (bytes.len - at != (uint64_t)bytes_u32(bytes.data + 12) * OWNER_BYTES) {
        err_set(err, "saved words are cut or damaged");
        goto done;
    }
    if (!load_owners(owners, p->bits, names_count(names),
                     (struct view){ bytes.data + at, bytes.len - at }, err))
        goto done;
    names_free(p->names);
    p->names = names;
    p->owners = owners;
    names = NULL;
    owners = NULL;
    ok = true;
done:
    names_free(names);
    free(owners);
    return ok;
}
