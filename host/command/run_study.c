#include "command/run_study.h"

#include <stdio.h>

#include "base/processors.h"
#include "command/command.h"
#include "command/print_report.h"
#include "command/progress.h"
#include "command/serve.h"
#include "sim/calls.h"
#include "interop/export_trl.h"
#include "sim/roles.h"
#include "sim/runner.h"

bool run_take_serve(struct run_how *how, int letter, const char *argument, struct err *err)
{
    switch (letter) {
    case RUN_SERVE: how->serve = true; return true;
    case RUN_OPEN: how->open = true; return true;
    case RUN_PORT: return command_int("--port", argument, 0, 65535, &how->port, err);
    default: return err_set(err, "unknown option or missing value: see above");
    }
}

// The exit code, which says whether models failed to answer.
static int after_answers(const struct study *study, const struct run_how *how, int code)
{
    struct calls_total total = { 0 };
    struct err err = { { 0 } };

    if (!calls_count(study, how->out, &total, &err))
        return command_fail(EXIT_RUN_FAILED, &err);
    if (total.failed == 0)
        return code;
    fflush(stdout); // the report first, where both go to the same place
    fprintf(
        stderr,
        "propersim: %lld of %lld questions to models got no usable answer; what failed counts in "
        "no score (view `cost`, and `call` with its errors, in the run files)\n",
        (long long)total.failed, (long long)total.questions);
    return code == EXIT_DONE ? EXIT_ANSWERS_FAILED : code;
}

// The data set of a trainer's night.
static bool write_set(const struct night_set *set, int64_t *examples, struct err *err)
{
    const struct trl_choice choice = { .who = set->who,
                                       .steps = set->steps,
                                       .step_count = set->step_count };
    enum trl_kind kind = TRL_DPO;

    if (!trl_kind_find(set->method, &kind))
        return err_set(err, "assistant.learn.method is %s; a trainer needs dpo, kto or sft",
                       set->method);
    return export_trl_set(set->reader, set->data, kind, &choice, set->path, examples, err);
}

// One process waits for the models of any number of households; what is computed here is shared
// among all processors.
static int jobs_for(const struct study *study, const struct run_how *how)
{
    int most = processors_count();

    if (how->jobs > 0)
        return how->jobs;
    if (roles_needed(study) || study->cell_count == 0)
        return 1;
    return study->cell_count < (size_t)most ? (int)study->cell_count : most;
}

// Runs it and prints the outcome.
static int run_and_report(const struct study *study, const struct run_how *how,
                          struct run_end *ended)
{
    struct progress *progress = progress_new(study, how->quiet);
    struct runner_options options = { .out = how->out,
                                      .jobs = jobs_for(study, how),
                                      .pause = how->pause,
                                      .roles = how->roles,
                                      .write_set = write_set,
                                      .events = progress_events(progress) };
    enum runner_end end = RUNNER_DONE;
    struct err err = { { 0 } };
    bool ok = runner_run(study, &options, &end, &err);

    ended->failed = progress_failed(progress);
    progress_free(progress);
    ended->stopped = !ok || end == RUNNER_STOPPED;
    if (!ok)
        return command_fail(EXIT_WRONG_INPUT, &err);
    switch (end) {
    case RUNNER_STOPPED:
        fprintf(stderr, "propersim: stopped. Nothing is lost; go on with:\n  propersim resume %s\n",
                how->out);
        return EXIT_RUN_FAILED;
    case RUNNER_FAILED:
        fprintf(
            stderr,
            "propersim: some households failed (see above). When that is mended, go on with:\n"
            "  propersim resume %s\n"
            "(with --new-texts if a script was at fault: an unfinished day keeps its scripts)\n",
            how->out);
        return EXIT_RUN_FAILED;
    case RUNNER_DONE: break;
    }
    return after_answers(study, how,
                         print_report(how->out, how->quiet || how->brief, EXIT_RUN_FAILED,
                                      &ended->unmet, &ended->expected));
}

int run_study(const struct study *study, const struct run_how *how, struct run_end *end)
{
    const struct serve_how showing = { .folder = how->out, .port = how->port, .open = how->open };
    struct serve_beside *beside = NULL;
    struct err err = { { 0 } };
    struct run_end ended = { 0 };
    int code = EXIT_DONE;

    if (how->serve) {
        beside = serve_beside_new(&showing, &err);
        if (beside == NULL)
            return command_fail(EXIT_WRONG_INPUT, &err);
        fprintf(stderr, "watch it at %ssimulator_home\n", serve_beside_url(beside));
    }
    code = run_and_report(study, how, &ended);
    if (end != NULL)
        *end = ended;
    if (beside != NULL && !ended.stopped) {
        fflush(stdout);
        fprintf(stderr, "the study is shown at %s until Ctrl-C\n", serve_beside_url(beside));
        serve_beside_wait(beside);
    }
    serve_beside_free(beside);
    return code;
}
