#pragma once
// Times as the original writes them: "February 13, 2025, 00:02:30", and dates without the time.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum { REVERIE_TIME_BYTES = 40 };

void reverie_time_format(int64_t time_s, char out[REVERIE_TIME_BYTES]);
void reverie_date_format(int64_t time_s, char out[REVERIE_TIME_BYTES]);

/// Reads either; a date is its midnight. Errors: "`key` must be a date such as ...".
bool reverie_time_parse(struct view text, const char *key, int64_t *time_s,
                        struct err *err) NODISCARD;
