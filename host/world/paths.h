#pragma once
// Shortest ways over a map: up, left, right or down, one tile a move, never onto a blocked tile.
// For each goal the distance of every tile is computed once, by breadth-first search from the goal,
// and kept; the cache forgets the goals that were not asked for the longest. Not thread-safe: one
// per thread. Results do not depend on what is in the cache.
//
// Somebody who stands on a blocked tile may step off it. A goal that is a place means the nearest
// of map_place_targets, and of equally near ones the one with the lowest number. A goal that is a
// blocked tile can only be "reached" by who stands on it.

#include "base/buf.h"
#include "world/map.h"

enum { PATHS_CACHE_BYTES = 32 << 20 };
#define PATHS_UNREACHABLE UINT32_MAX

struct paths;

/// map must outlive it. cache_bytes: how much to keep; the goal asked for last is always kept.
struct paths *paths_new(const struct map *map, size_t cache_bytes) NODISCARD;
void paths_free(struct paths *paths);

/// The number of moves of a shortest way; PATHS_UNREACHABLE if there is none.
uint32_t paths_distance(struct paths *paths, uint32_t from, struct spot to);

/// The tile where a shortest way ends; PATHS_UNREACHABLE if there is none.
uint32_t paths_end(struct paths *paths, uint32_t from, struct spot to);

/// Writes the tiles of a shortest way, without `from`, but not more than max_moves of them, and
/// returns how many; PATHS_UNREACHABLE if there is none. At each tile the way goes on to the lowest
/// numbered neighbour (up, left, right, down) that is one move nearer to the same end.
uint32_t paths_walk(struct paths *paths, uint32_t from, struct spot to, uint32_t max_moves,
                    uint32_t *tiles);

/// Appends `count` tiles of a way that begins beside `from` as moves, run-length: "R3D2".
void paths_add_moves(const struct map *map, uint32_t from, const uint32_t *tiles, uint32_t count,
                     struct buf *out);

/// Bytes of distances kept now, at most cache_bytes or those of one goal.
size_t paths_cached_bytes(const struct paths *paths);
/// How often distances had to be computed.
size_t paths_searches(const struct paths *paths);
