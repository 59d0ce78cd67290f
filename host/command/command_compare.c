#include <getopt.h>

#include "base/buf.h"
#include "command/command.h"
#include "command/print_report.h"
#include "sim/report.h"

struct arguments {
    const char *folders[2];
    const char *condition, *with, *html;
    bool json;
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "condition", required_argument, NULL, 'c' },
                                             { "with", required_argument, NULL, 'w' },
                                             { "json", no_argument, NULL, 'j' },
                                             { "html", required_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };

    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        switch (o) {
        case 'c': a->condition = optarg; break;
        case 'w': a->with = optarg; break;
        case 'j': a->json = true; break;
        case 'h': a->html = optarg; break;
        default: return err_set(err, "see above");
        }
    }
    if (a->with != NULL && a->condition == NULL)
        return err_set(err, "--with names the condition of the second study; the first one's is "
                            "missing: --condition");
    if (optind + 2 == argc)
        a->folders[1] = argv[optind + 1];
    else if (optind + 1 == argc && a->with != NULL)
        a->folders[1] = argv[optind]; // two conditions of one study
    else
        return err_set(err, "which two? Name two study folders, or one with --condition X --with "
                            "Y");
    a->folders[0] = argv[optind];
    return true;
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct err err = { { 0 } };
    struct buf choice = { 0 };
    struct report_request request = { .kind = REPORT_COMPARE, .folder_count = 2 };
    int code = EXIT_DONE;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_compare, "%s", err.text);
    if (a.condition != NULL)
        buf_addf(&choice, "%s=%s", a.condition, a.with != NULL ? a.with : a.condition);
    request.folders = a.folders;
    request.choice = a.condition != NULL ? buf_str(&choice) : NULL;
    request.form = REPORT_HTML;
    if (a.html != NULL)
        code = write_made(&request, a.html);
    request.form = a.json ? REPORT_JSON : REPORT_TEXT;
    request.width = print_width();
    request.color = print_in_color();
    if (code == EXIT_DONE && (a.json || a.html == NULL))
        code = write_made(&request, NULL);
    buf_fini(&choice);
    return code;
}

const struct command command_compare = {
    .name = "compare",
    .summary = "test two studies or conditions against each other",
    .help = "usage: propersim compare A B [--condition X [--with Y]] [--json] [--html FILE]\n"
            "       propersim compare A --condition X --with Y\n\n"
            "Tests the conditions that two studies have in common, pair by pair: a run of A and\n"
            "the run of B of the same persona and seed, over their final days. Says what could\n"
            "not be paired. docs/report.md says what each number is.\n\n"
            "  --condition X  only this condition (of both)\n"
            "  --with Y       the condition of B, if it has another name; with one study, the\n"
            "                 second of its conditions\n"
            "  --json         print the numbers as JSON instead of text\n"
            "  --html FILE    write a self-contained page\n",
    .run = run,
};
