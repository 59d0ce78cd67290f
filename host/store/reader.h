#pragma once
// Reads a run file, also while it is being written, and from read-only media. Never changes it.
// Each call sees the newest commit, unless a snapshot is held. One thread at a time per reader;
// callbacks get borrowed rows, valid during the call, and must not use the reader themselves.

#include "base/err.h"
#include "store/row.h"
#include "store/run_info.h"
#include "store/value.h"

struct reader;

/// Errors say what the file is instead: missing, not a run file, damaged, of a newer format.
struct reader *reader_open(const char *path, struct err *err) NODISCARD;
void reader_close(struct reader *r); // NULL is fine

/// What the run is. Owned by the reader.
const struct run_info *reader_info(const struct reader *r);

/// From here to reader_release all calls see the same state of the file. Keep it short: the
/// writer's log grows meanwhile.
bool reader_snapshot(struct reader *r, struct err *err) NODISCARD;
void reader_release(struct reader *r);

/// Number of finished days; *steps, unless NULL, becomes the number of steps written so far.
bool reader_progress(struct reader *r, int *days, int64_t *steps, struct err *err) NODISCARD;

/// The value of a meta key as text (numbers too); *found is false if there is none.
bool reader_meta(struct reader *r, const char *key, struct buf *out, bool *found,
                 struct err *err) NODISCARD;

/// One day of one resident in numbers. A rating counts for the delivered suggestion only; one with
/// a failed criterion is in `failed` and in no sum. Means: divide by the count named.
struct day_numbers {
    int day, who;
    bool finished; // false: the day is still being written
    int64_t steps, awake_steps;
    int64_t ratings;                   // scored + failed
    int64_t scored, failed;            //
    int64_t score_sum;                 // of `scored` ratings, each 0..4
    int64_t criterion_sum[RATE_COUNT]; // of `scored` ratings; they add up to score_sum
    int64_t recommendations;           // delivered and not silent, rated or not
    int64_t recommendations_scored, recommendation_score_sum;
    int64_t successes;   // scored recommendations with a score of 3 or 4
    int64_t abstentions; // delivered silence
    int64_t abstentions_scored, abstention_score_sum;
};

/// Callbacks return false to stop early (which is no error).
typedef bool (*reader_day_fn)(void *user, const struct day_numbers *day);
/// All days in order, residents in order within a day. O(rows of the run).
bool reader_days(struct reader *r, reader_day_fn fn, void *user, struct err *err) NODISCARD;

/// What models were asked for one role by one prompt, and what it took; see view `cost`.
struct cost_numbers {
    struct view role, prompt, model; // prompt is NULL of embeddings
    int64_t questions, stored, failed, requests;
    int64_t tokens_in, tokens_out, tokens_cached;
    double cost, ms;
};

typedef bool (*reader_cost_fn)(void *user, const struct cost_numbers *row);
/// By role, prompt, model. O(calls).
bool reader_cost(struct reader *r, reader_cost_fn fn, void *user, struct err *err) NODISCARD;

// ---- What a resume needs. Days up to `day` must be finished.

/// The household's state at the end of `day`, as JSON.
bool reader_state(struct reader *r, int day, struct buf *out, struct err *err) NODISCARD;

typedef bool (*reader_memory_fn)(void *user, const struct row_memory *row);
/// The nodes of a stream that are in it now (not cleared), by id.
bool reader_memory(struct reader *r, int who, enum row_stream stream, reader_memory_fn fn,
                   void *user, struct err *err) NODISCARD;

typedef bool (*reader_summary_fn)(void *user, const struct row_summary *row);
/// The summaries of a stream that are in it now, by level, then start. Hours that were folded
/// into four hours are among them.
bool reader_summaries(struct reader *r, int who, enum row_stream stream, reader_summary_fn fn,
                      void *user, struct err *err) NODISCARD;

/// The policy in force after `day`: its day, or 0 if nothing was learned yet. weights, optimizer
/// and names may be NULL if not wanted; see row_policy.
bool reader_policy(struct reader *r, int who, int day, int *policy_day, struct buf *weights,
                   struct buf *optimizer, struct buf *names, struct err *err) NODISCARD;

// ---- Everything else.

typedef bool (*reader_row_fn)(void *user, const struct value *row, size_t columns);
/// Runs one SELECT over the views of docs/run-file.md. `params` fill its ?1, ?2, ...; anything but
/// one reading statement is refused.
bool reader_query(struct reader *r, const char *sql, const struct value *params, size_t param_count,
                  reader_row_fn fn, void *user, struct err *err) NODISCARD;
