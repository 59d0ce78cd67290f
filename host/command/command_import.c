#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
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

    if (!file_is_folder(source))
        return err_set(err, "%s: %s", source,
                       file_exists(source) ? "is not a folder" : "there is no such folder");
    if (reverie_is_folder(source))
        return reverie_read(&im->people, source, err);
    matrix = import_find_matrix(source);
    free(matrix);
    if (matrix == NULL)
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
    if (a->map != NULL && !file_is_folder(a->map))
        return err_set(err, "%s: there is no such folder", a->map);
    return a->map == NULL || import_read_map(im, a->map, err);
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
    if (im->map == NULL && im->run_map != NULL)
        buf_add_str(&map, im->run_map);
    else
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
    im->data = data_find(err);
    if (im->data != NULL)
        im->convert = reverie_convert_new(im->data, err);
    return im->convert != NULL;
}

// A person of ours that was exported comes back as the file that it was; NULL with *ok if they are
// none, or were changed.
static struct json *take_own(struct import *im, struct reverie_person *p, bool *ok, struct err *err)
{
    struct buf text = { 0 };
    struct json *made = NULL;
    const char *area = NULL;
    bool is_own = false;

    *ok = p->own.len == 0 || reverie_convert_is_own(im->data, p, &is_own, err);
    if (!*ok || p->own.len == 0)
        return NULL;
    if (!is_own) { // scratch.json counts
        reverie_make_id(p->id, "reverie_", p->source);
        return NULL;
    }
    buf_add_str(&text, "{\"text\":");
    json_add_string(&text, buf_view(&p->own));
    buf_add_str(&text, ",\"name\":");
    json_add_string(&text, view_of(p->name));
    buf_add_str(&text, ",\"living_area\":");
    area = strrchr(json_string(json_get(p->scratch, "living_area")).data, ':');
    json_add_string(&text, area != NULL ? view_of(area + 1)
                                        : json_string(json_get(p->scratch, "living_area")));
    buf_add_str(&text,
                ",\"remarks\":[\"is a persona of ours, taken back as it was\"],\"problems\":[]}");
    made = json_parse(buf_view(&text), err);
    buf_fini(&text);
    *ok = made != NULL;
    return made;
}

static bool convert_person(struct import *im, size_t i, struct err *err)
{
    struct reverie_person *p = &im->people.people[i];
    bool ok = false;

    im->persons[i] = take_own(im, p, &ok, err);
    if (ok && im->persons[i] == NULL)
        im->persons[i] = reverie_convert_person(im->convert, p, err);
    return im->persons[i] != NULL;
}

static bool convert(struct import *im, struct err *err)
{
    bool ok = true;

    im->persons = mem_calloc(im->people.count, sizeof(*im->persons));
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (!im->people.people[i].is_resident)
            continue;
        ok = convert_person(im, i, err);
    }
    // a run of people who are not known needs no study: nobody could simulate them
    return ok && (import_is_replay(im) || make_study(im, err));
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
    if (ok && im->people.residents > 0)
        ok = make_folder(im, "personas", err);
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (im->persons[i] != NULL)
            ok = write_text(im->persons[i],
                            target(im, "personas/", im->people.people[i].id, ".lua"), err);
    }
    return ok && (im->study == NULL || write_text(im->study, target(im, "", "study", ".lua"), err));
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
        !convert(&im, &err) || !check_targets(&im, &err) || !import_check_run_folder(&im, &err) ||
        !write_all(&im, &err)) {
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
        "and special_blocks/, or a folder matrix with them). Into DIR go personas/ID.lua,\n"
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
