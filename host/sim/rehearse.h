#pragma once
// A day of a stored run once more, to hear what was asked and answered: runs are exact, so nothing
// of it need be kept. The day is simulated in a folder of its own, from the midnight before it and
// with the texts that it had; models answer from the run's stored replies, and nothing is sent.

#include "base/err.h"
#include "script/llm_listen.h"

/// Simulates the day of the run file, which must be finished or at least begun, and tells every
/// question to `ear`, in the order in which the answers came.
bool rehearse_day(const char *run, int day, const struct llm_ear *ear, struct err *err) NODISCARD;
