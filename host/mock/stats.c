#include "mock/stats.h"

#include <inttypes.h>

void stats_start(struct stats *s, int64_t now_ms)
{
    s->start_ms = s->counted_ms = now_ms;
}

// Call before in_flight changes, or is told.
static void count_time(struct stats *s, int64_t now_ms)
{
    int64_t ms = now_ms - s->counted_ms;

    s->counted_ms = now_ms;
    s->busy_ms += ms * (int64_t)s->in_flight;
    s->active_ms += s->in_flight > 0 ? ms : 0;
}

void stats_enter(struct stats *s, int64_t now_ms)
{
    count_time(s, now_ms);
    if (++s->in_flight > s->most_in_flight)
        s->most_in_flight = s->in_flight;
}

void stats_leave(struct stats *s, int64_t now_ms)
{
    count_time(s, now_ms);
    s->in_flight--;
}

void stats_write(struct stats *s, int64_t now_ms, size_t connections, struct buf *out)
{
    count_time(s, now_ms);
    buf_addf(out,
             "{\"requests\":%" PRIu64 ",\"chat\":%" PRIu64 ",\"embeddings\":%" PRIu64
             ",\"by_offline_answerers\":%" PRIu64 ",\"answered\":%" PRIu64 ",\"wrong\":%" PRIu64
             ",\"duplicates\":%" PRIu64 ",\"gone\":%" PRIu64 ",\"adapters\":%" PRIu64
             ",\"in_flight\":%zu,\"most_in_flight\":%zu,\"connections\":%zu,\"seconds\":%.3f,"
             "\"busy_seconds\":%.3f,\"active_seconds\":%.3f,"
             "\"faults\":{",
             s->requests, s->chat, s->embeddings, s->offline, s->answered, s->wrong, s->duplicates,
             s->gone, s->adapters, s->in_flight, s->most_in_flight, connections,
             (double)(s->counted_ms - s->start_ms) / 1000, (double)s->busy_ms / 1000,
             (double)s->active_ms / 1000);
    for (int f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
        buf_addf(out, "%s\"%s\":%" PRIu64, f == FAULT_NONE + 1 ? "" : ",",
                 fault_name((enum fault)f), s->faults[f]);
    buf_add_str(out, "}}");
}
