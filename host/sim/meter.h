#pragma once
// What the models of a study would be asked, measured over a dry run in which every role is
// answered offline: how many questions, how long their prompts and answers are, by role and prompt.
// Equal questions of several households count once, as they would be paid once.

#include "model/models.h"
#include "script/asker.h"
#include "script/script.h"
#include "sim/roles.h"

struct meter;

/// days: how many will be simulated of study->days; the rest is taken to be like the last.
struct meter *meter_new(const struct study *study, int days) NODISCARD;
void meter_free(struct meter *m); // NULL is fine

/// The asker of a household; owned by the meter. `options` of its condition; `context` of its
/// script.
const struct asker *meter_asker(struct meter *m, size_t household, const struct json *options,
                                const struct script_context *context);

/// One prompt of one role, over the whole study. Tokens are bytes / 4.
struct meter_row {
    enum role role;
    const char *prompt; // "embedding" of texts
    const struct json *model;
    double questions, tokens_in, tokens_out;
};

/// All rows, by role and prompt; borrowed until the meter is freed.
size_t meter_rows(struct meter *m, struct meter_row **rows);
/// How often the household that waits most would wait for an answer.
double meter_longest(const struct meter *m);
