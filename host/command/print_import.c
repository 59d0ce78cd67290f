#include "command/print_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/import_run.h"
#include "text/json.h"
#include "world/map.h"

static size_t print_list(const char *before, const struct json *list)
{
    size_t count = 0;

    for (const struct json *line = json_first(list); line != NULL; line = json_next(line), count++)
        printf("  %s%s\n", before, json_string(line).data);
    return count;
}

static bool map_has_arena(const struct map *map, const char *name)
{
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        if (map_kind(map, place) == MAP_ARENA && strcmp(map_name(map, place), name) == 0)
            return true;
    }
    return false;
}

static size_t print_person(const struct import *im, size_t i)
{
    const struct reverie_person *p = &im->people.people[i];
    const struct json *made = im->persons[i];
    const char *area = NULL;

    if (made == NULL) {
        if (im->people.residents > 0)
            printf("%s: not imported: has no `criteria`, so is no resident (ours needs no file for "
                   "an assistant)\n",
                   p->name);
        return 0;
    }
    area = json_string(json_get(made, "living_area")).data;
    printf("%s: imported as %s\n", json_string(json_get(made, "name")).data, p->id);
    print_list("", json_get(made, "remarks"));
    if (im->map != NULL && !map_has_arena(im->map, area))
        printf("  living_area: \"%s\" is not on the map %s; the study begins at its first spawn\n",
               area, im->map_id);
    if (im->map == NULL && im->run_map == NULL)
        printf("  living_area: \"%s\" is a room of the original's map; on ours the nearest one is "
               "taken (--map imports theirs)\n",
               area);
    if (p->memories > 0 && import_run_of(im, i) == NULL)
        printf("  associative_memory: its %zu memories are not imported; a study begins without "
               "any\n",
               p->memories);
    return print_list("TO BE CORRECTED: ", json_get(made, "problems"));
}

static void print_map(const struct import *im)
{
    struct err err = { { 0 } };

    printf("%s: imported as map %s, %u x %u tiles\n", im->map_source, im->map_id,
           map_width(im->map), map_height(im->map));
    if (!map_check(im->map, &err))
        printf("  %s\n", err.text);
}

// The path as a word for the shell.
void print_quoted(const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+,:@%";

    if (strspn(path, plain) == strlen(path)) {
        fputs(path, stdout);
        return;
    }
    putchar('\'');
    for (; *path != '\0'; path++) {
        if (*path == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*path);
    }
    putchar('\'');
}

static void print_path(const char *command, const struct import *im, const char *name)
{
    char *path = path_join(im->args->out, name);

    printf("%s ", command);
    print_quoted(path);
    free(path);
}

static void print_command(const char *command, const struct import *im, const char *name)
{
    print_path(command, im, name);
    putchar('\n');
}

// A day that was begun is finished as it is; after that the study needs more days.
static void print_resume(const struct import *im)
{
    int days = im->people.days;

    print_path("go on:  propersim resume", im, "run");
    for (size_t i = 0; i < im->run_count; i++) {
        if (reverie_run_days(&im->runs[i].run) < days) {
            putchar('\n');
            return;
        }
    }
    printf(" --days %d\n", days < IMPORT_USUAL_DAYS ? IMPORT_USUAL_DAYS : days + 1);
}

void print_next(const struct import *im)
{
    bool run = im->run_count > 0;

    if (run)
        print_command("look at it:  propersim serve", im, "run");
    if (im->study == NULL)
        return;
    if (run)
        print_resume(im);
    print_command(run ? "run it from the first day:  propersim run" : "run it:  propersim run", im,
                  "study.lua");
}

// What became of the options file.
static void print_options(const struct import *im)
{
    const struct json *name = json_get(im->options, "name");
    char id[REVERIE_ID_BYTES];

    if (im->options == NULL)
        return;
    print_list("", json_get(im->options, "remarks"));
    if (name == NULL)
        return;
    reverie_make_id(id, "", json_string(name).data);
    if (strcmp(id, json_string(name).data) != 0)
        printf("  SAVE_DIR: \"%s\" becomes the name %s: letters, digits, - and _ are what a "
               "study's name can have\n",
               json_string(name).data, id);
}

void print_substitute(const struct import *im)
{
    const struct json *persona = json_get(im->options, "persona");

    if (im->options == NULL)
        return;
    if (im->persona_folder == NULL && persona != NULL)
        printf("ORIGIN_PERSONA: there is no folder %s where the file says; the study takes four "
               "people of ours. Name the folder above it with --storage, and theirs is imported\n",
               json_string(persona).data);
    else if (persona == NULL)
        printf("ORIGIN_PERSONA: is not set; the study takes four people of ours\n");
}

const struct import_run *import_run_of(const struct import *im, size_t person)
{
    for (size_t i = 0; i < im->run_count; i++) {
        for (size_t k = 0; k < im->runs[i].count; k++) {
            if (im->runs[i].people[k] == person)
                return &im->runs[i];
        }
    }
    return NULL;
}

size_t print_import(const struct import *im)
{
    size_t problems = 0;

    if (im->options != NULL)
        printf("%s:\n", im->args->options);
    print_options(im);
    for (size_t i = 0; i < im->people.count; i++)
        problems += print_person(im, i);
    if (im->people.count > 0 && im->people.start[0] == '\0')
        printf("study: no reverie/meta.json says when it begins; it begins on its usual date\n");
    if (im->people.mixed)
        printf(
            "study: the folders differ in start_date or sec_per_step; it takes the first one's\n");
    if (im->map != NULL)
        print_map(im);
    if (im->study != NULL)
        print_list("study: ", json_get(im->study, "remarks"));
    if (problems > 0)
        print_command("when that is corrected, run it:  propersim run", im, "study.lua");
    return problems;
}
