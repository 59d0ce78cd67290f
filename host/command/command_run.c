#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/estimate.h"
#include "command/model_options.h"
#include "command/run_study.h"
#include "command/serve.h"
#include "command/suite.h"
#include "sim/runner.h"

enum { MAX_JOBS = 256, MAX_DAYS = 3650, MAX_SETTINGS = 200 };

struct arguments {
    char *const *paths; // study files, or folders of them
    size_t path_count;
    const char *out;
    int days; // 0: as the study says
    bool estimate;
    struct run_how how;
    const char *settings[MAX_SETTINGS];
    size_t setting_count;
};

// Option letters, and values for options without one.
enum { OPT_OUT = 'o', OPT_DAYS = 256, OPT_JOBS, OPT_SET, OPT_PAUSE, OPT_QUIET, OPT_ESTIMATE };

static bool take_option(struct arguments *a, int option, struct err *err)
{
    switch (option) {
    case OPT_OUT: a->out = optarg; return true;
    case OPT_DAYS: return command_int("--days", optarg, 1, MAX_DAYS, &a->days, err);
    case OPT_JOBS: return command_int("--jobs", optarg, 1, MAX_JOBS, &a->how.jobs, err);
    case OPT_PAUSE: a->how.pause = true; return true;
    case OPT_QUIET: a->how.quiet = true; return true;
    case OPT_ESTIMATE: a->estimate = true; return true;
    case OPT_SET:
        if (a->setting_count == MAX_SETTINGS)
            return err_set(err, "more than %d --set options", MAX_SETTINGS);
        a->settings[a->setting_count++] = optarg;
        return true;
    default:
        if (option >= MODEL_REPLIES && option < MODEL_OPTIONS_END)
            return model_options_take(&a->how.roles, option, optarg, err);
        return run_take_serve(&a->how, option, optarg, err);
    }
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = {
        { "out", required_argument, NULL, OPT_OUT },
        { "days", required_argument, NULL, OPT_DAYS },
        { "jobs", required_argument, NULL, OPT_JOBS },
        { "set", required_argument, NULL, OPT_SET },
        { "pause", no_argument, NULL, OPT_PAUSE },
        { "quiet", no_argument, NULL, OPT_QUIET },
        { "estimate", no_argument, NULL, OPT_ESTIMATE },
        { "serve", no_argument, NULL, RUN_SERVE },
        { "port", required_argument, NULL, RUN_PORT },
        { "open", no_argument, NULL, RUN_OPEN },
        MODEL_OPTIONS,
        { NULL, 0, NULL, 0 },
    };

    for (;;) {
        int option = getopt_long(argc, argv, "o:", options, NULL);
        if (option == -1)
            break;
        if (!take_option(a, option, err))
            return false;
    }
    if (optind >= argc)
        return err_set(err, "which study? Name a .lua file, several, or a folder of them");
    a->paths = argv + optind;
    a->path_count = (size_t)(argc - optind);
    return model_options_check(&a->how.roles, err);
}

static int run_one(struct arguments *a)
{
    struct study study = { 0 };
    struct err err = { { 0 } };
    struct buf out = { 0 };
    bool resumed = false;
    int code = EXIT_WRONG_INPUT;

    if (!study_load(&study, a->paths[0], a->settings, a->setting_count, &err))
        return command_fail(EXIT_WRONG_INPUT, &err);
    if (a->days > 0)
        study.days = a->days;
    buf_addf(&out, a->out != NULL ? "%s" : "studies/%s", a->out != NULL ? a->out : study.name);
    a->how.out = buf_str(&out);
    if (!study_check_maps(&study, &err)) {
        err_wrap(&err, "%s", a->paths[0]);
        command_fail(EXIT_WRONG_INPUT, &err);
        goto done;
    }
    if (a->estimate) {
        code = estimate_study(&study, a->how.quiet);
        goto done;
    }
    if (!runner_prepare(&study, a->how.out, &resumed, &err)) {
        command_fail(EXIT_WRONG_INPUT, &err);
        goto done;
    }
    if (!a->how.quiet)
        fprintf(stderr, "%s study '%s': %zu households, %d days, into %s\n",
                resumed ? "going on with" : "running", study.name, study.cell_count, study.days,
                a->how.out);
    code = run_study(&study, &a->how, NULL);
done:
    study_fini(&study);
    buf_fini(&out);
    return code;
}

static int run_several(const struct arguments *a)
{
    struct suite suite = { 0 };
    struct err err = { { 0 } };
    int code = EXIT_WRONG_INPUT;

    if (a->estimate)
        err_set(&err, "--estimate takes one study at a time");
    else if (a->how.serve)
        err_set(&err, "--serve shows one study; for several: propersim serve %s",
                a->out != NULL ? a->out : "studies");
    else if (suite_collect(&suite, a->paths, a->path_count, &err) &&
             suite_load(&suite, a->out, a->days, a->settings, a->setting_count, &err))
        code = suite_run(&suite, &a->how);
    if (err.text[0] != '\0')
        command_fail(EXIT_WRONG_INPUT, &err);
    suite_fini(&suite);
    return code;
}

static int run(int argc, char **argv)
{
    struct arguments a = { .how = { .port = SERVE_USUAL_PORT } };
    struct err err = { { 0 } };

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_run, "%s", err.text);
    if (a.path_count == 1 && !file_is_folder(a.paths[0]))
        return run_one(&a);
    return run_several(&a);
}

const struct command command_run = {
    .name = "run",
    .summary = "run a study, or several, and print the report",
    .help =
        "usage: propersim run STUDY.lua|FOLDER... [-o DIR] [--days N] [--jobs N]\n"
        "                      [--set KEY=VALUE]... [--pause] [--quiet]\n"
        "                      [--serve [--port N] [--open]]\n\n"
        "Runs all households of a study, day by day, and prints the report. In a folder that\n"
        "holds the same study already, it goes on with what is not finished. Several studies,\n"
        "or the .lua files of a folder, run one after the other; then comes their ranking.\n"
        "What a study expects of its results (docs/suites.md) and is not met gives exit code 1.\n\n"
        "  -o, --out DIR      the study folder (default: studies/NAME); of several studies: the\n"
        "                     folder of their folders (default: studies)\n"
        "  --days N           days to simulate, instead of what the study says\n"
        "  --jobs N           processes to share the households among (default: as many as there "
        "are\n"
        "                     processors; 1 if models are asked). The results are the same\n"
        "  --set KEY=VALUE    an option of the study, e.g. assistant.memory=A; of one condition:\n"
        "                     conditions.NAME.assistant.memory=A. May be given often\n"
        "  --pause            wait at each midnight, so that scripts can be edited\n"
        "  --quiet            print nothing but errors\n" RUN_SERVE_HELP MODEL_HELP,
    .run = run,
};
