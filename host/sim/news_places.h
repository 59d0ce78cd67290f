#pragma once
// The places of a study's news, which its map must have.

#include "base/err.h"
#include "text/json.h"
#include "world/map.h"

/// Is the place of each news of a condition (its options) a sector, or sector:arena, of its map?
bool news_places_check(const struct json *condition, const struct map *map,
                       struct err *err) NODISCARD;
