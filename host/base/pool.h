#pragma once
// A heap for small blocks whose owner remembers their sizes: no header per block, and a block is
// taken and given back in a few instructions. Several owners may share one, so that what one has
// given back serves the others. Not thread-safe. AddressSanitizer is told which blocks are taken.

#include "base/compiler.h"

#include <stddef.h>

struct pool;

struct pool *pool_new(void) NODISCARD;
/// Frees every block that is left. NULL is fine.
void pool_free(struct pool *p);

/// `size` > 0 bytes, aligned for any type; NULL if there is no memory.
void *pool_take(struct pool *p, size_t size) NODISCARD;
/// `size` must be what the block was taken with.
void pool_give_back(struct pool *p, void *block, size_t size);
/// Like realloc; NULL, with the block as it was, if there is no memory. Never NULL if it shrinks.
void *pool_resize(struct pool *p, void *block, size_t old_size, size_t new_size) NODISCARD;
