#include "command/import_options.h"

#include <stdlib.h>
#include <string.h>

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

static bool read_tiled(struct import *im, const char *file, struct err *err)
{
    const char *name = path_name(file), *end = strrchr(name, '.');
    char *plain = mem_strndup(name, (size_t)(end - name));

    im->map = matrix_load_tiled(file, err);
    im->map_source = reverie_source_name(file);
    reverie_make_id(im->map_id, "", plain);
    free(plain);
    return im->map != NULL;
}

bool import_read_map(struct import *im, const char *folder, struct err *err)
{
    char *matrix = NULL;

    if (matrix_is_tiled(folder))
        return read_tiled(im, folder, err);
    matrix = import_find_matrix(folder);
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

// Where the example trainers lie; NULL if they are not installed. Caller frees.
static char *find_trainers(const struct import *im)
{
    char *path = path_join(im->data, "examples/trainers"), *real = NULL;

    if (file_is_folder(path))
        real = realpath(path, NULL);
    free(path);
    return real;
}

static bool read_options(struct import *im, struct err *err)
{
    const char *path = im->args->options;
    struct buf text = { 0 };
    char *trainers = find_trainers(im);
    bool ok = file_read(&text, path, OPTIONS_MAX_BYTES, err);

    if (ok) {
        im->options = reverie_convert_options(im->convert, buf_view(&text), trainers, err);
        ok = im->options != NULL ? true : err_wrap(err, "%s", path);
    }
    free(trainers);
    buf_fini(&text);
    return ok;
}

// The folder of the persona that the file names. It must be in a folder that --storage names;
// im->persona_folder stays NULL if it is not where the file says.
static bool find_persona(struct import *im, struct err *err)
{
    const struct import_arguments *a = im->args;
    const struct json *persona = json_get(im->options, "persona");
    char *storage = a->storage != NULL ? mem_strdup(a->storage) : named_folder(im, "storage");
    char *folder = NULL;
    bool ok = true;

    if (a->storage != NULL && !file_is_folder(storage))
        ok = err_set(err, "--storage %s: there is no such folder", storage);
    if (ok && storage != NULL && persona != NULL)
        folder = path_join(storage, json_string(persona).data);
    if (folder != NULL && file_is_folder(folder))
        im->persona_folder = mem_strdup(folder);
    else if (folder != NULL && a->storage != NULL)
        ok = err_set(err,
                     "%s: there is no such folder; ORIGIN_PERSONA of %s names it, and --storage "
                     "the folder around it",
                     folder, a->options);
    free(folder);
    free(storage);
    return ok;
}

bool import_read_options(struct import *im, struct err *err)
{
    char *matrix = NULL;
    bool ok = read_options(im, err) && find_persona(im, err) &&
              (im->persona_folder == NULL || reverie_read(&im->people, im->persona_folder, err));

    if (ok && im->args->map == NULL && im->persona_folder != NULL)
        matrix = named_folder(im, "matrix");
    if (matrix != NULL)
        ok = import_read_map(im, matrix, err);
    free(matrix);
    return ok;
}
