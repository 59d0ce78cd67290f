#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/world_data.h"

/// A square of tiles around one, and the room it is seen from.
struct sight {
    const struct map *map;
    int64_t x, y, radius;
    uint32_t room;
};

static struct sight look_from(const struct map *map, uint32_t tile, uint32_t radius)
{
    return (struct sight){ .map = map,
                           .x = tile % map_width(map),
                           .y = tile / map_width(map),
                           .radius = radius,
                           .room = map_room_at(map, tile) };
}

/// The squared distance of a tile; false if it is too far away.
static bool distance2(const struct sight *sight, uint32_t tile, uint32_t *out)
{
    int64_t dx = (int64_t)(tile % map_width(sight->map)) - sight->x;
    int64_t dy = (int64_t)(tile / map_width(sight->map)) - sight->y;

    if (llabs(dx) > sight->radius || llabs(dy) > sight->radius)
        return false;
    *out = (uint32_t)(dx * dx + dy * dy);
    return true;
}

/// Fills in the nearest tile of a percept's spot, and how far it is; false if it is out of sight.
static bool see(const struct sight *sight, struct world_percept *p)
{
    struct map_ids tiles = { .ids = &p->where.id, .count = 1 };
    bool seen = false;

    if (p->where.is_place) {
        if (map_parent(sight->map, p->where.id) != sight->room)
            return false;
        tiles = map_place_tiles(sight->map, p->where.id);
    } else if (map_room_at(sight->map, p->where.id) != sight->room) {
        return false;
    }
    for (size_t i = 0; i < tiles.count; i++) {
        uint32_t d = 0;

        if (distance2(sight, tiles.ids[i], &d) && (!seen || d < p->distance2)) {
            p->tile = tiles.ids[i];
            p->distance2 = d;
            seen = true;
        }
    }
    return seen;
}

static bool same_statement(const struct world_percept *a, const struct world_percept *b)
{
    return world_same_spot(a->where, b->where) &&
           strcmp(a->event->subject, b->event->subject) == 0 &&
           strcmp(a->event->predicate, b->event->predicate) == 0 &&
           strcmp(a->event->object, b->event->object) == 0 &&
           strcmp(a->event->description, b->event->description) == 0;
}

/// Puts a percept behind those of `out` that are as near or nearer; the last may fall out. Callers
/// come in the order that equally near percepts shall have.
static size_t insert(struct world_percept *out, size_t count, size_t cap,
                     const struct world_percept *p)
{
    size_t i = count;

    for (size_t k = 0; k < count; k++) {
        if (same_statement(&out[k], p))
            return count;
    }
    while (i > 0 && out[i - 1].distance2 > p->distance2)
        i--;
    if (i >= cap)
        return count;
    if (count < cap)
        count++;
    memmove(&out[i + 1], &out[i], (count - 1 - i) * sizeof(*out));
    out[i] = *p;
    return count;
}

static bool is_used(const struct world *world, uint32_t object)
{
    for (size_t i = 0; i < world->count; i++) {
        if (world_same_spot(world->events[i]->where, spot_place(object)))
            return true;
    }
    return false;
}

size_t world_perceive(const struct world *world, uint32_t tile, uint32_t vision_r,
                      size_t att_bandwidth, struct world_percept *out)
{
    struct sight sight = look_from(world->map, tile, vision_r);
    struct map_ids places = map_children(world->map, sight.room);
    size_t count = 0;

    for (size_t i = 0; i < world->count; i++) {
        struct world_percept p = { .event = &world->events[i]->event,
                                   .where = world->events[i]->where };

        if (see(&sight, &p))
            count = insert(out, count, att_bandwidth, &p);
    }
    for (size_t i = 0; i < places.count; i++) {
        uint32_t place = places.ids[i];
        struct world_percept p = { .where = spot_place(place) };

        if (world->idle[place] == NULL || is_used(world, place))
            continue;
        p.event = &world->idle[place]->event;
        if (see(&sight, &p))
            count = insert(out, count, att_bandwidth, &p);
    }
    return count;
}

size_t world_places_near(const struct map *map, uint32_t tile, uint32_t radius, uint32_t *out)
{
    const int64_t w = map_width(map), h = map_height(map), r = radius;
    const int64_t x = tile % w, y = tile / w;
    bool *seen = mem_calloc(map_place_count(map) + 1, sizeof(*seen));
    size_t count = 0;

    for (int64_t v = y > r ? y - r : 0; v < h && v <= y + r; v++) {
        for (int64_t u = x > r ? x - r : 0; u < w && u <= x + r; u++) {
            uint32_t p = map_place_at(map, (uint32_t)(u + v * w));

            for (; p != MAP_NO_PLACE && !seen[p]; p = map_parent(map, p))
                seen[p] = true;
        }
    }
    for (uint32_t p = 1; p <= map_place_count(map); p++) {
        if (seen[p])
            out[count++] = p;
    }
    free(seen);
    return count;
}
