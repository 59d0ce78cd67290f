#pragma once
// What a map is made of. Only for host/world: others use map.h and map_draft.h.

#include "world/map.h"

struct place {
    enum map_kind kind;
    uint32_t parent;
    char *name, *address;
    struct map_ids tiles, targets, children; // slices of the arrays of struct map
};

struct map_property {
    char *name, *value;
};

struct map_spawn {
    char *name;
    uint32_t tile;
};

struct map {
    uint32_t width, height, tile_px;
    char *world;
    struct map_property *properties;
    size_t property_count;
    bool *blocked;        // by tile
    uint8_t *exits;       // by tile
    uint32_t *place_at;   // by tile: the deepest place
    struct place *places; // by number; 0 is the world
    size_t place_count;   // without the world
    uint32_t *tiles, *targets, *children;
    struct map_spawn *spawns;
    size_t spawn_count;
    struct hash hash;
};

/// Fills in everything that follows from blocked, place_at, places and world.
void map_index(struct map *map);
