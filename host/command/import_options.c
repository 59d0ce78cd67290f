#include "command/import_options.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/matrix.h"
#include "interop/reverie_convert.h"
#include "text/json.h"

enum { OPTIONS_MAX_BYTES = 1 << 20 };

char *import_find_matrix(const char *folder)
{
    char *inner = path_join(folder, "matrix");

    if (!matrix_is_folder(folder) && matrix_is_folder(inner))
        return inner;
    free(inner);
    return matrix_is_folder(folder) ? mem_strdup(folder) : NULL;
}

bool import_read_map(struct import *im, const char *folder, struct err *err)
{
    char *matrix = import_find_matrix(folder);

    if (matrix == NULL)
        return err_set(err,
                       "%s: is no map of the original: it has no maze_meta_info.json, and no "
                       "folder matrix with one",
                       folder);
    im->map = matrix_load(matrix, err);
    im->map_source = reverie_source_name(matrix);
    reverie_make_id(im->map_id, "", im->map_source);
    free(matrix);
    return im->map != NULL;
}

// A path that the options file names, from that file's folder; NULL if it names none or there is
// no such folder. Caller frees.
static char *named_folder(const struct import *im, const char *key)
{
    const struct json *named = json_get(im->options, key);
    char *folder = path_folder(im->args->options), *path = NULL;

    if (named != NULL && json_type(named) == JSON_STRING)
        path = path_join(folder, json_string(named).data);
    if (path != NULL && !file_is_folder(path)) {
        free(path);
        path = NULL;
    }
    free(folder);
    return path;
}

bool import_read_options(struct import *im, struct err *err)
{
    const struct import_arguments *a = im->args;
    struct buf text = { 0 };
    char *storage = NULL, *matrix = NULL;
    const struct json *persona = NULL;
    bool ok = file_read(&text, a->options, OPTIONS_MAX_BYTES, err);

    if (ok) {
        im->options = reverie_convert_options(im->convert, buf_view(&text), err);
        ok = im->options != NULL ? true : err_wrap(err, "%s", a->options);
    }
    storage = a->storage != NULL ? mem_strdup(a->storage) : ok ? named_folder(im, "storage") : NULL;
    persona = json_get(im->options, "persona");
    if (ok && storage != NULL && persona != NULL)
        im->persona_folder = path_join(storage, json_string(persona).data);
    if (im->persona_folder != NULL && !file_is_folder(im->persona_folder)) {
        free(im->persona_folder);
        im->persona_folder = NULL;
    }
    if (im->persona_folder != NULL)
        ok = reverie_read(&im->people, im->persona_folder, err);
    matrix = ok && a->map == NULL ? named_folder(im, "matrix") : NULL;
    if (ok && matrix != NULL && im->persona_folder != NULL)
        ok = import_read_map(im, matrix, err);
    free(matrix);
    free(storage);
    buf_fini(&text);
    return ok;
}
