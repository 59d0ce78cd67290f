#pragma once
// The decision to speak, judged by itself: what docs/report.md calls right moments, false alarms
// and needs, counted from the ratings of a run file. Reads only.

#include "base/err.h"

#include <stdint.h>

struct decisions;
struct reader;

/// One resident's day. Only rated offers count.
struct decision_numbers {
    int64_t right_moments;  // recommendations with Timing and Frequency fulfilled
    int64_t false_alarms;   // recommendations of which one of the two is not
    int64_t right_contents; // of right_moments: Preference and Communication are fulfilled as well
    int64_t needs_missed;   // stretches of overdue silence that no right moment ended
    int64_t needs_answered; // those that one did
    int64_t overdue_steps;  // silences with neither Timing nor Frequency fulfilled
};

/// What the offline rater says when an answer came out the other way round (scripts/offline/
/// judge.lua). Where it rates criterion by criterion, such answers are read as they were meant: the
/// decision is judged by the person's wishes, not by a slip.
#define DECISIONS_SLIP "on second thoughts it felt the other way round"

/// Overdue silences less than this apart are one need, and a recommendation this soon answers it.
enum { DECISIONS_BRIDGE_S = 600 };

/// Counts the days written so far. A need belongs to the day on which it began. O(offers).
struct decisions *decisions_read(struct reader *r, struct err *err) NODISCARD;
/// All zero for a day without rated offers.
struct decision_numbers decisions_of(const struct decisions *d, int day, int who);
void decisions_free(struct decisions *d); // NULL is fine
