#include <getopt.h>
#include <stdio.h>

#include "base/file.h"
#include "command/command.h"
#include "command/print_report.h"
#include "sim/report.h"

struct arguments {
    const char *folder, *html;
    bool json;
};

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "json", no_argument, NULL, 'j' },
                                             { "html", required_argument, NULL, 'h' },
                                             { NULL, 0, NULL, 0 } };

    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (o == '?')
            return err_set(err, "see above");
        if (o == 'j')
            a->json = true;
        else
            a->html = optarg;
    }
    if (optind + 1 != argc)
        return err_set(err, "which study? Name one folder");
    a->folder = argv[optind];
    return true;
}

static int write_report(const struct arguments *a, enum report_form form)
{
    struct report_request request = {
        .kind = REPORT_STUDY, .folders = &a->folder, .folder_count = 1, .form = form
    };
    struct report_outcome outcome = { 0 };
    struct buf out = { 0 };
    struct err err = { { 0 } };
    bool ok = report_make(&request, &out, &outcome, &err);

    if (ok && form == REPORT_HTML)
        ok = file_write(a->html, buf_view(&out), &err);
    else if (ok)
        fputs(buf_str(&out), stdout);
    buf_fini(&out);
    if (!ok) {
        buf_fini(&outcome.why);
        return command_fail(EXIT_WRONG_INPUT, &err);
    }
    return print_outcome(a->folder, &outcome);
}

static int run(int argc, char **argv)
{
    struct arguments a = { 0 };
    struct err err = { { 0 } };
    int code = EXIT_DONE;

    if (!read_arguments(&a, argc, argv, &err))
        return command_usage(&command_report, "%s", err.text);
    if (a.html != NULL) {
        code = write_report(&a, REPORT_HTML);
        if (code == EXIT_WRONG_INPUT)
            return code;
    }
    if (a.json)
        return write_report(&a, REPORT_JSON);
    return a.html != NULL ? code : print_report(a.folder, false, EXIT_WRONG_INPUT);
}

const struct command command_report = {
    .name = "report",
    .summary = "say how a study went: text, JSON or a page",
    .help = "usage: propersim report DIR [--json] [--html FILE]\n\n"
            "Reports on a study, finished or running. docs/report.md says what each number is.\n\n"
            "  --json        print the numbers as JSON instead of text\n"
            "  --html FILE   write a self-contained page with plots\n",
    .run = run,
};
