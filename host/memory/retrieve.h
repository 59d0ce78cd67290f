#pragma once
// Retrieval: the memories that matter most at this moment, by recency, relevance to a focal point,
// and importance (Park et al. 2023, section 4.1, with the weights of ProPerSim):
//
//   score = recency_w * 0.5 * n(recency) + relevance_w * 3 * n(relevance)
//         + importance_w * 2 * n(importance)
//
// over the candidates: events and thoughts whose embedding text does not contain "idle" (as a
// substring, case matters) and which are not forgotten. n() rescales to 0..1 by the least and the
// greatest value among the candidates; if they are equal it is 0.5 for all. recency = decay^rank,
// where rank 1 is the candidate accessed last (of those accessed in the same second, the one with
// the higher id). relevance is the cosine similarity of embedding vector and focal point.

#include "memory/memory.h"

struct memory_query {
    const float *vector;                         // the focal point: memory_dim floats of any length
    double recency_w, relevance_w, importance_w; // within -1e6 and 1e6
    double decay;                                // within 1e-6 and 1
    // The order of the original, which ranks the oldest first and so rewards what was accessed
    // longest ago. For comparisons with it only.
    bool oldest_first;
    bool leave_no_trace; // a look from outside: last_accessed_s stays as it is
    int64_t now_s;       // becomes last_accessed_s of what is found
};

/// The weights and decay of ProPerSim; set vector and now_s.
#define MEMORY_QUERY_DEFAULTS .recency_w = 1, .relevance_w = 1, .importance_w = 1, .decay = 0.995

struct memory_hit {
    uint32_t id;
    double score;
    double recency, relevance, importance; // the n() of each, 0..1
};

/// Finds the `max` best candidates (all, if there are fewer), best first, ties by lower id.
/// out: room for `max` hits. Fails if a number of the query is not finite or out of range, and
/// then *found is 0.
///
/// O(rows * dim) for a new focal point, where rows are the distinct texts; a focal point that
/// repeats is compared with new texts only. Then O(candidates). Allocates nothing. The same bits
/// on every processor and with every compiler.
bool memory_retrieve(struct memory *m, const struct memory_query *query, size_t max,
                     struct memory_hit *out, size_t *found, struct err *err) NODISCARD;
