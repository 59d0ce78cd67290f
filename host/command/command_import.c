#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "command/import_files.h"
#include "command/import_make.h"
#include "command/import_options.h"
#include "command/import_run.h"
#include "command/print_import.h"
#include "interop/matrix.h"
#include "interop/reverie.h"
#include "interop/reverie_convert.h"
#include "sim/data.h"
#include "text/json.h"
#include "world/map.h"

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

static bool read_source(struct import *im, const char *source, struct err *err)
{
    char *matrix = NULL;

    bool tiled = matrix_is_tiled(source);

    if (!tiled && !file_is_folder(source))
        return err_set(err, "%s: %s", source,
                       file_exists(source) ? "is neither a folder nor a Tiled map (.json, .tmj)"
                                           : "there is no such folder");
    if (reverie_is_folder(source))
        return reverie_read(&im->people, source, err);
    matrix = import_find_matrix(source);
    free(matrix);
    if (matrix == NULL && !tiled)
        return err_set(err,
                       "%s: holds nothing of the original's: neither personas/*/bootstrap_memory "
                       "nor maze_meta_info.json",
                       source);
    if (im->args->source_count > 1 || im->args->map != NULL)
        return err_set(err, "%s: is a map; name it with --map, beside folders of personas", source);
    return import_read_map(im, source, err);
}

static bool read_sources(struct import *im, struct err *err)
{
    const struct import_arguments *a = im->args;

    if (a->options != NULL && !import_read_options(im, err))
        return false;

    for (size_t i = 0; i < a->source_count; i++) {
        if (!read_source(im, a->sources[i], err))
            return false;
    }
    if (a->map != NULL && !file_is_folder(a->map) && !matrix_is_tiled(a->map))
        return err_set(err, "%s: there is no such folder", a->map);
    return a->map == NULL || import_read_map(im, a->map, err);
}

static bool load_convert(struct import *im, struct err *err)
{
    im->data = data_find(err);
    if (im->data != NULL)
        im->convert = reverie_convert_new(im->data, err);
    return im->convert != NULL;
}

static void free_import(struct import *im)
{
    for (size_t i = 0; i < im->people.count; i++)
        json_free(im->persons != NULL ? im->persons[i] : NULL);
    free(im->persons);
    json_free(im->study);
    json_free(im->options);
    reverie_convert_free(im->convert);
    free(im->run_map);
    import_free_runs(im);
    free(im->data);
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
    if (!load_convert(&im, &err) || !read_sources(&im, &err) || !import_read_runs(&im, &err) ||
        !import_make(&im, &err) || !import_check_files(&im, &err) ||
        !import_check_run_folder(&im, &err) || !import_write_files(&im, &err)) {
        command_fail(code, &err);
        goto done;
    }
    problems = print_import(&im);
    if (problems == 0 && !import_write_runs(&im, &err)) {
        command_fail(code, &err);
        goto done;
    }
    if (problems > 0) {
        err_set(&err,
                "%zu problems must be corrected in the persona files first (see above, or "
                "propersim check)",
                problems);
        command_fail(code, &err);
        goto done;
    }
    import_print_runs(&im);
    print_next(&im);
    print_substitute(&im);
    code = EXIT_DONE;
done:
    free_import(&im);
    return code;
}

const struct command command_import = {
    .name = "import",
    .summary = "import people, maps and runs of the original system",
    .help =
        "usage: propersim import reverie SRC... --out DIR [--map SRC2] [--force]\n"
        "       propersim import utils.py --out DIR [--storage DIR2] [--map SRC2] [--force]\n\n"
        "Imports a folder of the original ProPerSim or Generative Agents. SRC is a storage folder\n"
        "(it holds personas/*/bootstrap_memory/scratch.json) or a map (maze_meta_info.json, maze/\n"
        "and special_blocks/, or a folder matrix with them; or the Tiled map that it was made\n"
        "from, with special_blocks/ beside it). Into DIR go personas/ID.lua,\n"
        "maps/NAME.tmj and study.lua, which runs them. Several storage folders go into one study.\n"
        "A folder with movement/ or master_movement.json is a run as well, which becomes DIR/run "
        "for\n"
        "serve, report and resume; without personas/ it can only be looked at.\n"
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
