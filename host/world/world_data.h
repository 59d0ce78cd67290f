#pragma once
// What a world is made of. Only for host/world: others use world.h.

#include "world/world.h"

struct stored_event {
    struct world_event event; // points into `texts`
    struct spot where;
    char texts[];
};

struct world {
    const struct map *map;
    struct stored_event **events; // oldest first
    size_t count, cap;
    struct stored_event **idle; // by place; NULL for sectors and arenas
    uint64_t *versions;         // by room (map_room_at)
};

bool world_same_spot(struct spot a, struct spot b);
