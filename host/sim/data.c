#include "sim/data.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

enum { PATH_BYTES = 4096 };

static bool has_scripts(const char *folder)
{
    char *path = path_join(folder, "scripts/household.lua");
    bool found = file_exists(path);

    free(path);
    return found;
}

// share/propersim beside the bin folder that the program is in.
static char *beside_program(void)
{
    char exe[PATH_BYTES];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    char *bin = NULL, *data = NULL;

    if (len <= 0)
        return NULL;
    exe[len] = '\0';
    bin = path_folder(exe);
    data = path_join(bin, "../share/propersim");
    free(bin);
    return data;
}

char *data_find(struct err *err)
{
    const char *named = getenv("PROPERSIM_DATA");
    char *candidates[] = {
        beside_program(),
        mem_strdup(PROPERSIM_DATA_DIR),
        mem_strdup(PROPERSIM_SOURCE_DIR),
    };
    char *found = NULL;

    if (named != NULL) {
        if (has_scripts(named))
            found = mem_strdup(named);
        else
            err_set(err, "PROPERSIM_DATA: %s has no scripts/household.lua", named);
    }
    for (size_t i = 0; i < sizeof(candidates) / sizeof(*candidates); i++) {
        if (named == NULL && found == NULL && candidates[i] != NULL && has_scripts(candidates[i]))
            found = mem_strdup(candidates[i]);
        free(candidates[i]);
    }
    if (named == NULL && found == NULL)
        err_set(err,
                "propersim's own scripts were not found; set PROPERSIM_DATA to the folder that "
                "holds scripts/household.lua");
    return found;
}

char *data_find_file(const char *name, const char *const *folders, size_t count, struct err *err)
{
    struct buf searched = { 0 };
    char *found = NULL;

    for (size_t i = 0; i < count && found == NULL; i++) {
        char *path = path_join(folders[i], name);
        if (file_exists(path)) {
            found = path;
            break;
        }
        buf_addf(&searched, "%s%s", searched.len > 0 ? ", " : "", path);
        free(path);
    }
    if (found == NULL)
        err_set(err, "%s: there is no such file; looked for: %s", name, buf_str(&searched));
    buf_fini(&searched);
    return found;
}
