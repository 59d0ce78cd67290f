#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "command/doctor.h"
#include "script/services.h"
#include "script/texts.h"
#include "sim/data.h"
#include "sim/roles.h"
#include "sim/study.h"
#include "world/map.h"

static PRINTF_LIKE(2, 0) void say(const char *what, const char *fmt, va_list args)
{
    printf("%-5s ", what);
    vprintf(fmt, args);
    printf("\n");
    fflush(stdout);
}

void doctor_ok(struct doctor *d, const char *fmt, ...)
{
    va_list args;

    (void)d;
    va_start(args, fmt);
    say("ok", fmt, args);
    va_end(args);
}

void doctor_note(struct doctor *d, const char *fmt, ...)
{
    va_list args;

    (void)d;
    va_start(args, fmt);
    say("note", fmt, args);
    va_end(args);
}

void doctor_mend(struct doctor *d, const char *fmt, ...)
{
    va_list args;

    d->mend++;
    va_start(args, fmt);
    say("MEND", fmt, args);
    va_end(args);
}

// Compiles all scripts, and looks at all prompts with their offline answerers.
static void look_at_scripts(struct doctor *d, const char *folder, const char *data)
{
    static const char *const exports[] = { "household.step", "propersim.prompt.check_all", NULL };
    const struct script_needs needs = { .exports = exports, .compile_all = true };
    const char *roots[] = { folder, data };
    size_t skip = folder == NULL || strcmp(folder, data) == 0 ? 1 : 0;
    struct err err = { { 0 } };
    struct texts *texts = texts_read(roots + skip, 2 - skip, &err);
    struct script *s = services_load_script(NULL, texts, &needs, &err);

    if (s != NULL && script_call(s, "propersim.prompt", "check_all", NULL, NULL, NULL, &err))
        doctor_ok(d, "scripts and prompts: all compile, each prompt has its offline answerer");
    else
        doctor_mend(d, "scripts and prompts: %s", err.text);
    script_free(s);
    texts_unref(texts);
}

static void look_at_maps(struct doctor *d, const char *folder)
{
    struct file_list list = { 0 };
    struct err err = { { 0 } };

    if (!file_list_folder(&list, folder, &err))
        doctor_mend(d, "maps: %s", err.text);
    for (size_t i = 0; i < list.count; i++) {
        size_t len = strlen(list.names[i]);
        char *path = path_join(folder, list.names[i]);
        if (len > 4 && strcmp(list.names[i] + len - 4, ".tmj") == 0) {
            struct map *map = map_load(path, &err);
            if (map != NULL && map_check(map, &err))
                doctor_ok(d, "map %s: everything on it can be reached", list.names[i]);
            else
                doctor_mend(d, "map %s: %s", list.names[i], err.text);
            map_free(map);
        }
        free(path);
    }
    file_list_free(&list);
}

static void look_at_keys(struct doctor *d)
{
    static const char *const keys[] = { "OPENAI_API_KEY", "GEMINI_API_KEY" };

    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
        const char *value = getenv(keys[i]);
        doctor_note(
            d, "%s is %sset%s", keys[i], value != NULL && *value != '\0' ? "" : "not ",
            value != NULL && *value != '\0' ? "" : "; only studies that ask this provider need it");
    }
}

static void look_at_installation(struct doctor *d)
{
    struct err err = { { 0 } };
    char *data = data_find(&err), *maps = NULL;

    if (data == NULL) {
        doctor_mend(d, "%s", err.text);
        return;
    }
    doctor_ok(d, "propersim %s, with its scripts, prompts, maps and personas in %s",
              PROPERSIM_VERSION, data);
    look_at_scripts(d, NULL, data);
    maps = path_join(data, "maps");
    look_at_maps(d, maps);
    look_at_keys(d);
    free(maps);
    free(data);
}

static void look_at_study(struct doctor *d, const char *path)
{
    struct study study = { 0 };
    struct err err = { { 0 } };

    if (!study_load(&study, path, NULL, 0, &err)) {
        doctor_mend(d, "%s", err.text);
        return;
    }
    doctor_ok(d, "study %s: %zu households, %d days, scripts and maps also from %s", study.name,
              study.cell_count, study.days, study.folder);
    look_at_scripts(d, study.folder, study.data);
    if (study_check_maps(&study, &err))
        doctor_ok(d, "maps: everything on them can be reached");
    else
        doctor_mend(d, "maps: %s", err.text);
    if (roles_needed(&study))
        doctor_endpoints(d, &study);
    else
        doctor_ok(d, "models: every role is answered offline; no key and no network is needed");
    study_fini(&study);
}

static int run(int argc, char **argv)
{
    struct doctor d = { 0 };

    if (argc > 2 || (argc == 2 && argv[1][0] == '-'))
        return command_usage(&command_doctor, "name one study file, or none");
    if (argc == 2)
        look_at_study(&d, argv[1]);
    else
        look_at_installation(&d);
    if (d.requests > 0)
        printf("%d requests were sent.\n", d.requests);
    if (d.mend == 0)
        printf("Nothing needs to be mended.\n");
    else
        printf("%d %s to be mended: see MEND above.\n", d.mend,
               d.mend == 1 ? "thing has" : "things have");
    return d.mend == 0 ? EXIT_DONE : EXIT_RUN_FAILED;
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = "check a study's keys, endpoints, models, map and scripts",
    .help =
        "usage: propersim doctor [STUDY.lua]\n\n"
        "Looks at everything that a study needs before it is run, and says what to do where\n"
        "something is wrong: the study file, scripts and prompts, maps; of each endpoint the key,\n"
        "the connection, the model, structured output or the dimensions of embeddings, how long\n"
        "an answer takes, and whether the limits fit. Sends a few small requests to each\n"
        "endpoint. Keys are never printed. Without a study it looks at the installation.\n"
        "Exit code 1 if something must be mended.\n",
    .run = run,
};
