#pragma once
// Open run files: the few that are looked at stay open, the others are closed again, so that a
// folder of many runs costs no memory.

#include "base/err.h"

struct catalog_run;
struct reader;
struct readers;

struct readers *readers_new(void);
void readers_free(struct readers *r); // NULL is fine

/// A reader of this run, owned by the cache; valid until the next call.
struct reader *readers_get(struct readers *r, const struct catalog_run *run, struct err *err);
