#include <getopt.h>
#include <stdio.h>

#include "command/command.h"
#include "sim/fork.h"

enum { MAX_DAYS = 3650, MAX_SETTINGS = 200 };

struct arguments {
    struct fork_request request;
    const char *settings[MAX_SETTINGS];
    bool has_day;
};

static bool take_option(struct arguments *a, int option, struct err *err)
{
    struct fork_request *r = &a->request;

    switch (option) {
    case 'o': r->out = optarg; return true;
    case 'd': a->has_day = true; return command_int("--day", optarg, 0, MAX_DAYS, &r->day, err);
    case 'n': return command_int("--days", optarg, 1, MAX_DAYS, &r->days, err);
    case 's':
        if (r->setting_count == MAX_SETTINGS)
            return err_set(err, "more than %d --set options", MAX_SETTINGS);
        a->settings[r->setting_count++] = optarg;
        return true;
    default: return err_set(err, "unknown option or missing value: see above");
    }
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "out", required_argument, NULL, 'o' },
                                             { "day", required_argument, NULL, 'd' },
                                             { "days", required_argument, NULL, 'n' },
                                             { "set", required_argument, NULL, 's' },
                                             { NULL, 0, NULL, 0 } };

    for (;;) {
        int option = getopt_long(argc, argv, "o:", options, NULL);
        if (option == -1)
            break;
        if (!take_option(a, option, err))
            return false;
    }
    if (optind + 1 != argc)
        return err_set(err, "fork what? Name one study folder or one run file");
    if (!a->has_day)
        return err_set(err, "after which day? Give --day N (0: before the first)");
    if (a->request.out == NULL)
        return err_set(err, "where to? Name the new study folder with -o DIR");
    a->request.from = argv[optind];
    a->request.settings = a->settings;
    return true;
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct err err = { { 0 } };
    size_t runs = 0;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_fork, "%s", err.text);
    if (!fork_make(&a.request, &runs, &err))
        return command_fail(EXIT_WRONG_INPUT, &err);
    printf("forked %zu run%s of %s after day %d into %s; go on with:\n  propersim resume %s\n",
           runs, runs == 1 ? "" : "s", a.request.from, a.request.day, a.request.out, a.request.out);
    return EXIT_DONE;
}

const struct command command_fork = {
    .name = "fork",
    .summary = "begin a new run at a midnight of a stored one",
    .help = "usage: propersim fork RUN|STUDY --day N [--set KEY=VALUE]... [--days N] -o DIR\n\n"
            "Makes a new study folder with a run file (RUN) or with all runs of a study folder\n"
            "(STUDY) as they were when day N was over. Days 1 to N are the same, bit by bit; the\n"
            "days after them are simulated anew by `propersim resume DIR`, with the scripts of\n"
            "then.\n\n"
            "  --day N            the last day to keep; 0 keeps none\n"
            "  --set KEY=VALUE    an option that changes from day N+1 on; of one condition:\n"
            "                     conditions.NAME.KEY=VALUE. May be given often\n"
            "  --days N           days of the new study in all (default: as the original)\n"
            "  -o, --out DIR      the new study folder\n",
    .run = run,
};
