#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "command/command.h"
#include "script/services.h"
#include "script/testing.h"
#include "script/texts.h"
#include "sim/data.h"

// A test may do more than a step of a household.
#define TEST_INSTRUCTIONS INT64_C(2000000000)

struct testing {
    const char *filter;
    bool gc_stress;
    const char *data;
    size_t passed, failed, broken;
};

static void report(void *user, const struct script_test_result *result)
{
    (void)user;
    if (!result->passed)
        printf("FAILED %s: %s\n  %s\n", result->file, result->name, result->message);
}

// The folder whose scripts a test file sees besides the installed ones: the nearest one above it
// that has scripts, prompts or personas, else its own.
static char *overlay_of(const char *path)
{
    static const char *const marks[] = { "scripts", "prompts", "personas" };
    char *folder = path_folder(path), *full = realpath(folder, NULL), *at = NULL;

    free(folder);
    for (at = full; at != NULL && strcmp(at, "/") != 0;) {
        for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
            char *inner = path_join(at, marks[i]);
            bool found = file_is_folder(inner) && strstr(at, "/tests") == NULL;
            free(inner);
            if (found)
                return at;
        }
        char *up = path_folder(at);
        free(at);
        at = up;
    }
    return at;
}

static void test_file(struct testing *t, const char *path)
{
    const struct script_limits limits = { .gc_stress = t->gc_stress,
                                          .slice_instructions = TEST_INSTRUCTIONS };
    const struct script_needs needs = { 0 };
    const struct script_tests tests = { .filter = t->filter, .report = report };
    struct err err = { { 0 } };
    char *overlay = overlay_of(path);
    const char *roots[] = { overlay, t->data };
    size_t skip = overlay == NULL || strcmp(overlay, t->data) == 0 ? 1 : 0;
    struct texts *texts = texts_read(roots + skip, 2 - skip, &err);
    struct script *script = services_load_script(&limits, texts, &needs, &err);
    bool ok =
        script != NULL && script_run_tests(script, path, &tests, &t->passed, &t->failed, &err);

    if (!ok) {
        printf("FAILED %s: %s\n", path, err.text);
        t->broken++;
    }
    script_free(script);
    texts_unref(texts);
    free(overlay);
}

static bool is_test(const char *name)
{
    size_t len = strlen(name), tail = strlen("_test.lua");

    return len > tail && strcmp(name + len - tail, "_test.lua") == 0;
}

static bool test_path(struct testing *t, const char *path, struct err *err)
{
    struct file_list list = { 0 };
    bool ok = true;

    if (!file_is_folder(path)) {
        if (!file_exists(path))
            return err_set(err, "%s: there is no such file", path);
        test_file(t, path);
        return true;
    }
    if (!file_list_folder(&list, path, err))
        return false;
    for (size_t i = 0; ok && i < list.count; i++) {
        char *inner = path_join(path, list.names[i]);
        if (file_is_folder(inner) || is_test(list.names[i]))
            ok = test_path(t, inner, err);
        free(inner);
    }
    file_list_free(&list);
    return ok;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = { { "filter", required_argument, NULL, 'f' },
                                             { "gc-stress", no_argument, NULL, 'g' },
                                             { NULL, 0, NULL, 0 } };
    struct testing t = { 0 };
    struct err err = { { 0 } };
    char *data = data_find(&err);
    bool ok = data != NULL;

    t.data = data;
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (o == '?')
            return command_usage(&command_test, "see above");
        if (o == 'f')
            t.filter = optarg;
        t.gc_stress = t.gc_stress || o == 'g';
    }
    if (optind == argc)
        return command_usage(&command_test, "which tests? Name *_test.lua files or folders");
    for (int i = optind; ok && i < argc; i++)
        ok = test_path(&t, argv[i], &err);
    free(data);
    if (!ok)
        return command_fail(EXIT_WRONG_INPUT, &err);
    printf("%zu passed, %zu failed\n", t.passed, t.failed + t.broken);
    return t.failed + t.broken > 0 ? EXIT_RUN_FAILED : EXIT_DONE;
}

const struct command command_test = {
    .name = "test",
    .summary = "run tests written in Lua",
    .help = "usage: propersim test PATH... [--filter TEXT] [--gc-stress]\n\n"
            "Runs *_test.lua files (describe, it, assert) in the sandbox of scripts, against the\n"
            "same modules. Folders are searched.\n\n"
            "  --filter TEXT   only tests whose name contains TEXT\n"
            "  --gc-stress     collect all garbage at every step, to find faults of bindings\n",
    .run = run,
};
