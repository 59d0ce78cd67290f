#pragma once
// One run driven by hand, step by step, on a copy of its run file: nothing of the run changes until
// session_save. What is told to people is an input of the run (see household_tell); stepping alone
// gives the run that `run` and `resume` give.
//
// A step that fails is taken back: the run is then again as it was after the step before, by going
// through its day once more.

#include "sim/household.h"
#include "store/manifest.h"

struct session;

struct session_options {
    struct roles_options roles;
    /// Asked now and then while steps are simulated: true ends it. May be NULL.
    bool (*stop)(void *user);
    /// Told that steps of the day at hand are simulated again. May be NULL.
    void (*again)(void *user, int64_t steps);
    /// Changed files were not taken for a day. May be NULL.
    void (*refused)(void *user, int day, const char *why);
    void *user;
};

/// Opens a run of the study in `folder`, to go on where its file ends, in the middle of a day too.
/// While it is open, nobody else can write the run.
struct session *session_open(const char *folder, const struct manifest_cell *cell,
                             const struct session_options *options, struct err *err) NODISCARD;
/// What was not saved is gone (but for answers of models, which were paid for).
bool session_close(struct session *s, struct err *err);

const struct study *session_study(const struct session *s);
/// The run file that session_save writes.
const char *session_path(const struct session *s);
/// Simulated time of the next step, in seconds.
int64_t session_now(const struct session *s);
int64_t session_next_step(const struct session *s);
int session_step_seconds(const struct session *s);
int session_days(const struct session *s); // finished
/// Have all days of the study been simulated?
bool session_is_over(const struct session *s);

/// Simulates up to `steps` steps; *done: how many. Fewer if the study is over or it was stopped.
bool session_run(struct session *s, int64_t steps, int64_t *done, struct err *err) NODISCARD;

/// As household_tell.
bool session_tell(struct session *s, int who, enum row_intervention_kind kind, struct view text,
                  struct err *err) NODISCARD;

/// Looks at the household without a trace (household_look.h) and appends what the function of
/// scripts/terminal/ returns.
bool session_look(struct session *s, const char *module, const char *function,
                  const struct json *arguments, struct buf *out, struct err *err) NODISCARD;
/// The same with Lua that a person typed.
bool session_evaluate(struct session *s, const char *module, const char *function, struct view text,
                      struct buf *out, struct err *err) NODISCARD;

/// Puts the files of now in force: for the day at hand, which is simulated again up to here, or for
/// the one that comes next. *changed: they differ.
bool session_reload(struct session *s, bool *changed, struct err *err) NODISCARD;

bool session_save(struct session *s, struct err *err) NODISCARD;
/// What session_save would save.
struct session_unsaved {
    int64_t steps, told;
};
struct session_unsaved session_unsaved(const struct session *s);
