#include "sim/find_run.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

// The nearest folder above a file that holds a study; NULL if there is none.
static char *study_above(const char *file)
{
    char *at = path_folder(file);

    while (strcmp(at, "/") != 0 && strcmp(at, ".") != 0 && !manifest_exists(at)) {
        char *up = path_folder(at);
        free(at);
        at = up;
    }
    if (manifest_exists(at))
        return at;
    free(at);
    return NULL;
}

static bool find_cell(const struct manifest *m, const char *folder, const char *full, size_t *cell)
{
    bool found = false;

    for (size_t i = 0; i < m->cell_count && !found; i++) {
        char *path = path_join(folder, m->cells[i].file), *real = realpath(path, NULL);
        found = real != NULL && strcmp(real, full) == 0;
        *cell = i;
        free(real);
        free(path);
    }
    return found;
}

bool find_run(const char *path, char **folder, struct manifest *manifest, size_t *cell,
              struct err *err)
{
    char *full = realpath(path, NULL);
    bool ok = false;

    *folder = NULL;
    *manifest = (struct manifest){ 0 };
    *cell = SIZE_MAX;
    if (full == NULL) {
        err_set(err, "%s: there is no such file or folder", path);
    } else if (file_is_folder(full)) {
        *folder = mem_strdup(path);
        ok = manifest_read(manifest, path, err);
    } else if ((*folder = study_above(full)) == NULL) {
        err_set(err, "%s: is in no study folder (none above it has a study.json)", path);
    } else if (manifest_read(manifest, *folder, err)) {
        ok = find_cell(manifest, *folder, full, cell)
                 ? true
                 : err_set(err, "%s: is no run of the study in %s", path, *folder);
    }
    free(full);
    if (!ok) {
        manifest_fini(manifest);
        free(*folder);
        *folder = NULL;
    }
    return ok;
}
