#pragma once
// A map in the making: what the readers of map files fill in. Paint sectors first, then arenas,
// then objects, because each must lie in the one before; blocked tiles, properties and spawns may
// come at any time. Places are numbered in the order in which they are first painted.

#include "world/map.h"

struct map_draft;

/// 1 <= width, height <= MAP_MAX_SIDE; 1 <= tile_px <= MAP_MAX_TILE_PX. Free with map_draft_free.
struct map_draft *map_draft_new(uint32_t width, uint32_t height, uint32_t tile_px) NODISCARD;
void map_draft_free(struct map_draft *draft);

/// A property of the map; the one called `world` names the world. Fails if it was set before, or if
/// the name of the world is not one.
bool map_draft_set_property(struct map_draft *draft, struct view name, struct view value,
                            struct err *err) NODISCARD;
void map_draft_block(struct map_draft *draft, uint32_t tile);

/// Paints `tiles`, in ascending order, with one place. All must be free of other places of this
/// kind, and lie within one sector (arenas) or one arena (objects). Names are trimmed; they must
/// not be empty, longer than MAP_MAX_NAME_BYTES, or hold a colon or control characters.
bool map_draft_paint(struct map_draft *draft, enum map_kind kind, struct view name,
                     struct map_ids tiles, struct err *err) NODISCARD;
/// The name of a spawn may hold colons.
bool map_draft_add_spawn(struct map_draft *draft, struct view name, uint32_t tile,
                         struct err *err) NODISCARD;

/// Makes the map out of the draft, which is empty afterwards. NULL on error: no world name, no
/// sector, a spawn on a blocked tile. hash: of the files that the draft was read from.
struct map *map_draft_finish(struct map_draft *draft, struct hash hash, struct err *err) NODISCARD;

/// "sector", "arena", "object": for messages.
const char *map_kind_name(enum map_kind kind);
