#pragma once
// A run of the original, as its storage folder holds it: movement/N.json, environment/N.json,
// personas/, reverie/meta.json; or compressed, master_movement.json and meta.json, with or without
// personas/. Also what `propersim export reverie` wrote beside them (propersim/).
//
// Known of a compressed run are positions, activities, emoji and conversations only. Of the
// original's ratings only the total is known, unless it is 0 or 4.

#include "base/err.h"
#include "store/writer.h"

struct json;
struct map;
struct paths;

struct reverie_step {
    int x, y; // tile at the end of the step
    bool walking;
    // Shared with the step before if they are the same.
    char *description, *emoji;        // "block (task) @ address"; NULL: not said
    char *chat;                       // JSON list of "NAME: line"; NULL: they do not talk
    char *path;                       // moves made, "R3D2"; NULL: none, or not known
    char *action, *suggestion;        // NULL: nothing was suggested
    char *score, *reason;             // NULL: not rated
    signed char criteria[RATE_COUNT]; // -2: not known by criterion
    char *reasons[RATE_COUNT];
};

/// Something in a memory stream: a node of the files, or a conversation that is in none of them.
struct reverie_memory {
    int64_t step;
    const struct json *node; // NULL: of the conversation that begins in `step`
    int64_t number;          // of the node, from 1
    const char *chat, *with; // of a conversation; borrowed
    const char *description; // likewise
};

struct reverie_resident {
    char *name, *assistant;     // assistant: NULL if there is none
    struct reverie_step *steps; // from step 0, without gaps
    size_t step_count, cap;     // as many as the run has
    bool has_first;             // is known where they were before step 0?
    int first_x, first_y;
    struct json *nodes;                       // of associative_memory; NULL: none
    struct json *evaluations;                 // of the assistant's evaluation_memory; NULL: none
    char *evaluated_by;                       // in whose folder they lie
    struct json *spatial;                     // NULL: none
    struct reverie_memory *memories, *offers; // of the resident, of the assistant: by id, from 1
    size_t memory_count, offer_count;
    size_t chats, bare_chats; // conversations, and those of them that no node holds
};

struct reverie_run {
    bool compressed;
    int64_t start;
    int sec_per_step;
    struct reverie_resident *residents; // in the order of `who`
    size_t resident_count;
    size_t count;         // of steps
    int64_t said;         // how many steps meta.json says there are; -1: nothing
    size_t odd_scores;    // ratings that are no whole number from 0 to 4: taken as failed
    size_t unclaimed;     // suggestions of which it is not known to whom they were made
    size_t ways;          // steps whose way was found on the map
    size_t jumps;         // steps between whose tiles there is none
    size_t odd_times;     // steps whose `curr_time` is not what follows from their number
    size_t odd_time_step; // the first of them, and what it says; NULL: none
    char *odd_time;
    char *maze; // the map's name that meta.json says; NULL: none
    char *map;  // the file that propersim/run.json names; NULL: none
};

/// Does the folder hold steps?
bool reverie_run_exists(const char *folder);

/// Reads the run of the residents with these names (of their folders), in this order. Without names
/// it is that of everybody in it who is no assistant. *run is all-zero before. Errors name the file
/// and the key.
bool reverie_run_read(struct reverie_run *run, const char *folder, const char *const *names,
                      size_t count, struct err *err) NODISCARD;
void reverie_run_fini(struct reverie_run *run);

/// Puts a way between tiles that are not the same: the shortest on the map. Tiles of one step after
/// the other may lie anywhere on it.
void reverie_run_find_ways(struct reverie_run *run, const struct map *map, struct paths *paths);

/// 0 to 4; -1: no score, a failed rating, or one that ours cannot have.
int reverie_step_score(const struct reverie_step *step);

/// Steps in a day, days that are complete, and days that were begun.
int reverie_run_steps_per_day(const struct reverie_run *run);
int reverie_run_days(const struct reverie_run *run);
int reverie_run_days_begun(const struct reverie_run *run);

/// Was anything ever suggested to them?
bool reverie_was_suggested_to(const struct reverie_resident *resident);

/// What the rows of a run file take from the study that the run becomes part of.
struct reverie_rows {
    const struct reverie_run *run;
    const char *const *personas; // ids, by resident
    int slot;                    // of what was said
};

/// Appends the rows of a day to the run file; `day` is open.
bool reverie_run_write_day(const struct reverie_rows *rows, struct writer *w, int day,
                           struct err *err) NODISCARD;
/// What the next day starts from after `day`: the household's state as JSON, as far as it is known;
/// the scripts fill in the rest.
void reverie_run_state(const struct reverie_rows *rows, int day, struct buf *out);
