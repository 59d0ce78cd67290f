#include "sim/start.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

char *start_folder(const char *own, struct view text, struct view *condition)
{
    const char *colon = memrchr(text.data, ':', text.len); // loading the study has seen to it
    size_t len = (size_t)(colon - text.data);
    char *name = mem_strndup(text.data, len);
    char *beside = path_folder(own);
    char *found = len == 0 ? mem_strdup(own) : path_join(beside, name);

    *condition = (struct view){ colon + 1, text.len - len - 1 };
    free(beside);
    free(name);
    return found;
}

bool start_has_condition(const struct manifest *m, const char *folder, struct view condition,
                         struct err *err)
{
    for (size_t i = 0; i < m->cell_count; i++) {
        if (view_equal(view_of(m->cells[i].condition), condition))
            return true;
    }
    return err_set(err, "the study in %s has no condition '%.*s'", folder, (int)condition.len,
                   condition.data);
}

static bool check_one(const char *own, struct view text, struct err *err)
{
    struct manifest m = { 0 };
    struct view condition = { 0 };
    char *folder = start_folder(own, text, &condition);
    bool ok = manifest_exists(folder);

    if (!ok)
        err_set(err, "there is no study in %s; run the study that this one starts from first",
                folder);
    ok = ok && manifest_read(&m, folder, err) && start_has_condition(&m, folder, condition, err);
    manifest_fini(&m);
    free(folder);
    return ok ? true : err_wrap(err, "assistant.learn.start = \"%s\"", text.data);
}

bool start_check(const struct study *study, const char *out, struct err *err)
{
    char *own = realpath(out, NULL); // NULL: it is to be made
    bool ok = true;

    if (own == NULL)
        own = mem_strdup(out);
    for (size_t i = strlen(own); i > 1 && own[i - 1] == '/'; i--)
        own[i - 1] = '\0';
    for (size_t i = 0; ok && i < study->cell_count; i++) {
        const struct json *learn =
            json_get(json_get(study->cells[i].options, "assistant"), "learn");
        const struct json *start = json_get(learn, "start");
        if (start != NULL && json_string(start).data[0] != ':')
            ok = check_one(own, json_string(start), err);
    }
    free(own);
    return ok;
}
