#pragma once
// Where a condition starts from (assistant.learn.start = "STUDY:CONDITION" or ":CONDITION").

#include "base/buf.h"
#include "base/err.h"
#include "sim/study.h"
#include "store/manifest.h"

/// The study folder that `text` names, seen from the study folder `own`: STUDY lies beside it, is a
/// path, or is `own` itself. *condition borrows from text. Caller frees.
char *start_folder(const char *own, struct view text, struct view *condition) NODISCARD;
/// Fails, naming the folder, if the study in it has no such condition.
bool start_has_condition(const struct manifest *m, const char *folder, struct view condition,
                         struct err *err) NODISCARD;
/// Before a study is begun in the folder `out`: are the other studies there that its conditions
/// start from? Whether they are finished is seen when a household starts.
bool start_check(const struct study *study, const char *out, struct err *err) NODISCARD;
