#pragma once
// Runs the cells of a study, day by day: all households finish a day before any begins the next, so
// that a script edited meanwhile counts from the next day on, for everybody. With several jobs the
// cells are dealt to as many processes; the results are the same files.

#include "script/llm_listen.h"
#include "sim/night.h"
#include "sim/roles.h"
#include "sim/study.h"

#include <stdbool.h>

/// Of all endpoints together.
struct runner_usage {
    struct usage used;
    int64_t running, waiting; // requests under way, and questions that wait for their turn
};

struct meter;

/// The file in the study folder through which its households share replies, unless the user names
/// another: so a question that several ask is paid once, and they all get the same answer, whoever
/// comes first.
#define STUDY_REPLIES "replies.sqlite"

/// What happens while a study runs. All members may be NULL. Called in the process that called
/// runner_run, between steps.
struct runner_events {
    /// Some more steps are done, in any household.
    void (*steps)(void *user, int64_t count);
    /// A household has finished a day.
    void (*day)(void *user, size_t cell, int day);
    /// Changed files were not taken for a day.
    void (*refused)(void *user, int day, const char *why);
    /// A household failed; the others go on.
    void (*failed)(void *user, size_t cell, const char *why);
    /// What the models were asked and used so far in this run, by all jobs. Now and then.
    void (*usage)(void *user, const struct runner_usage *usage);
    /// The run ends now, resumable, because the models can be asked no more.
    void (*halted)(void *user, const char *why);
    /// A trainer, or the server that was to load its adapter, failed; the household goes on.
    void (*night)(void *user, const char *household, const char *text);
    /// All households have finished `day`, and others follow. False stops the run. Only if `pause`.
    bool (*midnight)(void *user, int day);
    /// All households of this process have finished a phase of the study (sim/study.h), and another
    /// follows. False stops the run. For processes that must wait for each other.
    bool (*phase)(void *user, int phase);
    void *user;
};

/// In the study folder: what `exec:` programs print on their standard error.
#define EXEC_LOG "exec.log"

struct runner_options {
    const char *out;     // the study folder; made if it does not exist
    int jobs;            // processes, 1 or more
    bool pause;          // wait at each midnight
    struct meter *meter; // a dry run, with one job: everything is offline, and this measures; else
                         // NULL
    night_write_fn write_set;   // writes the data sets of trainers; NULL: none can run
    struct roles_options roles; // for studies with models; index and jobs are filled in
    const struct llm_ear *ear;  // hears all questions of all households; NULL: nobody. One job only
    struct runner_events events;
};

enum runner_end {
    RUNNER_DONE,    // all days of all cells are finished
    RUNNER_STOPPED, // SIGINT, SIGTERM, midnight() or the models ended it; can be resumed
    RUNNER_FAILED,  // at least one household failed; the others are finished
};

/// Writes or checks the manifest of a study folder: a new folder is set up for the study; one that
/// holds the same study is gone on with (*resumed), with as many days as `study` now says; one that
/// holds anything else is refused.
bool runner_prepare(const struct study *study, const char *out, bool *resumed,
                    struct err *err) NODISCARD;

/// Writes the manifest of a study into its folder, which is made if need be.
bool runner_write_manifest(const struct study *study, const char *out, struct err *err) NODISCARD;

/// Puts the files of now in the place of the texts that are pinned for the first day that some
/// household has not finished (*day; 0: there is none), see pins_replace.
bool runner_new_texts(const struct study *study, const char *out, int *day, bool *changed,
                      struct err *err) NODISCARD;

/// Runs what is not finished yet. False with err if it could not even begin, e.g. because of a map
/// that does not load. SIGINT and SIGTERM end it after the step at hand.
bool runner_run(const struct study *study, const struct runner_options *options,
                enum runner_end *end, struct err *err) NODISCARD;
