#include "command/print_report.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "command/command.h"
#include "sim/report.h"

enum { USUAL_WIDTH = 80, LEAST_WIDTH = 40, MOST_WIDTH = 200 };

int print_width(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < LEAST_WIDTH)
        return USUAL_WIDTH;
    return size.ws_col > MOST_WIDTH ? MOST_WIDTH : size.ws_col;
}

bool print_in_color(void)
{
    return isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
}

int print_outcome(const char *folder, struct report_outcome *outcome)
{
    int code = outcome->failed_ratings > 0 ? EXIT_ANSWERS_FAILED : EXIT_DONE;

    if (outcome->unmet > 0) {
        fflush(stdout); // the report first, where both go to the same place
        fprintf(stderr, "propersim: %s: what the study expects is not met:\n%s", folder,
                buf_str(&outcome->why));
        code = EXIT_RUN_FAILED;
    }
    buf_fini(&outcome->why);
    return code;
}

int write_made(const struct report_request *request, const char *file)
{
    struct report_outcome outcome = { 0 };
    struct buf out = { 0 };
    struct err err = { { 0 } };
    bool ok = report_make(request, &out, &outcome, &err);

    if (ok && file != NULL)
        ok = file_write(file, buf_view(&out), &err);
    else if (ok)
        fputs(buf_str(&out), stdout);
    buf_fini(&out);
    if (!ok) {
        buf_fini(&outcome.why);
        return command_fail(EXIT_WRONG_INPUT, &err);
    }
    return print_outcome(request->folders[0], &outcome);
}

int print_ranking(const char *const *folders, size_t count, const char *by)
{
    struct report_request request = { .kind = REPORT_RANKING,
                                      .folders = folders,
                                      .folder_count = count,
                                      .choice = by,
                                      .form = REPORT_TEXT,
                                      .width = print_width(),
                                      .color = print_in_color() };

    return write_made(&request, NULL);
}

int print_report(const char *folder, bool quiet, int code, int64_t *unmet, int64_t *expected)
{
    struct report_request request = { .kind = REPORT_STUDY,
                                      .folders = &folder,
                                      .folder_count = 1,
                                      .form = REPORT_TEXT,
                                      .width = print_width(),
                                      .color = print_in_color() };
    struct report_outcome outcome = { 0 };
    struct buf out = { 0 };
    struct err err = { { 0 } };
    bool ok = report_make(&request, &out, &outcome, &err);

    if (ok && !quiet)
        fputs(buf_str(&out), stdout);
    buf_fini(&out);
    if (!ok) {
        buf_fini(&outcome.why);
        return command_fail(code, &err);
    }
    if (unmet != NULL)
        *unmet = outcome.unmet;
    if (expected != NULL)
        *expected = outcome.expected;
    return print_outcome(folder, &outcome);
}
