#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "script/value.h"
#include "sim/data.h"
#include "sim/guest.h"
#include "sim/study.h"
#include "world/map.h"

struct tally {
    size_t files, problems;
};

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

static void complain(struct tally *tally, const char *path, const char *why)
{
    tally->problems++;
    if (strncmp(why, path, strlen(path)) == 0)
        fprintf(stderr, "%s\n", why);
    else
        fprintf(stderr, "%s: %s\n", path, why);
}

static void check_map(struct tally *tally, const char *path)
{
    struct err err = { { 0 } };
    struct map *map = map_load(path, &err);

    if (map == NULL || !map_check(map, &err))
        complain(tally, path, err.text);
    map_free(map);
}

struct checking {
    struct guest *guest;
    struct tally *tally;
    const char *id;
    char *kind;
};

static int push_module(struct lua_State *L, void *user)
{
    const struct checking *c = user;

    value_push_text(L, view_of(c->guest->module));
    value_push_text(L, view_of(c->id));
    return 2;
}

// "study" or "persona", then the problems, one per result.
static bool read_problems(struct lua_State *L, int count, void *user, struct err *err)
{
    struct checking *c = user;
    struct view text = { 0 };

    if (!value_read_text(L, 1, &text, err))
        return false;
    c->kind = strndup(text.data, text.len);
    for (int i = 2; i <= count; i++) {
        struct buf line = { 0 };
        if (!value_read_text(L, i, &text, err))
            return false;
        buf_add_view(&line, text);
        complain(c->tally, c->guest->path, buf_str(&line));
        buf_fini(&line);
    }
    return true;
}

static void check_study(struct tally *tally, const char *path)
{
    struct study study = { 0 };
    struct err err = { { 0 } };

    if (!study_load(&study, path, NULL, 0, &err) || !study_check_maps(&study, &err))
        complain(tally, path, err.text);
    study_fini(&study);
}

static void check_lua(struct tally *tally, const char *path)
{
    static const char *const exports[] = { "propersim.check.file", NULL };
    struct err err = { { 0 } };
    struct guest guest = { 0 };
    char *data = data_find(&err), *folder = path_folder(path), *id = NULL;
    const char *roots[] = { folder, data };
    struct checking c = { .guest = &guest, .tally = tally };

    if (data == NULL || !guest_open(&guest, path, roots, 2, exports, &err)) {
        complain(tally, path, err.text);
        goto done;
    }
    id = strndup(path_name(path), strlen(path_name(path)) - strlen(".lua"));
    c.id = id;
    if (!guest_call(&guest, "propersim.check", "file", push_module, read_problems, &c, &err))
        complain(tally, path, err.text);
    else if (strcmp(c.kind, "study") == 0)
        check_study(tally, path);
done:
    guest_close(&guest);
    free(c.kind);
    free(id);
    free(folder);
    free(data);
}

static void check_path(struct tally *tally, const char *path, bool named)
{
    struct file_list list = { 0 };
    struct err err = { { 0 } };

    if (file_is_folder(path)) {
        if (!file_list_folder(&list, path, &err))
            complain(tally, path, err.text);
        for (size_t i = 0; i < list.count; i++) {
            char *inner = path_join(path, list.names[i]);
            if (!file_is_folder(inner))
                check_path(tally, inner, false);
            free(inner);
        }
        file_list_free(&list);
        return;
    }
    if (!named && !ends_with(path, ".lua") && !ends_with(path, ".tmj"))
        return; // a folder may hold other things
    tally->files++;
    if (!file_exists(path))
        complain(tally, path, "there is no such file");
    else if (ends_with(path, ".tmj") || ends_with(path, ".json")) // Tiled saves as either
        check_map(tally, path);
    else if (ends_with(path, ".lua"))
        check_lua(tally, path);
    else
        complain(tally, path, "is neither a .lua nor a .tmj file");
}

static int run(int argc, char **argv)
{
    struct tally tally = { 0 };

    if (argc < 2 || argv[1][0] == '-')
        return command_usage(&command_check,
                             "which files? Name personas, studies, maps or folders");
    for (int i = 1; i < argc; i++)
        check_path(&tally, argv[i], true);
    if (tally.problems > 0) {
        fprintf(stderr, "%zu files checked, %zu problems\n", tally.files, tally.problems);
        return EXIT_WRONG_INPUT;
    }
    if (tally.files == 0)
        return command_usage(&command_check, "nothing to check there: no .lua and no .tmj file");
    printf("%zu files checked, no problems\n", tally.files);
    return EXIT_DONE;
}

const struct command command_check = {
    .name = "check",
    .summary = "check personas, studies and maps",
    .help =
        "usage: propersim check PATH...\n\n"
        "Checks persona files, study files (.lua) and maps (.tmj), or all of them in a folder:\n"
        "complete, values in range, prose and preferences of a persona agree, every object of a\n"
        "map can be reached. Exit code 2 if there is a problem.\n",
    .run = run,
};
