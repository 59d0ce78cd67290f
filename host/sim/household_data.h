#pragma once
// The inside of a household, for the household*.c files only.

#include "script/keep.h"
#include "script/script.h"
#include "script/services.h"
#include "sim/asking.h"
#include "sim/household.h"

struct household {
    struct household_shared shared;
    const struct study_cell *cell; // borrowed from the study
    char *path, *name, *who;
    size_t number;              // of its cell
    const struct json *options; // in force now: of the study
    struct json *mmlu;          // questions of the nightly check; NULL: there is none
    struct json *config;        // what scripts see as h.config: these, and who lives here
    struct json *state;         // as of the last midnight; NULL on the first day
    struct buf saved;           // the same as text
    struct script *script;
    struct script_context context;   // the start; the live one is the script's
    struct script_services services; // which tasks find their household by
    struct text_set texts; // what the day's texts are for this household: no other personas
    struct keep self;      // the table that household.open returned
    struct writer *writer;
    struct asking *asking;     // NULL: every role is offline
    struct embedder *embedder; // NULL: texts are embedded offline
    struct task *task;         // the part of the day that waits for a model; NULL: none
    bool stepping;             // it is a step
    int steps_done;            // of the day that comes next or is open
    bool day_open;             // begun and not finished
    bool resting;              // the vectors of the memory streams are given back
};

/// Puts the options of a day in force.
bool household_use_options(struct household *h, int day, struct err *err) NODISCARD;
/// Hands the services what is theirs of the options in force.
void household_apply_options(struct household *h);
/// Makes what scripts work on, all empty: the world, memory streams, policies. The options must be
/// in force, and the embedder open.
void household_make_services(struct household *h);
void household_free_services(struct household *h);
/// Fills memory streams and policies from the run file as of the last finished day.
bool household_restore(struct household *h, struct err *err) NODISCARD;
struct reader;
/// Gives a resident's assistant back what it had learned, and what there is to learn from, as of
/// the end of `day`.
bool household_restore_learning(struct reader *reader, struct service_resident *r, int who, int day,
                                struct err *err) NODISCARD;
/// On the first day: the policies start from what others have learned, if the study says so, and
/// the run file gets them as those of day 0.
bool household_start_learning(struct household *h, struct err *err) NODISCARD;
/// Gives a resident's policy its start and reference back; nothing if it started from nothing.
bool household_restore_start(struct reader *reader, struct service_resident *r, int who,
                             struct err *err) NODISCARD;
/// Reads what is to be told in steps to come, and forgets what was told before a step.
bool household_load_told(struct household *h, struct err *err) NODISCARD;
void household_forget_told(struct household *h, int64_t before);
/// Writes what was learned and what there is to learn from as of the end of the day.
bool household_save_learning(struct household *h, struct err *err) NODISCARD;
/// Fills the vectors again after household_rest.
void household_wake(struct household *h);
/// The last_accessed of all memories that changed since the last call. Caller frees.
struct row_access *household_take_accessed(struct household *h, size_t *count);
