#include "sim/pins.h"

#include <stdlib.h>

#include "base/mem.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "sim/links.h"

const struct script_needs *pins_needs(void)
{
    static const char *const exports[] = { "household.open",
                                           "household.begin_day",
                                           "household.step",
                                           "household.end_day",
                                           "household.save",
                                           "propersim.prompt.check_all",
                                           NULL };
    static const char *const folders[] = { "prompts/", "scripts/offline/", NULL };
    static const struct script_needs needs = { .exports = exports, .folders = folders };

    return &needs;
}

static void day_texts_fini(struct day_texts *d)
{
    texts_unref(d->texts);
    text_set_fini(&d->set);
    *d = (struct day_texts){ 0 };
}

static bool set_from_texts(struct text_set *set, const struct texts *texts, struct err *err)
{
    for (size_t i = 0; i < texts_count(texts); i++) {
        const struct text_file *file = texts_at(texts, i);
        if (!text_set_add(set, file->path, file->text, err))
            return false;
    }
    return true;
}

static struct texts *texts_from_set(const struct text_set *set, struct err *err)
{
    struct text_row *rows = mem_calloc(set->count, sizeof(*rows));
    struct texts *texts = NULL;

    for (size_t i = 0; i < set->count; i++)
        rows[i] = (struct text_row){ .path = set->files[i]->path,
                                     .text = buf_view(&set->files[i]->text),
                                     .hash = hash_of(buf_view(&set->files[i]->text)) };
    texts = texts_from_rows(rows, set->count, err);
    free(rows);
    return texts;
}

// Do the texts load? Tried in a script of its own, so that no household is touched.
static bool try_texts(struct texts *texts, struct err *err)
{
    struct script_needs needs = *pins_needs();
    struct script *script = services_new_script(&(struct script_limits){ 0 }, err);
    bool ok = false;

    needs.compile_all = true;
    ok = script != NULL && script_load(script, texts, &needs, err) &&
         script_call(script, "propersim.prompt", "check_all", NULL, NULL, NULL, err) &&
         links_check(script, texts, err);
    script_free(script);
    return ok;
}

// The files of now if they load, else those of the day before. On the first day they must load.
static bool choose(struct pins *pins, int day, struct text_set *mine, struct err *err)
{
    struct texts *files = study_read_texts(pins->study, err), *good = pins->now.texts;
    struct hash a = { { 0 } }, b = { { 0 } };
    bool ok = files != NULL;

    if (ok && good != NULL) {
        a = texts_hash(files);
        b = texts_hash(good);
    }
    if (ok && (good == NULL || !hash_equal(&a, &b)))
        ok = try_texts(files, err);
    if (ok) {
        ok = set_from_texts(mine, files, err);
    } else if (good != NULL) {
        if (pins->refused != NULL)
            pins->refused(pins->refused_user, day, err->text);
        ok = set_from_texts(mine, good, err);
    }
    texts_unref(files);
    return ok;
}

bool pins_day(struct pins *pins, int day, struct err *err)
{
    struct day_texts next = { .day = day };
    struct text_set mine = { 0 };
    bool found = false, first = false, ok = false;

    if (pins->now.day == day)
        return true;
    if (!texts_read_pinned(pins->folder, day, &next.set, &found, err))
        goto done;
    if (!found) {
        // after a resume the day before is known from what was pinned for it
        if (pins->now.day != day - 1 && day > 1 && !pins_day(pins, day - 1, err))
            goto done;
        if (!choose(pins, day, &mine, err) ||
            !texts_pin(pins->folder, day, &mine, &next.set, &first, err))
            goto done;
    }
    next.texts = texts_from_set(&next.set, err);
    ok = next.texts != NULL;
done:
    text_set_fini(&mine);
    if (ok)
        day_texts_fini(&pins->now);
    else
        day_texts_fini(&next);
    if (ok)
        pins->now = next;
    return ok;
}

void pins_fini(struct pins *pins)
{
    day_texts_fini(&pins->now);
}
