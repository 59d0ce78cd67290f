#pragma once
// The words for features: what is learned is a number in a bucket of a hash table, and this says
// what the hash was of. Bounded: when it is full, further features go without words and are
// counted; learning does not depend on it. Not thread-safe; one owner.

#include "base/compiler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAMES_MAX = 8192, NAME_BYTES_MAX = 200 };

/// The key of a feature with this name, the same on every machine. Never 0.
uint64_t name_key(const char *name);

struct names;

struct names *names_new(void) NODISCARD;
void names_free(struct names *n);

/// Remembers a name and returns its key. name: 1..NAME_BYTES_MAX bytes.
uint64_t names_add(struct names *n, const char *name);
/// The number, 1 or more, of the name with a key; 0 if it is not known.
uint16_t names_find(const struct names *n, uint64_t key);
/// number: 1..names_count. Borrowed until n is freed.
const char *names_text(const struct names *n, uint16_t number);
size_t names_count(const struct names *n);
/// How often a name found no room.
uint64_t names_refused(const struct names *n);
