#include "world/map.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "world/map_data.h"

void map_free(struct map *map)
{
    if (map == NULL)
        return;
    for (size_t i = 0; map->places != NULL && i <= map->place_count; i++) {
        free(map->places[i].name);
        free(map->places[i].address);
    }
    for (size_t i = 0; i < map->property_count; i++) {
        free(map->properties[i].name);
        free(map->properties[i].value);
    }
    for (size_t i = 0; i < map->spawn_count; i++)
        free(map->spawns[i].name);
    free(map->world);
    free(map->properties);
    free(map->blocked);
    free(map->exits);
    free(map->place_at);
    free(map->places);
    free(map->tiles);
    free(map->targets);
    free(map->children);
    free(map->spawns);
    free(map);
}

static bool same_places(const struct map *a, const struct map *b)
{
    if (a->place_count != b->place_count)
        return false;
    for (size_t i = 1; i <= a->place_count; i++) {
        const struct place *p = &a->places[i], *q = &b->places[i];

        if (p->kind != q->kind || p->parent != q->parent || strcmp(p->name, q->name) != 0)
            return false;
    }
    return true;
}

bool map_equal(const struct map *a, const struct map *b)
{
    size_t n = (size_t)a->width * a->height;

    if (a->width != b->width || a->height != b->height || a->tile_px != b->tile_px ||
        strcmp(a->world, b->world) != 0 || a->property_count != b->property_count ||
        a->spawn_count != b->spawn_count)
        return false;
    for (size_t i = 0; i < a->property_count; i++) {
        if (strcmp(a->properties[i].name, b->properties[i].name) != 0 ||
            strcmp(a->properties[i].value, b->properties[i].value) != 0)
            return false;
    }
    for (size_t i = 0; i < a->spawn_count; i++) {
        if (strcmp(a->spawns[i].name, b->spawns[i].name) != 0 ||
            a->spawns[i].tile != b->spawns[i].tile)
            return false;
    }
    return same_places(a, b) && memcmp(a->blocked, b->blocked, n * sizeof(*a->blocked)) == 0 &&
           memcmp(a->place_at, b->place_at, n * sizeof(*a->place_at)) == 0;
}

uint32_t map_width(const struct map *map)
{
    return map->width;
}

uint32_t map_height(const struct map *map)
{
    return map->height;
}

uint32_t map_tile_count(const struct map *map)
{
    return map->width * map->height;
}

uint32_t map_tile_px(const struct map *map)
{
    return map->tile_px;
}

const char *map_world(const struct map *map)
{
    return map->world;
}

const char *map_special_constraint(const struct map *map)
{
    const char *text = map_property(map, "special_constraint");

    return text != NULL ? text : "";
}

struct hash map_hash(const struct map *map)
{
    return map->hash;
}

const char *map_property(const struct map *map, const char *name)
{
    for (size_t i = 0; i < map->property_count; i++) {
        if (strcmp(map->properties[i].name, name) == 0)
            return map->properties[i].value;
    }
    return NULL;
}

size_t map_property_count(const struct map *map)
{
    return map->property_count;
}

const char *map_property_name(const struct map *map, size_t i)
{
    assert(i < map->property_count);
    return map->properties[i].name;
}

bool map_is_blocked(const struct map *map, uint32_t tile)
{
    assert(tile < map_tile_count(map));
    return map->blocked[tile];
}

unsigned map_exits(const struct map *map, uint32_t tile)
{
    assert(tile < map_tile_count(map));
    return map->exits[tile];
}

size_t map_place_count(const struct map *map)
{
    return map->place_count;
}

uint32_t map_place_at(const struct map *map, uint32_t tile)
{
    assert(tile < map_tile_count(map));
    return map->place_at[tile];
}

uint32_t map_kind_at(const struct map *map, uint32_t tile, enum map_kind kind)
{
    uint32_t place = map_place_at(map, tile);

    while (place != MAP_NO_PLACE && map->places[place].kind != kind)
        place = map->places[place].parent;
    return place;
}

uint32_t map_room_at(const struct map *map, uint32_t tile)
{
    uint32_t place = map_place_at(map, tile);

    if (place != MAP_NO_PLACE && map->places[place].kind == MAP_OBJECT)
        place = map->places[place].parent;
    return place;
}

static const struct place *at(const struct map *map, uint32_t place)
{
    assert(place <= map->place_count);
    return &map->places[place];
}

enum map_kind map_kind(const struct map *map, uint32_t place)
{
    assert(place != MAP_NO_PLACE);
    return at(map, place)->kind;
}

uint32_t map_parent(const struct map *map, uint32_t place)
{
    return at(map, place)->parent;
}

const char *map_name(const struct map *map, uint32_t place)
{
    return at(map, place)->name;
}

const char *map_address(const struct map *map, uint32_t place)
{
    return at(map, place)->address;
}

struct map_ids map_children(const struct map *map, uint32_t place)
{
    return at(map, place)->children;
}

struct map_ids map_place_tiles(const struct map *map, uint32_t place)
{
    return at(map, place)->tiles;
}

struct map_ids map_place_targets(const struct map *map, uint32_t place)
{
    return at(map, place)->targets;
}

/// Cuts the text before the next colon off the front of *rest, without the spaces around it.
static struct view next_part(struct view *rest)
{
    const char *colon = memchr(rest->data, ':', rest->len);
    struct view part = *rest;

    if (colon == NULL) {
        rest->len = 0;
    } else {
        part.len = (size_t)(colon - rest->data);
        rest->data += part.len + 1;
        rest->len -= part.len + 1;
    }
    while (part.len > 0 && part.data[0] == ' ') {
        part.data++;
        part.len--;
    }
    while (part.len > 0 && part.data[part.len - 1] == ' ')
        part.len--;
    return part;
}

static uint32_t find_below(const struct map *map, uint32_t parent, struct view address)
{
    uint32_t place = parent;

    while (address.len > 0) {
        struct view part = next_part(&address);
        struct map_ids children = map_children(map, place);
        size_t i = 0;

        while (i < children.count && !view_equal(part, view_of(map_name(map, children.ids[i]))))
            i++;
        if (i == children.count)
            return MAP_NO_PLACE;
        place = children.ids[i];
    }
    return place;
}

uint32_t map_find(const struct map *map, struct view address)
{
    struct view rest = address;
    uint32_t place = MAP_NO_PLACE;

    if (address.len == 0)
        return MAP_NO_PLACE;
    if (view_equal(next_part(&rest), view_of(map->world)))
        place = find_below(map, MAP_NO_PLACE, rest);
    // A sector may be called like the world.
    return place != MAP_NO_PLACE ? place : find_below(map, MAP_NO_PLACE, address);
}

size_t map_spawn_count(const struct map *map)
{
    return map->spawn_count;
}

const char *map_spawn_name(const struct map *map, size_t i)
{
    assert(i < map->spawn_count);
    return map->spawns[i].name;
}

uint32_t map_spawn_tile(const struct map *map, size_t i)
{
    assert(i < map->spawn_count);
    return map->spawns[i].tile;
}

bool map_find_spawn(const struct map *map, const char *name, uint32_t *tile)
{
    for (size_t i = 0; i < map->spawn_count; i++) {
        if (strcmp(map->spawns[i].name, name) == 0) {
            *tile = map->spawns[i].tile;
            return true;
        }
    }
    return false;
}
