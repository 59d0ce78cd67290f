#include "command/run_study.h"

#include <stdio.h>

#include "command/command.h"
#include "command/print_report.h"
#include "command/progress.h"
#include "sim/runner.h"

int run_study(const struct study *study, const struct run_how *how)
{
    struct progress *progress = progress_new(study, how->quiet);
    struct runner_options options = {
        .out = how->out, .jobs = how->jobs, .pause = how->pause, .events = progress_events(progress)
    };
    enum runner_end end = RUNNER_DONE;
    struct err err = { { 0 } };
    bool ok = runner_run(study, &options, &end, &err);

    progress_free(progress);
    if (!ok)
        return command_fail(EXIT_WRONG_INPUT, &err);
    switch (end) {
    case RUNNER_STOPPED:
        fprintf(stderr, "propersim: stopped. Nothing is lost; go on with:\n  propersim resume %s\n",
                how->out);
        return EXIT_RUN_FAILED;
    case RUNNER_FAILED:
        fprintf(stderr,
                "propersim: some households failed (see above). When that is mended, go on with:\n"
                "  propersim resume %s\n",
                how->out);
        return EXIT_RUN_FAILED;
    case RUNNER_DONE: break;
    }
    return print_report(how->out, how->quiet, EXIT_RUN_FAILED);
}
