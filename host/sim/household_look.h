#pragma once
// Looking at a household from outside, without a trace: a script of its own, with a copy of the
// household's state and of what goes on in its world, and with its memory streams to read. What
// runs there cannot reach the household's own script, nor write to its run file or memory: nothing
// can be added or recorded, and retrieval does not count as access. Each look has the state of its
// moment, so nothing lasts from one to the next.

#include "sim/household.h"

struct look;
struct texts;

/// `texts`: the scripts to look with; kept. The household must outlive it.
struct look *look_new(struct household *household, struct texts *texts, struct err *err) NODISCARD;
/// Not while it waits, unless no answer can come any more. NULL is fine.
void look_free(struct look *l);

/// Calls `function` of `module` with the household (as it would begin its next step) and the values
/// of the list `arguments`. Errors of the script come from look_result.
bool look_call(struct look *l, const char *module, const char *function,
               const struct json *arguments, struct err *err) NODISCARD;
/// The same with the function that `text`, typed by a person, compiles to; it sees the household as
/// `h`.
bool look_evaluate(struct look *l, const char *module, const char *function, struct view text,
                   struct err *err) NODISCARD;

/// Does it wait for a model? Then its task goes on like those of households.
bool look_waits(const struct look *l);
bool look_owns(const struct look *l, const struct task *task);
/// After it has ended: the text that the function returned, or nil and a problem as an error.
bool look_result(struct look *l, struct buf *out, struct err *err) NODISCARD;
/// Ends one that waits.
void look_cancel(struct look *l);
