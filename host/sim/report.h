#pragma once
// The report of a study folder, in the process: the numbers of results.h, made into text, JSON or a
// page by scripts/lib/report_make.lua. Rooms above (commands, web) have their numbers from here, so
// that there is one place where they are computed. docs/report.md describes the document.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum report_form { REPORT_TEXT, REPORT_JSON, REPORT_HTML };

/// What is reported on.
enum report_kind {
    REPORT_STUDY,   // one study folder
    REPORT_RANKING, // several: one list of all their conditions, best first
    REPORT_COMPARE, // two: pairs of the same persona and seed
};

struct report_request {
    enum report_kind kind;
    const char *const *folders;
    size_t folder_count;
    /// REPORT_RANKING: the measure to rank by, NULL: the score. REPORT_COMPARE: a condition of both
    /// studies, or "first=second" of each; NULL: all that both have.
    const char *choice;
    enum report_form form;
    int width;  // characters a line, for text
    bool color; // for text
};

struct report_outcome {
    int64_t failed_ratings; // of all finished days
    int64_t unmet;          // expectations of the study (docs/suites.md) that are not met
    int64_t expected;       // how many there are in all
    struct buf why;         // of those not met: lines of text; buf_fini it
};

/// Appends the report to `out`; fills *outcome (all-zero before). Expectations are those of
/// REPORT_STUDY, read from the copy of the study file in the folder; a study that is not finished
/// is not judged by them. Errors name the file, or the line of the study file that failed.
/// Takes some 2 ms a run and day; reads only, also while the study runs.
bool report_make(const struct report_request *request, struct buf *out,
                 struct report_outcome *outcome, struct err *err) NODISCARD;

/// The JSON of one study, as `propersim report DIR --json` prints it.
bool report_json(const char *folder, struct buf *out, struct err *err) NODISCARD;
