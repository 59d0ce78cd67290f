#pragma once
// Printing a study's report, with the exit code that follows from it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct report_outcome;
struct report_request;

/// Prints the text report to stdout unless quiet; expectations that are not met go to stderr in any
/// case. Returns EXIT_DONE; EXIT_RUN_FAILED if an expectation is not met; EXIT_ANSWERS_FAILED if
/// some ratings failed; or `code` if there can be no report. Fills in how many are not met, and how
/// many there are (each may be NULL).
int print_report(const char *folder, bool quiet, int code, int64_t *unmet, int64_t *expected);
/// Prints the ranking of several studies (docs/report.md). by: a measure, or NULL. Returns
/// EXIT_DONE or EXIT_WRONG_INPUT.
int print_ranking(const char *const *folders, size_t count, const char *by);
/// The width of the terminal, and whether it shows colours.
int print_width(void);
bool print_in_color(void);
/// Makes a report and writes it to the file, or to stdout if it is NULL. Returns an exit code.
int write_made(const struct report_request *request, const char *file);
/// Says on stderr what was expected and not met, and returns the exit code; takes outcome->why.
int print_outcome(const char *folder, struct report_outcome *outcome);
