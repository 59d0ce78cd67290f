#pragma once
// A list of distinct features (key and value), numbered from 0 in the order of first use, so that
// many situations can be kept as lists of small numbers. Not thread-safe; one owner.

#include "learn/features.h"

struct distinct;

struct distinct *distinct_new(void) NODISCARD;
void distinct_free(struct distinct *d);
/// The number of a feature; a new one is added. value must not be NaN.
uint32_t distinct_add(struct distinct *d, struct feature f);
struct feature distinct_get(const struct distinct *d, uint32_t number);
size_t distinct_count(const struct distinct *d);
