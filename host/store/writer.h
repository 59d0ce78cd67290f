#pragma once
// Writes a run file: one household, one SQLite file, one writer. docs/run-file.md describes the
// tables.
//
// A writer locks its file (`FILE-lock` beside it, freed when the process ends in whatever way);
// readers are free to read meanwhile. All appends go into one transaction, which is committed by
// writer_commit_due, writer_finish_day and writer_close; what a kill leaves uncommitted is
// simulated again by a resume. After an error (disk full, say) every later call fails with that
// same error; the file stays as of the last commit and can be resumed.
//
// Order: begin_day(1), appends, finish_day, begin_day(2), ... Append only while a day is open;
// calls, replies, embeddings and log rows may be appended at any time.
// Not for use by two threads at once. Writers of different files are independent.

#include "base/err.h"
#include "base/hash.h"
#include "store/row.h"
#include "store/run_info.h"
#include "store/texts.h"
#include "store/value.h"

struct writer;

/// Creates a run file (its folder must exist). Never replaces: fails if the file exists. A file
/// appears complete or not at all.
struct writer *writer_create(const char *path, const struct run_info *info,
                             struct err *err) NODISCARD;

/// Opens a run file to go on, and takes away all that was written after the last finished day, in
/// one transaction; model calls, replies, embeddings and the host's log rows stay. `info` says
/// whose run it must be: differing is an error that names what differs.
struct writer *writer_open(const char *path, const struct run_info *info,
                           struct err *err) NODISCARD;

/// Commits what is appended so far, closes and unlocks the file, frees the writer even if it
/// fails. An unfinished day stays in the file (and is taken away by a resume). NULL is fine.
bool writer_close(struct writer *w, struct err *err);

/// Number of finished days, so that the next to begin is one more.
int writer_days(const struct writer *w);

/// Commits if the last commit was 400 ms ago or more. `now_ms` is any monotonic clock. Call it
/// from the event loop at least every 100 ms.
bool writer_commit_due(struct writer *w, int64_t now_ms, struct err *err) NODISCARD;
bool writer_commit(struct writer *w, struct err *err) NODISCARD;

/// Starts day writer_days() + 1, simulated with these script texts.
bool writer_begin_day(struct writer *w, int day, const struct text_set *texts,
                      struct err *err) NODISCARD;

/// Ends the day and commits. `state` is the household's state at the end of the day, as JSON: what
/// the next day starts from. `accessed` lists the memory nodes whose last_accessed changed in this
/// day (any order); in the file they change only now, so that an unfinished day leaves no trace.
/// wall_ms: how long the day took.
bool writer_finish_day(struct writer *w, struct view state, const struct row_access *accessed,
                       size_t accessed_count, double wall_ms, struct err *err) NODISCARD;

/// Sets a meta key that is not part of the digest ("state": "failed", wall times, ...). Keys that
/// writer_create has set are refused.
bool writer_set_note(struct writer *w, const char *key, struct value value,
                     struct err *err) NODISCARD;

bool writer_append_step(struct writer *w, const struct row_step *row, struct err *err) NODISCARD;
bool writer_append_activity(struct writer *w, const struct row_activity *row,
                            struct err *err) NODISCARD;
bool writer_append_schedule(struct writer *w, const struct row_schedule *row,
                            struct err *err) NODISCARD;
bool writer_append_event(struct writer *w, const struct row_event *row, struct err *err) NODISCARD;
bool writer_append_memory(struct writer *w, const struct row_memory *row,
                          struct err *err) NODISCARD;
bool writer_append_clear(struct writer *w, const struct row_clear *row, struct err *err) NODISCARD;
bool writer_append_suggestion(struct writer *w, const struct row_suggestion *row,
                              struct err *err) NODISCARD;
bool writer_append_rating(struct writer *w, const struct row_rating *row,
                          struct err *err) NODISCARD;
bool writer_append_pair(struct writer *w, const struct row_pair *row, struct err *err) NODISCARD;
bool writer_append_policy(struct writer *w, const struct row_policy *row,
                          struct err *err) NODISCARD;
bool writer_append_summary(struct writer *w, const struct row_summary *row,
                           struct err *err) NODISCARD;
bool writer_append_retrieval(struct writer *w, const struct row_retrieval *row,
                             struct err *err) NODISCARD;
bool writer_append_pair_prompt(struct writer *w, const struct row_pair_prompt *row,
                               struct err *err) NODISCARD;
bool writer_append_rating_total(struct writer *w, const struct row_rating_total *row,
                                struct err *err) NODISCARD;
/// Also while no day is open. An existing row of the same day and resident is kept.
bool writer_append_adapter(struct writer *w, const struct row_adapter *row,
                           struct err *err) NODISCARD;
bool writer_append_mmlu(struct writer *w, const struct row_mmlu *row, struct err *err) NODISCARD;
bool writer_append_measure(struct writer *w, const struct row_measure *row,
                           struct err *err) NODISCARD;
bool writer_append_log(struct writer *w, const struct row_log *row, struct err *err) NODISCARD;
bool writer_append_call(struct writer *w, const struct row_call *row, struct err *err) NODISCARD;

/// What is done to the run by hand. Also while no day is open; not for steps of finished days.
bool writer_append_intervention(struct writer *w, const struct row_intervention *row,
                                struct err *err) NODISCARD;
typedef bool (*writer_intervention_fn)(void *user, const struct row_intervention *row);
/// All interventions from `step` on, in order. The texts are borrowed for the call.
bool writer_interventions(struct writer *w, int64_t step, writer_intervention_fn fn, void *user,
                          struct err *err) NODISCARD;

/// Stores a model's reply under its request's hash and the number of the draw; an existing one is
/// kept. `request_text` may be NULL (the request is then known by its hash alone).
bool writer_append_reply(struct writer *w, const struct hash *request, int draw, struct view reply,
                         struct view request_text, struct err *err) NODISCARD;
/// Looks a reply up, uncommitted ones included. *found is false if there is none.
bool writer_find_reply(struct writer *w, const struct hash *request, int draw, struct buf *reply,
                       bool *found, struct err *err) NODISCARD;

/// Stores the embedding of a text that came from an endpoint; an existing one is kept. `vector`:
/// little-endian float32. Offline embeddings are computed again and never stored.
bool writer_append_embedding(struct writer *w, struct view model, struct view text,
                             struct view vector, struct err *err) NODISCARD;
bool writer_find_embedding(struct writer *w, struct view model, struct view text,
                           struct buf *vector, bool *found, struct err *err) NODISCARD;
