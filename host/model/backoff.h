#pragma once
// How long to wait before asking again.

#include <stdint.h>

#include "base/rng.h"

/// Before retry number `tries` (from 0): base * 2^tries, at most `max`, times a draw from 0.5..1,
/// so that those who failed together do not come back together.
int64_t backoff_ms(struct rng *jitter, int64_t tries, int64_t base, int64_t max);

/// What a server asks for: Retry-After (seconds, or a date of HTTP's), or retry-after-ms. 0 if it
/// asks for nothing, or for nothing that can be understood.
int64_t backoff_asked_ms(const char *retry_after, const char *retry_after_ms);
