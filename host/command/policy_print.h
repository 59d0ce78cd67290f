#pragma once
// What an assistant has learned, printed in words: when it speaks, about what, in which tone.

#include "learn/explain.h"

/// Prints what was learned, the strongest first (policy_strongest). By section, `count` lines of
/// each, half of them what it rather does and half what it does less often: when it speaks or stays
/// silent; topics by activity; tones. all: `count` lines in one list, of whatever kind.
void policy_print(const struct policy *p, size_t count, bool all);
