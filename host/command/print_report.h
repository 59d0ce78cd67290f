#pragma once
// The report of a study folder, by the report scripts.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum report_form { REPORT_TEXT, REPORT_JSON, REPORT_HTML };

/// Appends the report to `out`. *failed becomes the number of ratings that failed.
bool make_report(const char *folder, enum report_form form, int width, bool color, struct buf *out,
                 int64_t *failed, struct err *err) NODISCARD;

/// Prints the text report to stdout unless quiet. Returns EXIT_DONE, EXIT_ANSWERS_FAILED if some
/// ratings failed, or `code` if there can be no report.
int print_report(const char *folder, bool quiet, int code);
