#pragma once
// The rows of a run file, as the writer takes them and the reader gives them back. What each table
// means, its units and what resume and the digest do with it: docs/run-file.md.
//
// Texts are borrowed views and must be UTF-8; a view without data is NULL ("not known"), an empty
// text with data is an empty text. Times are simulated seconds (base/simtime.h). Steps count from
// 0 over the whole run, days from 1, residents (`who`) from 1 within their household.

#include "base/buf.h"

#include <stdint.h>

/// A time or number that does not exist: stored as NULL.
#define ROW_NONE INT64_MIN

/// Whose memory a memory node, summary or retrieval belongs to.
enum row_stream { STREAM_RESIDENT = 1, STREAM_ASSISTANT, STREAM_RATER };

/// The four criteria of a rating, in the order of `row_rating`'s arrays.
enum row_criterion { RATE_PREFERENCE, RATE_TIMING, RATE_FREQUENCY, RATE_COMMUNICATION, RATE_COUNT };

/// SOURCE_FAILED: the model failed for good, so nothing was said, and nothing can be rated.
enum row_source { SOURCE_DRAWN = 1, SOURCE_FORCED, SOURCE_REVISED, SOURCE_FAILED };
enum row_node_type { NODE_EVENT = 1, NODE_THOUGHT, NODE_CHAT };
enum row_schedule_level { SCHEDULE_HOURLY = 1, SCHEDULE_DECOMPOSED };
enum row_summary_level { SUMMARY_HOUR = 1, SUMMARY_FOUR_HOURS };
enum row_log_level { LOG_DEBUG = 1, LOG_INFO, LOG_WARNING, LOG_ERROR };
/// Who logs: a script's rows are part of the run and of its digest, the host's are not.
enum row_log_source { LOG_SCRIPT = 1, LOG_HOST };
/// How a model call ended: answered, answered from stored replies, answered but not usable (after
/// the repair request), or not answered.
enum row_call_status { CALL_OK = 1, CALL_STORED, CALL_UNUSABLE, CALL_FAILED };

/// One resident at the end of one step. Key: (step, who).
struct row_step {
    int64_t step;
    int who;
    int x, y;         // tile at the end of the step
    struct view path; // moves made in the step, run-length: "R3D2" (U D L R); NULL if none
    bool asleep, walking;
    struct view action;
    int64_t activity; // row_activity.seq; ROW_NONE if none
};

/// What a resident set out to do. Key: (who, seq).
struct row_activity {
    int day; // the day on which it began
    int who;
    int64_t seq; // counts from 1 over the whole run, so that it may last past midnight
    int64_t start;
    int minutes;
    struct view description, task, kind, address, emoji;
    struct view subject, predicate, object, object_state;
};

/// One line of a schedule. Key: (day, who, seq). A later seq replaces what it overlaps in time.
struct row_schedule {
    int day, who, seq; // seq counts from 1 within the day
    int64_t step;      // when it was made
    enum row_schedule_level level;
    int64_t start;
    int minutes;
    struct view activity;
};

/// An event that a resident perceived. Key: (step, who, seq).
struct row_event {
    int64_t step;
    int who, seq; // seq counts from 1 within (step, who)
    struct view address, subject, predicate, object, description;
};

/// A node of a memory stream. Key: (who, stream, id). Appended when it is created.
struct row_memory {
    int who;
    enum row_stream stream;
    int64_t id;
    int64_t step; // when it was created
    enum row_node_type type;
    int depth;
    int64_t created, last_accessed;
    int64_t expiration; // ROW_NONE: never
    struct view subject, predicate, object, text;
    double importance;
    struct view keywords, filling; // JSON lists
};

/// A node's last_accessed, for writer_finish_day.
struct row_access {
    int who;
    enum row_stream stream;
    int64_t id, last_accessed;
};

/// What a person did to the run by hand: an input of the run, given before `step` is simulated (at
/// a day's first step: before the day is planned). A resume keeps it and gives it again. Key:
/// (step, seq).
enum row_intervention_kind { INTERVENTION_WHISPER = 1, INTERVENTION_HISTORY };
struct row_intervention {
    int64_t step;
    int seq; // counts from 1 within the step
    int who;
    enum row_intervention_kind kind;
    struct view text;
};

/// One question of the nightly check of an assistant. Key: (day, who, seq).
struct row_mmlu {
    int day, who, seq; // day: the one that begins with this night; seq counts from 1
    struct view subject, question;
    int answer, given;   // 0 to 3; given -1: the model failed
    struct view comment; // what the assistant said besides
};

/// A number that the scripts recorded about a day. Key: (day, who, name).
struct row_measure {
    int day;
    int who; // 0: of the whole household
    struct view name;
    double value; // finite
};

/// What the assistant was asked at the moment of a pair: `prompt` is the prompt's name, `inputs`
/// all that it declares (JSON), so that the prompt can be rendered again. Written only if the study
/// asks for it. Key: (step, who).
struct row_pair_prompt {
    int64_t step;
    int who;
    struct view prompt, inputs;
};

/// The score of a rating whose criteria are not known: of imported runs. Key: (step, who, slot).
struct row_rating_total {
    int64_t step;
    int who, slot;
    int total; // 0 to 4
};

/// What came of the fine-tuning in the night before `day`, and so which adapter answers from then
/// on. Never truncated by a resume (a night's training is not repeated), not in the digest. Key:
/// (day, who).
enum row_adapter_status {
    ADAPTER_LOADED = 1, // trained and loaded
    ADAPTER_KEPT,       // there was nothing to train on: all stays as it was
    ADAPTER_FAILED,     // trainer or server failed: all stays as it was
};
struct row_adapter {
    int day, who;
    struct view name, path; // what is in use from now on; NULL: the model without an adapter
    int64_t examples;       // that it was trained on
    enum row_adapter_status status;
    struct view message; // what went wrong
    double ms;
};

/// The nodes of a stream with an id below `below`, and its summaries made in earlier steps, are no
/// longer part of it. Their rows stay, so that a viewer can show how things were. Key: (step, who,
/// stream).
struct row_clear {
    int64_t step;
    int who;
    enum row_stream stream;
    int64_t below;
};

/// One suggestion, silence ("No Recommendation") included. Key: (step, who, slot).
struct row_suggestion {
    int64_t step;
    int who, slot; // slot 1 or 2; when ranking, 2 is the one delivered
    struct view text, topic, tone;
    bool silent;
    enum row_source source;
    bool delivered;
    double logit, probability; // NAN if no policy scored it: stored as NULL
    struct view reason;        // the assistant's
};

/// The rating of one suggestion, all four criteria. Key: (step, who, slot). The suggestion must
/// have been appended before.
struct row_rating {
    int64_t step;
    int who, slot;
    bool shared;                    // copied from the other slot, whose text is nearly the same
    int value[RATE_COUNT];          // 1, 0, or -1: this criterion's rating failed
    struct view reason[RATE_COUNT]; // the rater's reason, or why it failed
};

/// A pair to learn from. Key: (step, who).
struct row_pair {
    int64_t step;
    int who, chosen_slot, rejected_slot;
    double margin; // score of chosen minus score of rejected, > 0
};

/// A policy as it stands when the learning done in `day` is over. Key: (day, who). Days without a
/// row: nothing was learned, the last row before counts. Day 0 is what the first day started from,
/// if it was not nothing; it is written while day 1 is open.
struct row_policy {
    int day, who;
    struct view weights;   // little-endian float64
    struct view optimizer; // what the optimiser carries on, its own format; may be NULL
    struct view names;     // JSON list: what the weights belong to; may be NULL
};

/// A closed summary. Key: (who, stream, level, start).
struct row_summary {
    int who;
    enum row_stream stream;
    enum row_summary_level level;
    int64_t start, stop;
    int64_t step; // when it was made
    struct view text;
};

/// One node that a retrieval returned. Written only if the study asks for it. Key: (step, who,
/// stream, seq, rank).
struct row_retrieval {
    int64_t step;
    int who;
    enum row_stream stream;
    int seq;  // counts the retrievals of the step from 1
    int rank; // 1 is the best
    int64_t node;
    struct view query; // the focal point
    double score, recency, relevance, importance;
};

/// A script's row must have a step, of the open day; the host's may come at any time.
struct row_log {
    int64_t step; // ROW_NONE: outside of steps
    enum row_log_level level;
    enum row_log_source source;
    struct view message;
};

/// One question to a model. Never truncated by a resume (it was paid for), not in the digest.
struct row_call {
    int64_t step;
    int who;
    struct view role, prompt, version, model;
    struct view request; // the 32 bytes of the request's hash
    int draw;            // 0 is the first draw of this request
    enum row_call_status status;
    int64_t tokens_in, tokens_out, tokens_cached; // ROW_NONE: not reported
    double cost;                                  // in the study's currency; 0 if stored
    double ms;                                    // wall time
    int retries;       // requests that were sent beyond the first, repairs included
    struct view error; // NULL if none
};
