#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/model_options.h"
#include "command/run_study.h"
#include "command/serve.h"
#include "sim/runner.h"

enum { MAX_JOBS = 256, MAX_DAYS = 3650, MAX_SETTINGS = 200 };

struct arguments {
    const char *study, *out;
    int days; // 0: as the study says
    struct run_how how;
    const char *settings[MAX_SETTINGS];
    size_t setting_count;
};

// Option letters, and values for options without one.
enum { OPT_OUT = 'o', OPT_DAYS = 256, OPT_JOBS, OPT_SET, OPT_PAUSE, OPT_QUIET };

static bool take_option(struct arguments *a, int option, struct err *err)
{
    switch (option) {
    case OPT_OUT: a->out = optarg; return true;
    case OPT_DAYS: return command_int("--days", optarg, 1, MAX_DAYS, &a->days, err);
    case OPT_JOBS: return command_int("--jobs", optarg, 1, MAX_JOBS, &a->how.jobs, err);
    case OPT_PAUSE: a->how.pause = true; return true;
    case OPT_QUIET: a->how.quiet = true; return true;
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
    if (optind + 1 != argc)
        return err_set(err,
                       optind == argc ? "which study? Name a .lua file"
                                      : "one study at a time: %s is too much",
                       argv[argc - 1]);
    a->study = argv[optind];
    return model_options_check(&a->how.roles, err);
}

static int run(int argc, char **argv)
{
    struct arguments a = { .how = { .jobs = 1, .port = SERVE_USUAL_PORT } };
    struct study study = { 0 };
    struct err err = { { 0 } };
    struct buf out = { 0 };
    bool resumed = false;
    int code = EXIT_WRONG_INPUT;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_run, "%s", err.text);
    if (!study_load(&study, a.study, a.settings, a.setting_count, &err))
        return command_fail(EXIT_WRONG_INPUT, &err);
    if (a.days > 0)
        study.days = a.days;
    buf_addf(&out, a.out != NULL ? "%s" : "studies/%s", a.out != NULL ? a.out : study.name);
    a.how.out = buf_str(&out);
    if (!study_check_maps(&study, &err)) {
        err_wrap(&err, "%s", a.study);
        command_fail(EXIT_WRONG_INPUT, &err);
        goto done;
    }
    if (!runner_prepare(&study, a.how.out, &resumed, &err)) {
        command_fail(EXIT_WRONG_INPUT, &err);
        goto done;
    }
    if (!a.how.quiet)
        fprintf(stderr, "%s study '%s': %zu households, %d days, into %s\n",
                resumed ? "going on with" : "running", study.name, study.cell_count, study.days,
                a.how.out);
    code = run_study(&study, &a.how);
done:
    study_fini(&study);
    buf_fini(&out);
    return code;
}

const struct command command_run = {
    .name = "run",
    .summary = "run a study and print its report",
    .help =
        "usage: propersim run STUDY.lua [-o DIR] [--days N] [--jobs N] [--set KEY=VALUE]...\n"
        "                      [--pause] [--quiet] [--serve [--port N] [--open]]\n\n"
        "Runs all households of a study, day by day, and prints the report. In a folder that\n"
        "holds the same study already, it goes on with what is not finished.\n\n"
        "  -o, --out DIR      the study folder (default: studies/NAME)\n"
        "  --days N           days to simulate, instead of what the study says\n"
        "  --jobs N           processes to share the households among (default 1)\n"
        "  --set KEY=VALUE    an option of the study, e.g. assistant.memory=A; of one condition:\n"
        "                     conditions.NAME.assistant.memory=A. May be given often\n"
        "  --pause            wait at each midnight, so that scripts can be edited\n"
        "  --quiet            print nothing but errors\n" RUN_SERVE_HELP MODEL_HELP,
    .run = run,
};
