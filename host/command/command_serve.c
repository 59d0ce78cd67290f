#include <getopt.h>

#include "base/file.h"
#include "command/command.h"
#include "command/serve.h"

static bool read_arguments(struct serve_how *how, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "port", required_argument, NULL, 'p' },
                                             { "listen", required_argument, NULL, 'l' },
                                             { "open", no_argument, NULL, 'o' },
                                             { NULL, 0, NULL, 0 } };

    how->port = SERVE_USUAL_PORT;
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (o == '?')
            return err_set(err, "see above");
        if (o == 'p' && !command_int("--port", optarg, 0, 65535, &how->port, err))
            return false;
        if (o == 'l')
            how->address = optarg;
        how->open = how->open || o == 'o';
    }
    if (optind + 1 != argc)
        return err_set(err, "which folder? Name one: of a study, or of several");
    how->folder = argv[optind];
    if (!file_is_folder(how->folder))
        return err_set(err, "%s: there is no such folder", how->folder);
    return true;
}

static int run(int argc, char **argv)
{
    struct serve_how how = { 0 };
    struct err err = { { 0 } };

    if (!read_arguments(&how, argc, argv, &err))
        return command_usage(&command_serve, "%s", err.text);
    return serve(&how, &err) ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}

const struct command command_serve = {
    .name = "serve",
    .summary = "show studies in the browser: live, replay, why, results",
    .help =
        "usage: propersim serve DIR [--port N] [--open] [--listen ADDR]\n\n"
        "Serves every study and run in and below DIR, finished or being written, until Ctrl-C.\n"
        "Only reads; a run does not notice its viewers. What people rate under /rate is kept in\n"
        "the study's folder ratings/. To run a study and show it at the same time: run --serve.\n\n"
        "  --port N       the port; 8765 if not said, 0 takes any that is free\n"
        "  --open         open the page in the browser\n"
        "  --listen ADDR  listen on this address (0.0.0.0: all that this machine has) instead of\n"
        "                 this machine only; prints addresses with a token that viewers need\n",
    .run = run,
};
