// Which pairs a night learns from (REFERENCE: equally200, equally400, halftoday, all).
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "sim/night_parts.h"
#include "store/reader.h"

struct pairs {
    int64_t *steps;
    size_t count, cap;
    size_t earlier; // of them, from before yesterday
    int yesterday;
};

static bool take_pair(void *user, const struct value *row, size_t columns)
{
    struct pairs *p = user;

    (void)columns;
    if (p->count == p->cap) {
        p->cap = mem_grow(p->cap, p->count + 1);
        p->steps = mem_realloc(p->steps, p->cap, sizeof(*p->steps));
    }
    p->steps[p->count++] = row[0].i;
    p->earlier += row[1].i < p->yesterday;
    return true;
}

// Leaves `keep` of the first `count` steps, drawn at random, in their order at the front.
static size_t draw(int64_t *steps, size_t count, size_t keep, struct rng *rng)
{
    size_t left = count < keep ? count : keep, out = 0;

    for (size_t i = 0; i < count && left > 0; i++) {
        if (rng_below(rng, count - i) >= left)
            continue;
        steps[out++] = steps[i];
        left--;
    }
    return out;
}

static void choose(struct pairs *p, const char *rule, struct rng *rng)
{
    size_t today = p->count - p->earlier;

    if (strcmp(rule, "halftoday") == 0) {
        size_t kept = draw(p->steps, p->earlier, today, rng);
        memmove(p->steps + kept, p->steps + p->earlier, today * sizeof(*p->steps));
        p->count = kept + today;
    } else if (strcmp(rule, "equally200") == 0) {
        p->count = draw(p->steps, p->count, 200, rng);
    } else if (strcmp(rule, "equally400") == 0) {
        p->count = draw(p->steps, p->count, 400, rng);
    }
}

bool night_write_set(struct night_work *w, const char *path, struct err *err)
{
    const struct json *delay = json_get(json_get(w->h->config, "feedback"), "delay_days");
    int last = w->day - 1 - (delay != NULL ? (int)json_number(delay) : 0);
    const struct value params[] = { value_int(w->who), value_int(last) };
    struct pairs pairs = { .yesterday = last };
    struct rng rng =
        rng_start(w->h->context.seed, w->h->who, "trainer", (uint64_t)(w->day * 100 + w->who));
    struct reader *reader = reader_open(w->h->path, err);
    bool ok =
        reader != NULL && reader_query(reader,
                                       "SELECT p.step, p.day FROM pair p"
                                       " JOIN pair_prompt q ON q.step = p.step AND q.who = p.who"
                                       " WHERE p.who = ?1 AND p.day <= ?2 ORDER BY p.step",
                                       params, 2, take_pair, &pairs, err);

    w->examples = 0;
    if (ok)
        choose(&pairs, json_string(json_get(w->learn, "replay")).data, &rng);
    if (ok && pairs.count > 0) {
        const struct night_set set = { .reader = reader,
                                       .data = w->h->shared.study->data,
                                       .method = json_string(json_get(w->learn, "method")).data,
                                       .who = w->who,
                                       .steps = pairs.steps,
                                       .step_count = pairs.count,
                                       .path = path };
        ok = w->night->write(&set, &w->examples, err);
    }
    reader_close(reader);
    free(pairs.steps);
    return ok;
}
