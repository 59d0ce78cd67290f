#pragma once
// What the files of the writer share: writer.c (life), day.c (days), append.c (rows of a day),
// transport.c (calls, replies, embeddings). Inside this room only.

#include <math.h>

#include "store/db.h"
#include "store/intern.h"
#include "store/writer.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static inline struct value int_or_null(int64_t i)
{
    return i == ROW_NONE ? value_null() : value_int(i);
}

static inline struct value real_or_null(double r)
{
    return isnan(r) ? value_null() : value_real(r);
}

/// Statements that run often are prepared once, when first used.
enum writer_stmt {
    PUT_STEP,
    PUT_ACTIVITY,
    PUT_SCHEDULE,
    PUT_EVENT,
    PUT_MEMORY,
    PUT_CLEAR,
    PUT_SUGGESTION,
    PUT_RATING,
    PUT_PAIR,
    PUT_POLICY,
    PUT_SUMMARY,
    PUT_RETRIEVAL,
    PUT_LOG,
    PUT_CALL,
    PUT_REPLY,
    PUT_EMBEDDING,
    PUT_TEXT,
    PUT_LABEL,
    PUT_INTERVENTION,
    PUT_MMLU,
    PUT_MEASURE,
    PUT_PAIR_PROMPT,
    PUT_RATING_TOTAL,
    PUT_ADAPTER,
    PUT_ACCESS,
    SET_ACCESS,
    GET_REPLY,
    GET_EMBEDDING,
    WRITER_STMTS
};

struct writer {
    struct db db;
    int lock_fd; // -1: none
    struct sqlite3_stmt *stmts[WRITER_STMTS];
    struct intern texts, labels;
    int steps_per_day;
    int days;     // finished
    int open_day; // 0: none
    bool in_transaction;
    bool has_clock;         // last_commit_ms is set
    int64_t last_commit_ms; // on the caller's clock
    bool failed;
    struct err failure; // the first error; from then on the answer to everything
};

/// True if the writer is fit for work and in a transaction.
bool writer_ready(struct writer *w, struct err *err) NODISCARD;
/// Remembers the error for all later calls. Returns false.
bool writer_break(struct writer *w, const struct err *err);

/// Runs a prepared statement in the transaction; row and found as in db_run.
bool writer_run(struct writer *w, enum writer_stmt which, const struct value *params, size_t count,
                struct value *row, bool *found, struct err *err) NODISCARD;

/// The id of a text of a day, of a label of a call; NULL for a view without data. If storing it
/// fails, the writer breaks and the next writer_run says so.
struct value writer_text(struct writer *w, struct view text);
struct value writer_label(struct writer *w, struct view text);

/// Takes away what is not of a finished day and loads counts and texts. day.c.
bool writer_rewind(struct writer *w, struct err *err) NODISCARD;
