#pragma once
// struct run_info <-> the tables `meta` and `resident`. Inside this room only.

#include "store/db.h"
#include "store/run_info.h"

/// Reads the info; it owns its memory. info_free takes NULL.
struct run_info *info_read(const struct db *db, struct err *err) NODISCARD;
void info_free(struct run_info *info);

bool info_write(const struct db *db, const struct run_info *info, struct err *err) NODISCARD;

/// Fails, saying where they differ, unless `found` (in the file at `path`) is the run `wanted`.
bool info_check_same(const struct run_info *found, const struct run_info *wanted, const char *path,
                     struct err *err) NODISCARD;
/// True for a key that info_write writes.
bool info_has_key(const char *key);
