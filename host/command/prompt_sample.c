#include "command/prompt_sample.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "store/reader.h"

enum { DAYS = 3 };

static bool list_days(const struct prompt_sample_options *o, int days[DAYS], size_t *count,
                      struct err *err)
{
    struct reader *r = reader_open(o->run, err);
    int finished = 0;
    bool ok = r != NULL && reader_progress(r, &finished, NULL, err);

    *count = 0;
    if (ok && o->day > 0) {
        days[(*count)++] = o->day;
    } else if (ok) {
        int last = finished > 0 ? finished : 1;
        int wanted[DAYS] = { 1, (last + 1) / 2, last };
        for (int i = 0; i < DAYS; i++) {
            if (*count == 0 || wanted[i] != days[*count - 1])
                days[(*count)++] = wanted[i];
        }
    }
    reader_close(r);
    return ok;
}

static int compare(const void *a, const void *b)
{
    const struct situation *const *x = a, *const *y = b;

    return *x < *y ? -1 : *x > *y; // both are in one list, in the order of the run
}

static void pick(struct prompt_sample *s, const struct prompt_sample_options *o)
{
    struct rng rng = rng_start((uint64_t)o->seed, "", "prompt try", 0);
    size_t all = s->stored.count;
    const struct situation **list = mem_calloc(all, sizeof(*list));

    for (size_t i = 0; i < all; i++)
        list[i] = &s->stored.all[i];
    s->count = all < (size_t)o->most ? all : (size_t)o->most;
    for (size_t i = 0; i < s->count; i++) {
        size_t k = i + (size_t)rng_below(&rng, all - i);
        const struct situation *one = list[i];
        list[i] = list[k];
        list[k] = one;
    }
    qsort(list, s->count, sizeof(*list), compare);
    s->picked = list;
}

bool prompt_sample_take(struct prompt_sample *s, const char *prompt,
                        const struct prompt_sample_options *o, struct err *err)
{
    int days[DAYS] = { 0 };
    size_t count = 0;
    bool ok = list_days(o, days, &count, err);

    s->stored.prompt = prompt;
    s->stored.step = -1;
    for (size_t i = 0; ok && i < count; i++) {
        buf_addf(&s->days, "%s%d", i > 0 ? ", " : "", days[i]);
        ok = situations_add_day(&s->stored, o->run, days[i], err);
    }
    if (ok && s->stored.count == 0)
        ok = err_set(err, "%s was never asked on day%s %s of %s", prompt, count > 1 ? "s" : "",
                     buf_str(&s->days), o->run);
    if (ok)
        pick(s, o);
    return ok;
}

void prompt_sample_fini(struct prompt_sample *s)
{
    free(s->picked);
    situations_fini(&s->stored);
    buf_fini(&s->days);
}
