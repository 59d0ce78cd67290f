#include "sim/pins.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "script/script.h"
#include "script/services.h"
#include "script/texts.h"
#include "sim/links.h"
#include "store/lock.h"
#include "store/manifest.h"
#include "store/reader.h"

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

struct texts *pins_texts(const struct text_set *set, struct err *err)
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
    struct script *script = NULL;
    bool ok = false;

    needs.compile_all = true;
    script = services_load_script(NULL, texts, &needs, err);
    ok = script != NULL &&
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
    next.texts = pins_texts(&next.set, err);
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

// Has nobody simulated the day, and does nobody just now?
static bool check_unused(const struct pins *pins, const struct study_cell *cell, int day,
                         const char *mine, struct err *err)
{
    char *file = manifest_file_name(cell->condition, cell->persona, cell->seed);
    char *path = path_join(pins->folder, file);
    struct reader *reader = NULL;
    int days = 0, lock = -1;
    bool ok = true;

    if (file_exists(path)) {
        reader = reader_open(path, err);
        ok = reader != NULL && reader_progress(reader, &days, NULL, err);
        if (ok && days >= day)
            ok = err_set(err,
                         "%s has finished day %d with the scripts that stand for it; to simulate "
                         "it again with others: propersim fork %s --day %d -o DIR",
                         path, day, pins->folder, day - 1);
        if (ok && (mine == NULL || strcmp(mine, path) != 0)) {
            lock = lock_take(path, err);
            ok = lock >= 0;
        }
    }
    reader_close(reader);
    lock_release(path, lock);
    free(path);
    free(file);
    return ok;
}

bool pins_replace(struct pins *pins, int day, const char *mine, bool *changed, struct err *err)
{
    struct texts *files = study_read_texts(pins->study, err);
    struct text_set now = { 0 }, old = { 0 };
    char a[HASH_HEX_BYTES], b[HASH_HEX_BYTES];
    bool found = false;
    bool ok = files != NULL && try_texts(files, err) && set_from_texts(&now, files, err) &&
              texts_read_pinned(pins->folder, day, &old, &found, err);

    text_set_hash(&now, a);
    text_set_hash(&old, b);
    *changed = ok && found && strcmp(a, b) != 0;
    for (size_t i = 0; ok && *changed && i < pins->study->cell_count; i++)
        ok = check_unused(pins, &pins->study->cells[i], day, mine, err);
    if (ok && *changed) {
        ok = texts_pin_again(pins->folder, day, &now, err);
        day_texts_fini(&pins->now); // read again when it is asked for
    }
    text_set_fini(&now);
    text_set_fini(&old);
    texts_unref(files);
    return ok;
}

void pins_fini(struct pins *pins)
{
    day_texts_fini(&pins->now);
}
