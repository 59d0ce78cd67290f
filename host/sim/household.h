#pragma once
// One household: a script with its people, their world and memory, and its run file. A day is
// begun, stepped and finished; what the file holds after any finished day is all that is needed to
// go on, in this process or another.

#include "script/llm_listen.h"
#include "sim/pins.h"
#include "sim/roles.h"
#include "sim/study.h"
#include "store/row.h"
#include "world/map.h"
#include "world/paths.h"

struct household;
struct meter;
struct task;

/// What a household shares with others of the process. Borrowed; must outlive it.
struct household_shared {
    const struct study *study;
    const struct map *map;
    struct paths *paths;
    const char *map_name;
    struct roles *roles;       // NULL: every role is offline
    struct meter *meter;       // of a dry run; NULL: it is none
    struct pool *heap;         // of the scripts; NULL: each has its own
    const struct llm_ear *ear; // hears all questions; NULL: nobody
};

/// Opens the run file at `path` to go on, or creates it (its folder must exist), and restores the
/// household as of the last finished midnight.
struct household *household_open(const struct household_shared *shared,
                                 const struct study_cell *cell, const char *path,
                                 struct err *err) NODISCARD;

/// Closes the run file; an unfinished day will be simulated again by whoever goes on.
bool household_close(struct household *h, struct err *err);

/// Number of finished days.
int household_days(const struct household *h);
/// The number of steps in a day.
int household_steps_per_day(const struct household *h);

// A day is begin_day, step for every step, end_day, finish_day. The first three run scripts, which
// may wait for models: then household_waits is true, and the next part must not be begun until the
// queue of ready scripts has resumed it and household_go_on has said that it is over. Where every
// role is offline, nothing ever waits.

/// Midnight: puts the day's texts in force and lets everybody plan.
bool household_begin_day(struct household *h, const struct day_texts *texts,
                         struct err *err) NODISCARD;
/// The next step of the day.
bool household_step(struct household *h, struct err *err) NODISCARD;
/// After the last step: closes the day in the scripts.
bool household_end_day(struct household *h, struct err *err) NODISCARD;
/// Saves the state and finishes the day in the run file.
bool household_finish_day(struct household *h, double wall_ms, struct err *err) NODISCARD;

bool household_waits(const struct household *h);
/// After a task of this household was resumed: looks how far it came.
bool household_go_on(struct household *h, struct err *err) NODISCARD;
/// The household whose task it is.
struct household *household_of(const struct task *task);
/// The number of its cell.
size_t household_number(const struct household *h);
/// Steps of the day that have been simulated.
int household_steps_done(const struct household *h);
/// Between two days: gives back memory that the next day computes again. Results do not change.
void household_rest(struct household *h);
/// Commits to the run file if it is time. now_ms: a monotonic clock.
bool household_commit_due(struct household *h, int64_t now_ms, struct err *err) NODISCARD;
/// Commits now.
bool household_commit(struct household *h, struct err *err) NODISCARD;
/// Has a day been begun that is not finished?
bool household_day_open(const struct household *h);
/// The script texts in force; NULL before the first day. Borrowed.
struct texts *household_texts(const struct household *h);
/// The number of the step that comes next, over the whole run.
int64_t household_next_step(const struct household *h);

/// Tells resident `who` something by hand: at the beginning of the next step. It becomes an input
/// of the run, which a resume tells again. Not while the household waits.
bool household_tell(struct household *h, int who, enum row_intervention_kind kind, struct view text,
                    struct err *err) NODISCARD;

/// The path of the run file.
const char *household_path(const struct household *h);
/// "condition persona seed".
const char *household_name(const struct household *h);
