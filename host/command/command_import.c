#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/print_import.h"
#include "interop/matrix.h"
#include "interop/reverie.h"
#include "interop/reverie_convert.h"
#include "sim/data.h"
#include "text/json.h"
#include "world/map.h"

enum { OPTIONS_MAX_BYTES = 1 << 20 };

static bool is_python(const char *path)
{
    size_t len = strlen(path);

    return len > 3 && strcmp(path + len - 3, ".py") == 0;
}

static bool read_arguments(struct import_arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "out", required_argument, NULL, 'o' },
                                             { "map", required_argument, NULL, 'm' },
                                             { "storage", required_argument, NULL, 's' },
                                             { "force", no_argument, NULL, 'f' },
                                             { NULL, 0, NULL, 0 } };

    for (;;) {
        int option = getopt_long(argc, argv, "o:", options, NULL);
        if (option == -1)
            break;
        if (option == '?')
            return err_set(err, "see above");
        if (option == 'o')
            a->out = optarg;
        if (option == 'm')
            a->map = optarg;
        if (option == 's')
            a->storage = optarg;
        a->force = a->force || option == 'f';
    }
    if (optind == argc || (strcmp(argv[optind], "reverie") != 0 && !is_python(argv[optind])))
        return err_set(err,
                       "what is to be imported? Write: import reverie SRC --out DIR, or: import "
                       "utils.py --out DIR");
    if (a->out == NULL || a->out[0] == '\0')
        return err_set(err, "where to? Name a folder with --out");
    if (is_python(argv[optind])) {
        a->options = argv[optind];
        return optind + 1 == argc || err_set(err, "import one options file at a time");
    }
    if (optind + 1 == argc)
        return err_set(err, "which folder is to be imported?");
    a->sources = argv + optind + 1;
    a->source_count = (size_t)(argc - optind - 1);
    return true;
}

// The folder of a matrix map: the one named, or "matrix" in it. NULL if there is none. Caller
// frees.
static char *find_matrix(const char *folder)
{
    char *inner = path_join(folder, "matrix");

    if (!matrix_is_folder(folder) && matrix_is_folder(inner))
        return inner;
    free(inner);
    return matrix_is_folder(folder) ? mem_strdup(folder) : NULL;
}

static bool read_map(struct import *im, const char *folder, struct err *err)
{
    char *matrix = find_matrix(folder);

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

static bool read_source(struct import *im, const char *source, struct err *err)
{
    char *matrix = NULL;

    if (!file_is_folder(source))
        return err_set(err, "%s: %s", source,
                       file_exists(source) ? "is not a folder" : "there is no such folder");
    if (reverie_is_folder(source))
        return reverie_read(&im->people, source, err);
    matrix = find_matrix(source);
    free(matrix);
    if (matrix == NULL)
        return err_set(err,
                       "%s: holds nothing of the original's: neither personas/*/bootstrap_memory "
                       "nor maze_meta_info.json",
                       source);
    if (im->args->source_count > 1 || im->args->map != NULL)
        return err_set(err, "%s: is a map; name it with --map, beside folders of personas", source);
    return read_map(im, source, err);
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

// The persona and the map that an options file names, if they lie where it says.
static bool read_options(struct import *im, struct err *err)
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
        ok = read_map(im, matrix, err);
    free(matrix);
    free(storage);
    buf_fini(&text);
    return ok;
}

static bool read_sources(struct import *im, struct err *err)
{
    const struct import_arguments *a = im->args;

    if (a->options != NULL && !read_options(im, err))
        return false;

    for (size_t i = 0; i < a->source_count; i++) {
        if (!read_source(im, a->sources[i], err))
            return false;
    }
    if (a->map != NULL && !file_is_folder(a->map))
        return err_set(err, "%s: there is no such folder", a->map);
    return a->map == NULL || read_map(im, a->map, err);
}

static const char *default_source(const struct import *im)
{
    return im->map_source != NULL ? im->map_source : path_name(im->args->options);
}

// The study file, named after what it runs.
static bool make_study(struct import *im, struct err *err)
{
    const struct reverie *r = &im->people;
    char name[REVERIE_ID_BYTES] = { 0 };
    struct buf map = { 0 }, source = { 0 };
    const struct reverie_person *first = NULL;

    for (size_t i = r->count; i > 0; i--) {
        if (r->people[i - 1].is_resident)
            first = &r->people[i - 1];
    }
    if (json_get(im->options, "name") != NULL)
        reverie_make_id(name, "", json_string(json_get(im->options, "name")).data);
    else if (first != NULL && r->residents == 1)
        snprintf(name, sizeof(name), "%s", first->id);
    else
        reverie_make_id(name, "reverie_", first != NULL ? first->source : default_source(im));
    buf_addf(&map, "maps/%s.tmj", im->map != NULL ? im->map_id : "house");
    buf_add_str(&source, im->options != NULL ? path_name(im->args->options)
                         : first != NULL     ? first->source
                                             : default_source(im));
    if (im->args->source_count > 1)
        buf_addf(&source, " and %zu more folders", im->args->source_count - 1);
    im->study = reverie_convert_study(im->convert, r, name, buf_str(&source), buf_str(&map),
                                      im->options, err);
    buf_fini(&map);
    buf_fini(&source);
    return im->study != NULL;
}

static bool load_convert(struct import *im, struct err *err)
{
    char *data = data_find(err);

    if (data != NULL)
        im->convert = reverie_convert_new(data, err);
    free(data);
    return im->convert != NULL;
}

static bool convert(struct import *im, struct err *err)
{
    bool ok = true;

    im->persons = mem_calloc(im->people.count, sizeof(*im->persons));
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (!im->people.people[i].is_resident)
            continue;
        im->persons[i] = reverie_convert_person(im->convert, &im->people.people[i], err);
        ok = im->persons[i] != NULL;
    }
    return ok && make_study(im, err);
}

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

static bool check_targets(const struct import *im, struct err *err)
{
    bool ok = is_free(im, target(im, "", "study", ".lua"), err);

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

static bool write_all(const struct import *im, struct err *err)
{
    bool ok = make_folder(im, "", err);

    if (ok && im->map != NULL) {
        char *path = target(im, "maps/", im->map_id, ".tmj");
        ok = make_folder(im, "maps", err) && matrix_write_tmj(im->map, path, err);
        if (ok)
            printf("wrote %s\n", path);
        free(path);
    }
    if (ok && im->people.count > 0)
        ok = make_folder(im, "personas", err);
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (im->persons[i] != NULL)
            ok = write_text(im->persons[i],
                            target(im, "personas/", im->people.people[i].id, ".lua"), err);
    }
    return ok && write_text(im->study, target(im, "", "study", ".lua"), err);
}

static void free_import(struct import *im)
{
    for (size_t i = 0; i < im->people.count; i++)
        json_free(im->persons != NULL ? im->persons[i] : NULL);
    free(im->persons);
    json_free(im->study);
    json_free(im->options);
    reverie_convert_free(im->convert);
    free(im->persona_folder);
    map_free(im->map);
    free(im->map_source);
    reverie_fini(&im->people);
}

static int import(int argc, char **argv)
{
    struct import_arguments a = { 0 };
    struct import im = { .args = &a };
    struct err err = { { 0 } };
    int code = EXIT_WRONG_INPUT;
    size_t problems = 0;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_import, "%s", err.text);
    if (!load_convert(&im, &err) || !read_sources(&im, &err) || !convert(&im, &err) ||
        !check_targets(&im, &err) || !write_all(&im, &err)) {
        command_fail(code, &err);
        goto done;
    }
    problems = print_import(&im);
    if (problems > 0) {
        err_set(&err,
                "%zu problems must be corrected in the persona files first (see above, or "
                "propersim check)",
                problems);
        command_fail(code, &err);
        goto done;
    }
    code = EXIT_DONE;
done:
    free_import(&im);
    return code;
}

const struct command command_import = {
    .name = "import",
    .summary = "import people and maps of the original system",
    .help =
        "usage: propersim import reverie SRC... --out DIR [--map SRC2] [--force]\n"
        "       propersim import utils.py --out DIR [--storage DIR2] [--map SRC2] [--force]\n\n"
        "Imports a folder of the original ProPerSim or Generative Agents. SRC is a storage folder\n"
        "(it holds personas/*/bootstrap_memory/scratch.json) or a map (maze_meta_info.json, maze/\n"
        "and special_blocks/, or a folder matrix with them). Into DIR go personas/ID.lua,\n"
        "maps/NAME.tmj and study.lua, which runs them. Several storage folders go into one study.\n"
        "What had to be assumed, or could not be read, is printed and stands at the top of each\n"
        "file.\n\n"
        "utils.py is the original's options file (any name that ends in .py): DIR/study.lua does "
        "what\n"
        "it says, with the persona that it names, if that lies where it says.\n\n"
        "  -o, --out DIR   where to; made if it is missing\n"
        "  --storage DIR2  where the persona of utils.py lies\n"
        "  --map SRC2      import this map, too, and let the study use it\n"
        "  --force         replace files that are there already\n\n"
        "See docs/import.md.\n",
    .run = import,
};
