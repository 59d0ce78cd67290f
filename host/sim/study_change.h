#pragma once
// Studies that change after some days: what a fork makes of the study that it comes from.

#include "sim/study.h"
#include "store/manifest.h"

/// The options that are in force for a cell on `day`: a part of the study's own document.
const struct json *study_options_on(const struct study_cell *cell, int day);

/// The cell of a study that a manifest names; NULL if it has none.
const struct study_cell *study_find_cell(const struct study *study,
                                         const struct manifest_cell *cell);

struct study_fork {
    int day;  // the first day that is simulated anew
    int days; // of the new study
    const char *const *settings;
    size_t setting_count;
    const struct manifest_cell *only; // NULL: all runs
};

/// Makes `to` the study of a fork of the study in this manifest. Errors name the setting.
bool study_make_fork(struct study *to, const struct manifest *from, const struct study_fork *fork,
                     struct err *err) NODISCARD;
