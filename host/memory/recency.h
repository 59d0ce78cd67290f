#pragma once
// The order in which memories were last accessed, kept up to date as they are added and touched,
// so that a retrieval sorts nothing. Ascending by (time, id): of two memories accessed in the same
// second the one with the higher id counts as the more recent. The order is a function of times
// and ids alone, hence the same after a save and restore. Not thread-safe; one owner.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What scoring needs of a memory, side by side so that it streams through the cache.
struct recency_item {
    uint32_t id;     // 0: a gap, to be skipped
    uint32_t vector; // row of its embedding
    double importance;
};

struct recency {
    struct recency_item *items; // from the oldest to the newest, with gaps
    size_t len, cap;            // with gaps
    size_t live;                // without gaps
    int64_t *times;             // last access in seconds, by id - 1, of every memory
    uint32_t *places;           // index in items + 1, by id - 1; 0: not in the order
    size_t ids, ids_cap;
    bool sorted;
};

/// All-zero is an empty order.
void recency_fini(struct recency *r);

/// Adds the next memory; its id is r->ids + 1. One that is not `listed` has a time and no place.
void recency_add(struct recency *r, int64_t time_s, bool listed, uint32_t vector,
                 double importance);
/// Changes the time of a memory. Allocates nothing.
void recency_touch(struct recency *r, uint32_t id, int64_t time_s);
/// Takes a memory out of the order for good; it keeps its time. Fine if it is not in it.
void recency_remove(struct recency *r, uint32_t id);
/// Makes items[0..len) valid to read. O(1) unless many were added out of order of time.
void recency_settle(struct recency *r);
/// Bytes held.
size_t recency_bytes(const struct recency *r);
