#pragma once
// A run of the original, as its storage folder holds it: movement/N.json, environment/N.json,
// personas/, reverie/meta.json; or compressed, master_movement.json and meta.json. Also what
// `propersim export reverie` wrote beside them (propersim/).
//
// Known of a compressed run are positions, activities and emoji only. Of the original's ratings
// only the total is known, unless it is 0 or 4.

#include "base/err.h"
#include "store/writer.h"

struct json;

struct reverie_step {
    int x, y; // tile at the end of the step
    bool walking;
    char *description, *emoji;        // of the resident: "block (task) @ address"
    char *action, *suggestion;        // NULL: nothing was suggested
    char *score, *reason;             // NULL: not rated
    signed char criteria[RATE_COUNT]; // -2: not known by criterion
    char *reasons[RATE_COUNT];
};

struct reverie_run {
    bool compressed;
    char *resident; // name
    int64_t start;
    int sec_per_step;
    struct reverie_step *steps; // from step 0, without gaps
    size_t count;
    struct json *nodes;       // of the resident's associative_memory; NULL: none
    struct json *evaluations; // of the assistant's evaluation_memory; NULL: none
    struct json *spatial;     // of the resident; NULL: none
    size_t chats;             // steps with a conversation, which is not imported
    size_t odd_scores;        // ratings that are no whole number from 0 to 4: taken as failed
    char *map;                // that propersim/run.json names; NULL: none
};

/// Does the folder hold steps?
bool reverie_run_exists(const char *folder);

/// Reads the run of `resident` (the name of their folder). *run is all-zero before. Errors name the
/// file and the key.
bool reverie_run_read(struct reverie_run *run, const char *folder, const char *resident,
                      struct err *err) NODISCARD;
void reverie_run_fini(struct reverie_run *run);

/// 0 to 4; -1: no score, a failed rating, or one that ours cannot have.
int reverie_step_score(const struct reverie_step *step);

/// Steps in a day, and days that are complete.
int reverie_run_steps_per_day(const struct reverie_run *run);
int reverie_run_days(const struct reverie_run *run);

/// Appends the rows of a day to the run file; `day` is open. slot: of what was said.
bool reverie_run_write_day(const struct reverie_run *run, struct writer *w, int day, int slot,
                           struct err *err) NODISCARD;
/// What the next day starts from after `day`: the household's state as JSON, as far as it is known;
/// the scripts fill in the rest.
void reverie_run_state(const struct reverie_run *run, int day, struct buf *out);
