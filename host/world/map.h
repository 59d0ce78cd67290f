#pragma once
// A map: a grid of square tiles, which of them block the way, and the named places on it. A place
// is a sector, an arena of a sector or an object of an arena; its address is written
// `world:sector:arena:object`. A tile belongs to at most one object, one arena and one sector.
//
// A map never changes once it is made, so any number of households, also on several threads, may
// share it. Everything that is returned here is owned by the map.
//
// Tiles are numbered row by row: tile = x + y * width; x grows to the right, y downwards.
// Places are numbered from 1: first the sectors, then the arenas, then the objects, each in the
// order of the file. 0 (MAP_NO_PLACE) is no place, or the world itself where a parent is meant.

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"

#include <stdint.h>

enum {
    MAP_NO_PLACE = 0,
    MAP_MAX_SIDE = 1024,    // tiles
    MAP_MAX_TILE_PX = 1024, // pixels
    MAP_MAX_PLACES = 10000,
    MAP_MAX_NAME_BYTES = 200,
    MAP_MAX_FILE_BYTES = 64 << 20,
};

enum map_kind { MAP_SECTOR, MAP_ARENA, MAP_OBJECT };

/// The four ways out of a tile, as bits; also the order in which equally good moves are tried.
enum map_exit { MAP_UP = 1, MAP_LEFT = 2, MAP_RIGHT = 4, MAP_DOWN = 8 };

/// Numbers in a fixed order, borrowed from the map.
struct map_ids {
    const uint32_t *ids;
    size_t count;
};

/// Where something is, or where somebody goes: a tile or a place.
struct spot {
    bool is_place;
    uint32_t id;
};

static inline struct spot spot_tile(uint32_t tile)
{
    return (struct spot){ .is_place = false, .id = tile };
}

static inline struct spot spot_place(uint32_t place)
{
    return (struct spot){ .is_place = true, .id = place };
}

struct map;

/// Reads a map that Tiled saved as JSON (.tmj), and its external tilesets (.tsj, .tsx), which are
/// looked up beside the file. docs/maps.md says what the reader wants to find in it. NULL on error;
/// the message names the file, layer and object, and says what to do. Free with map_free.
struct map *map_load(const char *path, struct err *err) NODISCARD;
/// The same for text in memory. folder: where external tilesets are; NULL refuses them.
struct map *map_parse(struct view text, const char *folder, struct err *err) NODISCARD;
void map_free(struct map *map);

/// An error if an object cannot be reached from a spawn, or if there is no spawn or no object.
/// Residents cope with places out of reach; the author of a map wants to know of them.
bool map_check(const struct map *map, struct err *err) NODISCARD;
/// True if two maps are the same to a simulation: all but the hash of the files.
bool map_equal(const struct map *a, const struct map *b);

uint32_t map_width(const struct map *map);  // tiles, 1..MAP_MAX_SIDE
uint32_t map_height(const struct map *map); // tiles, 1..MAP_MAX_SIDE
uint32_t map_tile_count(const struct map *map);
uint32_t map_tile_px(const struct map *map);               // pixels per side of a tile
const char *map_world(const struct map *map);              // never empty
const char *map_special_constraint(const struct map *map); // "" if there is none
struct hash map_hash(const struct map *map); // of the bytes of all files read, in that order

/// The text of a map property; NULL if there is none of this name. Numbers and booleans as in JSON.
const char *map_property(const struct map *map, const char *name);
size_t map_property_count(const struct map *map);
const char *map_property_name(const struct map *map, size_t i); // in the order of the file

bool map_is_blocked(const struct map *map, uint32_t tile);
/// The enum map_exit bits of the neighbours that can be entered; also for a blocked tile.
unsigned map_exits(const struct map *map, uint32_t tile);

size_t map_place_count(const struct map *map); // the highest place number
/// The deepest place that a tile belongs to: object, else arena, else sector, else MAP_NO_PLACE.
uint32_t map_place_at(const struct map *map, uint32_t tile);
/// The place of one kind that a tile belongs to, or MAP_NO_PLACE.
uint32_t map_kind_at(const struct map *map, uint32_t tile, enum map_kind kind);
/// What bounds the view from a tile: its arena, else its sector, else MAP_NO_PLACE.
uint32_t map_room_at(const struct map *map, uint32_t tile);

enum map_kind map_kind(const struct map *map, uint32_t place); // place >= 1
uint32_t map_parent(const struct map *map, uint32_t place);    // of a sector: MAP_NO_PLACE
const char *map_name(const struct map *map, uint32_t place);   // the last part of the address
/// "world:sector:arena:object" as deep as the place is; of MAP_NO_PLACE: "world".
const char *map_address(const struct map *map, uint32_t place);
/// The arenas of a sector, the objects of an arena, or the sectors (of MAP_NO_PLACE).
struct map_ids map_children(const struct map *map, uint32_t place);
/// All tiles of a place, those of the places in it included, in ascending order.
struct map_ids map_place_tiles(const struct map *map, uint32_t place);
/// The tiles where somebody who goes to a place ends up, in ascending order: its tiles that can be
/// entered; if there are none, the neighbours of its tiles that can be, in its own arena; if there
/// are none either, in any. Empty if it is walled in.
struct map_ids map_place_targets(const struct map *map, uint32_t place);
/// The place with an address, with or without the world in front ("sector", "sector:arena",
/// "world:sector:arena:object"); spaces around the parts do not matter. MAP_NO_PLACE if none.
uint32_t map_find(const struct map *map, struct view address);

/// Spawns, in the order of the file; several may have one name. None stands on a blocked tile.
size_t map_spawn_count(const struct map *map);
const char *map_spawn_name(const struct map *map, size_t i);
uint32_t map_spawn_tile(const struct map *map, size_t i);
/// The first spawn of this name; false if there is none.
bool map_find_spawn(const struct map *map, const char *name, uint32_t *tile);
