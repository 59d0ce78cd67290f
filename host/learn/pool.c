#include "learn/pool.h"

#include <assert.h>

#include "base/mem.h"
#include "learn/internal.h"

// The number, among the words of `out`, of word `number` of `from`.
static uint16_t adopt(struct policy *out, const struct policy *from, uint16_t number)
{
    if (number == 0 || number == OWNER_ALWAYS)
        return number;
    return names_find(out->names, names_add(out->names, names_text(from->names, number)));
}

static void add_words(struct policy *out, const struct policy *from)
{
    if (from->owners == NULL)
        return;
    if (out->owners == NULL)
        out->owners = mem_calloc((size_t)1 << out->bits, sizeof(*out->owners));
    for (size_t b = 0; b < (size_t)1 << out->bits; b++) {
        struct owner *mine = &out->owners[b];
        const struct owner *theirs = &from->owners[b];
        if (mine->context != 0 || mine->attribute != 0 ||
            (theirs->context == 0 && theirs->attribute == 0))
            continue;
        *mine = (struct owner){ adopt(out, from, theirs->context),
                                adopt(out, from, theirs->attribute) };
    }
}

void policy_pool(struct policy *out, struct policy *const *from, size_t count)
{
    assert(count >= 1);
    for (size_t b = 0; b < (size_t)1 << out->bits; b++) {
        double sum = 0;
        for (size_t i = 0; i < count; i++) {
            assert(from[i]->bits == out->bits);
            sum += (double)from[i]->weights[b];
        }
        out->weights[b] = (float)(sum / (double)count);
    }
    for (size_t i = 0; i < count; i++)
        add_words(out, from[i]);
}
