// Are all steps of a run there? What is missing in the middle would silently cut off the rest.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

// The number of the step that a name (of `len` bytes) stands for, as the original writes it; -1:
// none.
static int64_t step_number(const char *name, size_t len)
{
    int64_t number = 0;

    if (len == 0 || len > 8 || (name[0] == '0' && len > 1))
        return -1;
    for (size_t i = 0; i < len; i++) {
        if (name[i] < '0' || name[i] > '9')
            return -1;
        number = number * 10 + (name[i] - '0');
    }
    return number;
}

static int64_t step_of_file(const char *name)
{
    static const char end[] = ".json";
    size_t len = strlen(name), tail = sizeof(end) - 1;

    return len > tail && strcmp(name + len - tail, end) == 0 ? step_number(name, len - tail) : -1;
}

// How many steps there are, and the last one of them; -1: none.
struct found {
    int64_t count, last;
};

static void find(struct found *f, int64_t number)
{
    if (number < 0)
        return;
    f->count++;
    if (number > f->last)
        f->last = number;
}

static bool list_movements(const char *folder, struct found *f, struct err *err)
{
    char *path = path_join(folder, "movement");
    struct file_list list = { 0 };
    bool ok = !file_is_folder(path) || file_list_folder(&list, path, err);

    *f = (struct found){ .last = -1 };
    for (size_t i = 0; i < list.count; i++)
        find(f, step_of_file(list.names[i]));
    file_list_free(&list);
    free(path);
    return ok;
}

bool reverie_run_has_movements(const char *folder)
{
    struct found f;
    struct err reading = { { 0 } };

    // a folder that cannot be listed is a run, which fails when it is read
    return !list_movements(folder, &f, &reading) || f.count > 0;
}

static bool want_limit(int64_t steps, struct err *err)
{
    return steps <= REVERIE_MAX_STEPS || err_set(err, "has %lld steps; at most %d can be imported",
                                                 (long long)steps, REVERIE_MAX_STEPS);
}

bool reverie_run_count_movements(const char *folder, int64_t *steps, struct err *err)
{
    struct found f;

    if (!list_movements(folder, &f, err))
        return false;
    *steps = f.last + 1;
    for (int64_t n = 0; f.count < *steps && n < *steps; n++) {
        char name[48];
        snprintf(name, sizeof(name), "movement/%lld.json", (long long)n);
        if (!reverie_run_has(folder, name))
            return err_set(err,
                           "%s/%s: is missing, but there are steps up to movement/%lld.json; put "
                           "it back, or move those behind it away",
                           folder, name, (long long)f.last);
    }
    return want_limit(*steps, err) || err_wrap(err, "%s/movement", folder);
}

bool reverie_run_count_master(const struct json *doc, int64_t *steps, struct err *err)
{
    struct found f = { .last = -1 };

    for (const struct json *step = json_first(doc); step != NULL; step = json_next(step))
        find(&f, step_number(json_key(step), strlen(json_key(step))));
    *steps = f.last + 1;
    if (*steps == 0)
        return err_set(err, "has no step \"0\"");
    for (int64_t n = 0; f.count < *steps && n < *steps; n++) {
        char key[24];
        snprintf(key, sizeof(key), "%lld", (long long)n);
        if (json_get(doc, key) == NULL)
            return err_set(err,
                           "has no step \"%s\", but steps up to \"%lld\"; the original writes {} "
                           "for a step in which nothing changed",
                           key, (long long)f.last);
    }
    return want_limit(*steps, err);
}
