// Reading a set of texts from folders.

#include "base/file.h"
#include "base/mem.h"
#include "script/texts_inside.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 16 };

struct reading {
    struct texts *texts;
    size_t root;
    const char *folder; // the root as it was given
    char *real;         // the root without links, with a '/' at the end
};

static bool ends_in_lua(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && strcmp(name + len - 4, ".lua") == 0;
}

// A link may point anywhere inside of its root.
static bool stays_inside(const struct reading *r, const char *full, const char *path,
                         struct err *err)
{
    char *real = realpath(full, NULL);
    bool ok = false;

    if (real == NULL)
        err_set(err, "%s: a link that leads nowhere", path);
    else if (strncmp(real, r->real, strlen(r->real)) != 0)
        err_set(err, "%s: a link to %s, which is outside of %s", path, real, r->folder);
    else
        ok = true;
    free(real);
    return ok;
}

static bool read_one(struct reading *r, const char *full, const char *path, struct err *err)
{
    struct buf text = { 0 };
    bool ok = file_read(&text, full, TEXTS_MAX_FILE_BYTES, err) &&
              texts_add(r->texts, path, buf_view(&text), r->root, err);

    buf_fini(&text);
    return ok;
}

static bool read_folder(struct reading *r, const char *path, int depth, struct err *err)
{
    char *folder = path_join(r->folder, path);
    struct file_list list = { 0 };
    bool ok = false;

    if (depth > DEPTH_MAX) {
        err_set(err, "%s: folders are nested more than %d deep (a link to itself?)", path,
                DEPTH_MAX);
        goto done;
    }
    if (!stays_inside(r, folder, path, err) || !file_list_folder(&list, folder, err))
        goto done;
    for (size_t i = 0; i < list.count; i++) {
        char *inner = path_join(path, list.names[i]);
        char *full = path_join(r->folder, inner);
        bool is_folder = file_is_folder(full), fine = true;

        if (is_folder && strcmp(inner, "scripts/stubs") != 0 && strcmp(path, "personas") != 0)
            fine = read_folder(r, inner, depth + 1, err);
        else if (!is_folder && ends_in_lua(list.names[i]))
            fine = stays_inside(r, full, inner, err) && read_one(r, full, inner, err);
        free(full);
        free(inner);
        if (!fine)
            goto done;
    }
    ok = true;
done:
    file_list_free(&list);
    free(folder);
    return ok;
}

static bool read_root(struct reading *r, struct err *err)
{
    static const char *const folders[] = { "scripts", "prompts", "personas" };
    struct buf real = { 0 };
    char *resolved = realpath(r->folder, NULL);
    bool ok = false;

    if (resolved == NULL || !file_is_folder(r->folder)) {
        err_set(err, "%s: there is no such folder", r->folder);
        goto done;
    }
    buf_addf(&real, "%s%s", resolved, strcmp(resolved, "/") == 0 ? "" : "/");
    r->real = buf_take(&real);
    for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
        char *full = path_join(r->folder, folders[i]);
        bool fine = !file_is_folder(full) || read_folder(r, folders[i], 0, err);

        free(full);
        if (!fine) {
            err_wrap(err, "%s", r->folder);
            goto done;
        }
    }
    ok = true;
done:
    free(resolved);
    free(r->real);
    r->real = NULL;
    return ok;
}

struct texts *texts_read(const char *const *roots, size_t count, struct err *err)
{
    struct texts *t = texts_new();

    t->roots = mem_calloc(count, sizeof(*t->roots));
    for (size_t i = 0; i < count; i++) {
        struct reading r = { .texts = t, .root = i, .folder = roots[i] };

        t->roots[t->root_count++] = mem_strdup(roots[i]);
        if (!read_root(&r, err)) {
            texts_unref(t);
            return NULL;
        }
    }
    texts_finish(t);
    return t;
}
