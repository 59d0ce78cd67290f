#pragma once
// The installed scripts together with texts of a run: what an exporter runs, so that it uses its
// own modules on the prompts and personas that the run was simulated with.

#include "base/err.h"
#include "store/reader.h"

struct texts;

/// data: the folder of the installed scripts. day: whose texts; 0: the last day that has any.
/// pattern: which of the run's texts take the place of the installed ones, as for LIKE:
/// "prompts/%.lua". NULL on error; texts_unref it.
struct texts *run_texts(struct reader *reader, const char *data, int day, const char *pattern,
                        struct err *err) NODISCARD;
