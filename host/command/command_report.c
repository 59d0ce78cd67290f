#include <getopt.h>
#include <string.h>

#include "command/command.h"
#include "command/print_report.h"
#include "sim/report.h"

struct arguments {
    const char *const *folders;
    size_t folder_count;
    const char *html, *by;
    bool json;
};

static const char *const measures[] = { "score", "recommendation_score", "decision_f1",
                                        "wish_match", NULL };

static bool is_measure(const char *by)
{
    for (size_t i = 0; measures[i] != NULL; i++)
        if (strcmp(measures[i], by) == 0)
            return true;
    return false;
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "json", no_argument, NULL, 'j' },
                                             { "html", required_argument, NULL, 'h' },
                                             { "by", required_argument, NULL, 'b' },
                                             { NULL, 0, NULL, 0 } };

    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        switch (o) {
        case 'j': a->json = true; break;
        case 'h': a->html = optarg; break;
        case 'b': a->by = optarg; break;
        default: return err_set(err, "see above");
        }
    }
    if (optind >= argc)
        return err_set(err, "which study? Name a folder");
    if (a->by != NULL && !is_measure(a->by))
        return err_set(err,
                       "--by must be score, recommendation_score, decision_f1 or wish_match, not "
                       "'%s'",
                       a->by);
    a->folders = (const char *const *)argv + optind;
    a->folder_count = (size_t)(argc - optind);
    if (a->by != NULL && a->folder_count == 1)
        return err_set(err, "--by ranks several studies; name their folders");
    return true;
}

static int write_report(const struct arguments *a, enum report_form form)
{
    struct report_request request = { .kind = a->folder_count == 1 ? REPORT_STUDY : REPORT_RANKING,
                                      .folders = a->folders,
                                      .folder_count = a->folder_count,
                                      .choice = a->by,
                                      .form = form };

    return write_made(&request, form == REPORT_HTML ? a->html : NULL);
}

static int print_text(const struct arguments *a)
{
    if (a->folder_count > 1)
        return print_ranking(a->folders, a->folder_count, a->by);
    return print_report(a->folders[0], false, EXIT_WRONG_INPUT, NULL, NULL);
}

// What each of several studies expects is judged, too; it is told on stderr.
static int judge_each(const struct arguments *a)
{
    int code = EXIT_DONE;

    for (size_t i = 0; a->folder_count > 1 && i < a->folder_count; i++) {
        int one = print_report(a->folders[i], true, EXIT_WRONG_INPUT, NULL, NULL);
        if (one == EXIT_RUN_FAILED || code == EXIT_DONE)
            code = one;
    }
    return code;
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct err err = { { 0 } };
    int code = EXIT_DONE;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_report, "%s", err.text);
    if (a.html != NULL)
        code = write_report(&a, REPORT_HTML);
    if (code == EXIT_WRONG_INPUT)
        return code;
    if (a.json)
        code = write_report(&a, REPORT_JSON);
    else if (a.html == NULL)
        code = print_text(&a);
    return code == EXIT_DONE ? judge_each(&a) : code;
}

const struct command command_report = {
    .name = "report",
    .summary = "say how a study went: text, JSON or a page",
    .help = "usage: propersim report DIR [--json] [--html FILE]\n\n"
            "Reports on a study, finished or running. docs/report.md says what each number is.\n\n"
            "  --json        print the numbers as JSON instead of text\n"
            "  --html FILE   write a self-contained page with plots\n"
            "  --by MEASURE  rank by score (default), recommendation_score, decision_f1 or\n"
            "                wish_match\n",
    .run = run,
};
