#include "sim/session_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "script/texts.h"
#include "sim/pins.h"
#include "store/texts.h"

static bool is_terminal(const char *path)
{
    static const char folder[] = "scripts/terminal/";

    return strncmp(path, folder, strlen(folder)) == 0 ||
           strcmp(path, "prompts/resident/interview.lua") == 0 ||
           strcmp(path, "scripts/offline/resident/interview.lua") == 0;
}

static struct texts *with_terminal(struct texts *base, struct texts *installed, struct err *err)
{
    size_t most = texts_count(base) + texts_count(installed), count = 0;
    struct text_row *rows = mem_calloc(most, sizeof(*rows));
    struct texts *all = NULL;

    for (size_t i = 0; i < most; i++) {
        bool of_base = i < texts_count(base);
        const struct text_file *file =
            of_base ? texts_at(base, i) : texts_at(installed, i - texts_count(base));
        if (of_base || (is_terminal(file->path) && texts_find(base, file->path) == NULL))
            rows[count++] =
                (struct text_row){ .path = file->path, .text = file->text, .hash = file->hash };
    }
    all = texts_from_rows(rows, count, err);
    free(rows);
    return all;
}

static struct texts *read_day(const char *folder, int day, struct err *err)
{
    struct text_set set = { 0 };
    struct texts *texts = NULL;
    bool found = false;

    if (!texts_read_pinned(folder, day, &set, &found, err))
        return NULL;
    if (found)
        texts = pins_texts(&set, err);
    else
        err_set(err, "%s: the texts of day %d are missing", folder, day);
    text_set_fini(&set);
    return texts;
}

struct texts *session_look_texts(const struct study *study, const char *folder, struct texts *base,
                                 int day, struct err *err)
{
    const char *roots[] = { study->data };
    struct texts *mine = NULL, *installed = NULL, *all = NULL;

    if (base != NULL)
        mine = texts_ref(base);
    else if (day > 0)
        mine = read_day(folder, day, err);
    else
        mine = study_read_texts(study, err);
    if (mine != NULL)
        installed = texts_read(roots, 1, err);
    if (installed != NULL)
        all = with_terminal(mine, installed, err);
    texts_unref(installed);
    texts_unref(mine);
    return all;
}
