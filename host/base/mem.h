#pragma once
// Our own allocations: they never return NULL. Running out of memory aborts here, in one place,
// with a message. Sizes that come from outside must be checked against a limit first.
// What these return is released with free().

#include "base/compiler.h"

#include <stddef.h>

/// `count` zeroed elements of `size` bytes. count or size may be 0.
void *mem_calloc(size_t count, size_t size) NODISCARD;

/// Like realloc for `count` elements of `size` bytes; checks the product for overflow.
void *mem_realloc(void *old, size_t count, size_t size) NODISCARD;

/// A zero-terminated copy of `len` bytes.
char *mem_strndup(const char *text, size_t len) NODISCARD;

/// A copy of a string. NULL stays NULL.
char *mem_strdup(const char *text) NODISCARD;

/// The capacity to grow an array to so that it holds `need` elements: doubles, at least 16.
size_t mem_grow(size_t cap, size_t need);
