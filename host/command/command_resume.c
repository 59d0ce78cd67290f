#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/model_options.h"
#include "command/run_study.h"
#include "command/serve.h"
#include "sim/runner.h"
#include "store/manifest.h"

enum { MAX_JOBS = 256, MAX_DAYS = 3650 };

struct wishes {
    int days; // 0: as the study says
    bool new_texts;
};

static bool read_arguments(struct run_how *how, struct wishes *wishes, int argc, char **argv,
                           struct err *err)
{
    static const struct option options[] = { { "jobs", required_argument, NULL, 'j' },
                                             { "days", required_argument, NULL, 'd' },
                                             { "new-texts", no_argument, NULL, 'n' },
                                             { "pause", no_argument, NULL, 'p' },
                                             { "quiet", no_argument, NULL, 'q' },
                                             { "serve", no_argument, NULL, RUN_SERVE },
                                             { "port", required_argument, NULL, RUN_PORT },
                                             { "open", no_argument, NULL, RUN_OPEN },
                                             MODEL_OPTIONS,
                                             { NULL, 0, NULL, 0 } };

    for (;;) {
        int option = getopt_long(argc, argv, "", options, NULL);
        if (option == -1)
            break;
        if (option == 'j' && !command_int("--jobs", optarg, 1, MAX_JOBS, &how->jobs, err))
            return false;
        if (option == 'd' && !command_int("--days", optarg, 1, MAX_DAYS, &wishes->days, err))
            return false;
        if (option >= MODEL_REPLIES && option < MODEL_OPTIONS_END) {
            if (!model_options_take(&how->roles, option, optarg, err))
                return false;
            continue;
        }
        if (strchr("djnpq", option) == NULL && !run_take_serve(how, option, optarg, err))
            return false;
        wishes->new_texts = wishes->new_texts || option == 'n';
        how->pause = how->pause || option == 'p';
        how->quiet = how->quiet || option == 'q';
    }
    if (optind + 1 != argc)
        return err_set(err, "which study? Name one folder");
    how->out = argv[optind];
    return model_options_check(&how->roles, err);
}

// Another number of days is remembered in the study folder.
static bool set_days(struct study *study, const char *out, int days, struct err *err)
{
    if (days == 0 || days == study->days)
        return true;
    study->days = days;
    return runner_write_manifest(study, out, err);
}

// The files of now for the day that is not finished yet, if they are wished for.
static bool take_new_texts(const struct study *study, const struct run_how *how, bool wished,
                           struct err *err)
{
    bool changed = false;
    int day = 0;

    if (!wished)
        return true;
    if (!runner_new_texts(study, how->out, &day, &changed, err))
        return false;
    if (!how->quiet)
        fprintf(stderr,
                changed ? "day %d is simulated with the files of now\n"
                        : "no other files were fixed for day %d than those of now\n",
                day);
    return true;
}

static int resume(int argc, char **argv)
{
    struct run_how how = { .port = SERVE_USUAL_PORT };
    struct manifest manifest = { 0 };
    struct study study = { 0 };
    struct err err = { { 0 } };
    struct wishes wishes = { 0 };
    int code = EXIT_WRONG_INPUT;

    if (!read_arguments(&how, &wishes, argc, argv, &err))
        return command_usage(&command_resume, "%s", err.text);
    if (!manifest_read(&manifest, how.out, &err))
        return command_fail(EXIT_WRONG_INPUT, &err);
    if (!study_from_manifest(&study, manifest.config, &err)) {
        err_wrap(&err, "%s/study.json", how.out);
        code = command_fail(EXIT_WRONG_INPUT, &err);
    } else if (!set_days(&study, how.out, wishes.days, &err) ||
               !take_new_texts(&study, &how, wishes.new_texts, &err)) {
        code = command_fail(EXIT_WRONG_INPUT, &err);
    } else {
        code = run_study(&study, &how, NULL);
    }
    study_fini(&study);
    manifest_fini(&manifest);
    return code;
}

const struct command command_resume = {
    .name = "resume",
    .summary = "go on with a study that was stopped or killed",
    .help =
        "usage: propersim resume DIR [--days N] [--new-texts] [--jobs N] [--pause]\n"
        "                        [--quiet] [--serve [--port N] [--open]]\n\n"
        "Goes on with a study folder: unfinished days are simulated again, from the midnight\n"
        "before, with the scripts that they began with. The result is that of a run that was\n"
        "never stopped.\n\n"
        "  --days N           give the study another number of days\n"
        "  --new-texts        simulate the unfinished day with the scripts of now, for a day "
        "whose\n"
        "                     scripts failed and were mended; not if a household of the study has\n"
        "                     finished it\n" RUN_SERVE_HELP MODEL_HELP,
    .run = resume,
};
