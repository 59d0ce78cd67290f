#pragma once
// What `propersim doctor` finds, a line at a time.

#include "base/compiler.h"
#include "sim/study.h"

struct doctor {
    int mend;     // findings that must be mended
    int requests; // sent to endpoints
};

/// Prints "ok    what", "note  what" or "MEND  what" and counts.
void doctor_ok(struct doctor *d, const char *fmt, ...) PRINTF_LIKE(2, 3);
void doctor_note(struct doctor *d, const char *fmt, ...) PRINTF_LIKE(2, 3);
void doctor_mend(struct doctor *d, const char *fmt, ...) PRINTF_LIKE(2, 3);

/// Looks at every endpoint of the study: key, connection, model, structured output or dimensions,
/// time, limits. Sends three small requests to each, one to an embedding endpoint.
void doctor_endpoints(struct doctor *d, const struct study *study);
