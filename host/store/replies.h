#pragma once
// A file of model replies that outlives a study: the replies of many runs under the hash of their
// request and the number of the draw, so that another study need not ask (and pay) again. SQLite;
// any number of processes may use it at the same time. Every addition is its own transaction.
//
// Not for use by two threads at once.

#include "base/err.h"
#include "base/hash.h"

struct replies;

/// Opens the file, or makes it if `create`. Errors say what the file is instead.
struct replies *replies_open(const char *path, bool create, struct err *err) NODISCARD;
bool replies_close(struct replies *r, struct err *err); // NULL is fine; frees r even if it fails

/// Looks a reply up; *found is false if there is none.
bool replies_find(struct replies *r, const struct hash *request, int draw, struct buf *reply,
                  bool *found, struct err *err) NODISCARD;
/// Adds a reply. `replace`: instead of one that is there; else the one that is there stays.
bool replies_add(struct replies *r, const struct hash *request, int draw, struct view reply,
                 bool replace, struct err *err) NODISCARD;
bool replies_count(struct replies *r, int64_t *count, struct err *err) NODISCARD;
