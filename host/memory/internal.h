#pragma once
// What the files of this room share about the stream; no other room includes it.

#include "memory/memory.h"
#include "memory/recency.h"
#include "memory/strings.h"
#include "memory/vectors.h"

struct stored {
    int64_t created_s, expires_s;
    double importance;
    uint32_t subject, predicate, object, description, filling; // numbers in strings
    uint32_t vector;                                           // row
    uint32_t keywords_at, evidence_at;                         // where they start in their pools
    uint16_t evidence_count, depth;
    uint8_t keyword_count, type;
    bool forgotten, changed;
};

struct posting {
    uint32_t id;
    uint32_t before; // index + 1 of the posting before it for the same keyword; 0 ends
};

// A growing array of u32.
struct numbers {
    uint32_t *items;
    size_t count, cap;
};

// w * n(x) = flat + (x - min) * scale, for values of x that span `range`.
struct rescale {
    double min, range, scale, flat;
};

// What retrieval keeps between calls, all of it derived and not saved.
struct scratch {
    float *query; // stride floats of the last query
    double query_length;
    bool has_query;
    double *cosines; // by row, of the last query
    double *parts;   // by row: what relevance adds to the score
    size_t known;    // rows whose cosine is up to date
    double weight;   // that parts were made with
    struct rescale relevance;
    size_t rows_cap;
    double *powers; // powers[i] = decay^i
    double decay;
    size_t powers_len, powers_cap;
};

struct memory {
    struct vectors *vectors;
    struct strings *strings;
    struct stored *nodes;
    size_t count, cap;
    struct recency recency;     // the candidates of retrieval
    struct numbers keywords;    // numbers in strings
    struct numbers evidence;    // ids
    struct numbers row_text;    // by row: number of its text
    struct numbers row_use;     // by row: how many candidates have it
    struct numbers text_row;    // by number of a text: row + 1, or 0
    struct numbers latest_post; // by number of a keyword: index + 1 of its latest posting, or 0
    struct posting *postings;
    size_t posting_count, posting_cap;
    struct numbers changed;
    struct numbers pending; // rows without a vector
    bool may_pend;
    int64_t next_expiry_s;
    double importance_min, importance_max; // over the candidates, if there are any
    bool range_known;                      // importance_min and importance_max are right
    bool rows_changed;                     // scratch.parts must be worked out anew
    struct buf lower;                      // a keyword being looked up
    struct scratch scratch;
};

void numbers_push(struct numbers *n, uint32_t value);
/// Grows n with zeros until it has `count` items.
void numbers_extend(struct numbers *n, size_t count);

/// Puts the lower-cased keyword into m->lower and returns it.
struct view keyword_lower(struct memory *m, struct view keyword);
/// Lists memory `id` under a keyword, unless it is listed there already.
void keyword_post(struct memory *m, uint32_t keyword, uint32_t id);
/// The row of a known embedding text; STRINGS_NONE if it is new.
uint32_t memory_find_row(const struct memory *m, struct view text);
