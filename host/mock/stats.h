#pragma once
// The numbers of /mock/stats: what came, what became of it, and how much was under way at once.

#include "base/buf.h"
#include "mock/faults.h"

/// The counts up to `faults` are the caller's to add to.
struct stats {
    uint64_t requests, chat, embeddings;
    uint64_t offline; // by offline answerers
    uint64_t answered, wrong, duplicates, gone;
    uint64_t adapters; // how often one was loaded
    uint64_t faults[FAULT_COUNT];
    size_t in_flight, most_in_flight;
    int64_t start_ms, counted_ms;
    int64_t busy_ms, active_ms; // requests in flight times time; time with any
};

/// Of a monotonic clock, as all times here.
void stats_start(struct stats *s, int64_t now_ms);
/// One more is in flight; one less.
void stats_enter(struct stats *s, int64_t now_ms);
void stats_leave(struct stats *s, int64_t now_ms);
/// Appends them as JSON.
void stats_write(struct stats *s, int64_t now_ms, size_t connections, struct buf *out);
