#pragma once
// The studies and runs below a folder: finds them, gives them names for addresses, and keeps what
// was read of each until its file changes.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>
#include <time.h>

enum { CATALOG_DEPTH = 4, CATALOG_MAX_RUNS = 20000 };

struct catalog;
struct catalog_study;

enum run_state {
    RUN_WAITING,  // has no file yet
    RUN_RUNNING,  // somebody writes it
    RUN_STOPPED,  // nobody does, and days are missing: can be resumed
    RUN_FAILED,   // ended by an error of its scripts, say; `failure` says which
    RUN_FINISHED, // has all its days
    RUN_BROKEN,   // cannot be read; `problem` says why
};

/// Tells whether a file changed: its size and time, and those of its write-ahead log.
struct run_stamp {
    struct timespec file_time, wal_time;
    int64_t file_bytes, wal_bytes;
    uint64_t inode;
};

/// What the deliveries of a day add up to.
struct run_day {
    int day;
    int64_t sum, count; // of scores
};

struct catalog_run {
    char *id;   // unique below the folder: "study:condition:p01-s1"
    char *path; // of the run file
    char *condition, *persona;
    int64_t seed;
    struct catalog_study *study;
    // What was read when the file had this stamp:
    struct run_stamp stamp;
    bool was_read;
    enum run_state state;
    char *problem;            // RUN_BROKEN: why it cannot be read
    char *failure;            // RUN_FAILED: why it ended
    char *names;              // JSON list of the residents' names
    char *scores;             // JSON list: mean score of each day, null for none
    struct run_day *run_days; // what `scores` is made of, in order; days that end are kept
    size_t day_count, day_cap;
    int days_finished, sec_per_step, steps_per_day;
    int64_t steps, start; // steps written; simulated time of step 0
};

struct catalog_study {
    char *id;     // unique: the folder below the catalog's, with ':' for '/'
    char *folder; // path
    char *name;
    char *config_folder; // where the study file was; NULL if not known
    int days;            // simulated days asked for; 0: not known
    struct catalog_run *runs;
    size_t run_count;
};

struct catalog *catalog_new(const char *folder);
void catalog_free(struct catalog *c); // NULL is fine

/// Looks for studies, at most once in two seconds. A folder or manifest that cannot be read is left
/// out, and named in catalog_problems.
void catalog_scan(struct catalog *c, int64_t now_ms);
/// JSON list of texts.
const char *catalog_problems(const struct catalog *c);

/// Ordered by id. Pointers live until the next scan.
size_t catalog_count(const struct catalog *c);
struct catalog_study *catalog_at(const struct catalog *c, size_t i);
struct catalog_study *catalog_study(struct catalog *c, const char *id);
struct catalog_run *catalog_run(struct catalog *c, const char *id);

/// The stamp of a run file now; false if there is no file.
bool run_stamp_now(const char *path, struct run_stamp *out);
bool run_stamp_equal(const struct run_stamp *a, const struct run_stamp *b);
/// True if a living process writes this run file.
bool run_is_written(const char *path);
const char *run_state_name(enum run_state state);

/// Reads the numbers of a run again if its file changed. The result is in the run.
void run_refresh(struct catalog_run *run);
