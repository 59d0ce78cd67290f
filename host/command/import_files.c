#include "command/import_files.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "interop/matrix.h"
#include "text/json.h"

// "DIR/folder/nameend". Caller frees.
static char *target(const struct import *im, const char *folder, const char *name, const char *end)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/%s%s%s", im->args->out, folder, name, end);
    return buf_take(&path);
}

static bool is_free(const struct import *im, char *path, struct err *err)
{
    bool ok = im->args->force || !file_exists(path);

    if (!ok)
        err_set(err, "%s: is there already; name another folder, or use --force to replace it",
                path);
    free(path);
    return ok;
}

bool import_check_files(const struct import *im, struct err *err)
{
    bool ok = im->study == NULL || is_free(im, target(im, "", "study", ".lua"), err);

    for (size_t i = 0; ok && i < im->people.count; i++)
        ok = im->persons[i] == NULL ||
             is_free(im, target(im, "personas/", im->people.people[i].id, ".lua"), err);
    if (ok && im->map != NULL)
        ok = is_free(im, target(im, "maps/", im->map_id, ".tmj"), err) &&
             is_free(im, target(im, "maps/", im->map_id, "-tiles.png"), err);
    return ok;
}

static bool make_folder(const struct import *im, const char *name, struct err *err)
{
    char *folder = target(im, "", name, "");
    bool ok = file_make_folder(folder, err);

    free(folder);
    return ok;
}

static bool write_text(const struct json *made, char *path, struct err *err)
{
    bool ok = file_write(path, json_string(json_get(made, "text")), err);

    if (ok)
        printf("wrote %s\n", path);
    free(path);
    return ok;
}

bool import_write_files(const struct import *im, struct err *err)
{
    bool ok = make_folder(im, "", err);

    if (ok && im->map != NULL) {
        char *path = target(im, "maps/", im->map_id, ".tmj");
        ok = make_folder(im, "maps", err) && matrix_write_tmj(im->map, path, err);
        if (ok)
            printf("wrote %s\n", path);
        free(path);
    }
    if (ok && im->people.residents > 0)
        ok = make_folder(im, "personas", err);
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (im->persons[i] != NULL)
            ok = write_text(im->persons[i],
                            target(im, "personas/", im->people.people[i].id, ".lua"), err);
    }
    return ok && (im->study == NULL || write_text(im->study, target(im, "", "study", ".lua"), err));
}
