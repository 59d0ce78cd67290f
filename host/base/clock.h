#pragma once
// The machine's monotonic clock, for waiting and for wall times. Nothing simulated may depend on
// it.

#include <stdint.h>

/// Microseconds since some moment before the process began.
int64_t clock_us(void);
/// The same in milliseconds.
int64_t clock_ms(void);
