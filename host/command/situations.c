#include "command/situations.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/rehearse.h"

static char *copy(struct view text)
{
    return mem_strndup(text.data != NULL ? text.data : "", text.len);
}

static void hear(void *user, const struct heard *h)
{
    struct situations *s = user;

    if ((s->prompt != NULL && strcmp(s->prompt, h->prompt) != 0) ||
        (s->step >= 0 && s->step != h->step))
        return;
    if (s->count == s->cap) {
        s->cap = mem_grow(s->cap, s->count + 1);
        s->all = mem_realloc(s->all, s->cap, sizeof(*s->all));
    }
    s->all[s->count++] = (struct situation){
        .role = mem_strdup(h->role),
        .prompt = mem_strdup(h->prompt),
        .version = mem_strdup(h->version),
        .system = copy(h->system),
        .user = copy(h->user),
        .schema = copy(h->schema),
        .inputs = copy(h->inputs),
        .answer = h->failure == NULL ? copy(h->answer) : NULL,
        .failure = mem_strdup(h->failure),
        .who = h->who,
        .draw = h->draw,
        .step = h->step,
        .seed = h->seed,
    };
}

bool situations_add_day(struct situations *s, const char *run, int day, struct err *err)
{
    const struct llm_ear ear = { .user = s, .hear = hear };

    return rehearse_day(run, day, &ear, err);
}

void situations_fini(struct situations *s)
{
    for (size_t i = 0; i < s->count; i++) {
        struct situation *one = &s->all[i];
        char *const texts[] = { one->role,   one->prompt, one->version, one->system, one->user,
                                one->schema, one->inputs, one->answer,  one->failure };
        for (size_t k = 0; k < sizeof(texts) / sizeof(*texts); k++)
            free(texts[k]);
    }
    free(s->all);
    *s = (struct situations){ 0 };
}

bool situations_meta(struct reader *r, const char *key, int64_t *out, struct err *err)
{
    struct buf text = { 0 };
    bool found = false, ok = reader_meta(r, key, &text, &found, err);

    if (ok && !found)
        ok = err_set(err, "it has no `%s`", key);
    if (ok)
        *out = strtoll(buf_str(&text), NULL, 10);
    buf_fini(&text);
    return ok;
}
