#pragma once
// Simulated time: seconds since 1970-01-01 00:00:00 on a calendar without time zones, leap seconds
// or daylight saving. A step is `step_seconds` long; steps count from 0, days from 1.

#include "base/err.h"

#include <stdint.h>

enum { DAY_SECONDS = 86400 };

struct civil {
    int year, month, day; // month 1..12, day 1..31
    int hour, minute, second;
    int weekday; // Monday is 1, Sunday is 7
};

struct civil simtime_civil(int64_t time_s);
int64_t simtime_from_civil(int year, int month, int day, int hour, int minute, int second);

/// Parses "2025-02-13" or "2025-02-13 07:30:00". Rejects dates that do not exist.
bool simtime_parse(const char *text, int64_t *time_s, struct err *err) NODISCARD;

/// Writes "2025-02-13 07:30:00"; out holds 20 bytes.
void simtime_format(int64_t time_s, char out[20]);
/// Writes "Thursday February 13, 2025"; out holds at least 40 bytes.
void simtime_format_date(int64_t time_s, char out[40]);
