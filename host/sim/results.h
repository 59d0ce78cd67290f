#pragma once
// What a study folder holds so far, in numbers: the input of scripts/lib/report.lua. Reads only,
// also while the study runs.

#include "base/buf.h"
#include "base/err.h"

/// Appends one JSON document to `json`:
///
///     {"study": {"name", "folder",       name of the folder, without its path
///                "days",                 simulated days asked for
///                "program",              version of this program
///                "conditions": [{"name", "models": {role: model},
///                                "change": {"day", "until_day", "gradual_days", ...}}],
///                "report": {"baseline", "published"}},  as the study says them; may be empty
///      "runs": [{"condition", "persona", "persona_name", "seed", "file",
///                "program",              version that created the run file
///                "sec_per_step", "steps_per_day", "days_finished",
///                "days": [{"day", "finished", "steps", "awake_steps", "ratings", "scored",
///                          "failed", "score_sum", "preference_sum", "timing_sum",
///                          "frequency_sum", "communication_sum", "recommendations",
///                          "recommendations_scored", "recommendation_score_sum", "successes",
///                          "abstentions", "abstentions_scored", "abstention_score_sum",
///                          "right_moments", "false_alarms", "right_contents", "needs_missed",
///                          "needs_answered", "overdue_steps",   see sim/decisions.h
///                          "wish"}]}],       recommendations wished that day; null if not known
///      "touched", "forks", "changes", "mmlu": see results_more.h
///      "calls": [{"condition", "role", "prompt", "model", "questions", "stored", "failed",
///                 "requests", "tokens_in", "tokens_out", "tokens_cached", "cost"}]}
///                                        one row a run file, role, prompt (null of embeddings)
///                                        and model; empty for studies without models
///
/// Conditions and runs stand in the order of the manifest; a household of several residents is one
/// run for each of them. The numbers of a day are those of store/reader.h. A run file that does not
/// exist yet is a run without days, whose persona_name, program, sec_per_step and steps_per_day are
/// null. `models` and `change` are null if the manifest does not say them.
///
/// Errors name the file: no study folder, a run file that cannot be read, or one that holds another
/// run than the manifest says. Then `json` holds a part. O(rows of all runs).
bool results_collect(const char *study_folder, struct buf *json, struct err *err) NODISCARD;
