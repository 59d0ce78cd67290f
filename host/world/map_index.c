// What a finished map derives from its tiles, so that no later question needs a search.

#include "world/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/map_data.h"

static void index_exits(struct map *map)
{
    uint32_t w = map->width, n = map->width * map->height;

    map->exits = mem_calloc(n, sizeof(*map->exits));
    for (uint32_t t = 0; t < n; t++) {
        unsigned exits = 0;

        if (t >= w && !map->blocked[t - w])
            exits |= MAP_UP;
        if (t % w > 0 && !map->blocked[t - 1])
            exits |= MAP_LEFT;
        if (t % w < w - 1 && !map->blocked[t + 1])
            exits |= MAP_RIGHT;
        if (t < n - w && !map->blocked[t + w])
            exits |= MAP_DOWN;
        map->exits[t] = (uint8_t)exits;
    }
}

static void index_addresses(struct map *map)
{
    map->places[0].name = mem_strdup(map->world);
    map->places[0].address = mem_strdup(map->world);
    for (size_t i = 1; i <= map->place_count; i++) {
        struct place *p = &map->places[i];
        struct buf b = { 0 };

        buf_addf(&b, "%s:%s", map->places[p->parent].address, p->name); // parents come first
        p->address = buf_take(&b);
    }
}

static void index_children(struct map *map)
{
    uint32_t *next = NULL;

    map->children = mem_calloc(map->place_count, sizeof(*map->children));
    for (size_t i = 1; i <= map->place_count; i++)
        map->places[map->places[i].parent].children.count++;
    next = map->children;
    for (size_t i = 0; i <= map->place_count; i++) {
        map->places[i].children.ids = next;
        next += map->places[i].children.count;
        map->places[i].children.count = 0;
    }
    for (uint32_t i = 1; i <= map->place_count; i++) {
        struct map_ids *c = &map->places[map->places[i].parent].children;

        map->children[(size_t)(c->ids - map->children) + c->count++] = i;
    }
}

static void index_tiles(struct map *map)
{
    uint32_t n = map->width * map->height;
    size_t total = 0;

    for (uint32_t t = 0; t < n; t++) {
        for (uint32_t p = map->place_at[t]; p != MAP_NO_PLACE; p = map->places[p].parent) {
            map->places[p].tiles.count++;
            total++;
        }
    }
    map->tiles = mem_calloc(total, sizeof(*map->tiles));
    total = 0;
    for (size_t i = 1; i <= map->place_count; i++) {
        map->places[i].tiles.ids = map->tiles + total;
        total += map->places[i].tiles.count;
        map->places[i].tiles.count = 0;
    }
    for (uint32_t t = 0; t < n; t++) {
        for (uint32_t p = map->place_at[t]; p != MAP_NO_PLACE; p = map->places[p].parent) {
            struct map_ids *tiles = &map->places[p].tiles;

            map->tiles[(size_t)(tiles->ids - map->tiles) + tiles->count++] = t;
        }
    }
}

struct targets {
    uint32_t *ids;
    size_t count, cap;
};

static void add_target(struct targets *all, uint32_t tile)
{
    if (all->count == all->cap) {
        all->cap = mem_grow(all->cap, all->count + 1);
        all->ids = mem_realloc(all->ids, all->cap, sizeof(*all->ids));
    }
    all->ids[all->count++] = tile;
}

static int by_id(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/// Adds the neighbours of a place's tiles that can be entered, sorted, each once.
static void add_neighbours(const struct map *map, uint32_t place, bool own_arena,
                           struct targets *all)
{
    const struct place *p = &map->places[place];
    const uint32_t w = map->width;
    size_t first = all->count, kept = first;

    for (size_t i = 0; i < p->tiles.count; i++) {
        uint32_t t = p->tiles.ids[i];
        const uint32_t next[] = { t - w, t - 1, t + 1, t + w };

        for (unsigned d = 0; d < 4; d++) {
            if ((map->exits[t] & (1U << d)) != 0 &&
                (!own_arena || map_kind_at(map, next[d], MAP_ARENA) == p->parent))
                add_target(all, next[d]);
        }
    }
    if (all->count == first)
        return;
    qsort(all->ids + first, all->count - first, sizeof(*all->ids), by_id);
    for (size_t i = first; i < all->count; i++) {
        if (i == first || all->ids[i] != all->ids[kept - 1])
            all->ids[kept++] = all->ids[i];
    }
    all->count = kept;
}

static void index_targets(struct map *map)
{
    struct targets all = { 0 };
    size_t first = 0;

    for (uint32_t place = 1; place <= map->place_count; place++) {
        struct place *p = &map->places[place];

        first = all.count;
        for (size_t i = 0; i < p->tiles.count; i++) {
            if (!map->blocked[p->tiles.ids[i]])
                add_target(&all, p->tiles.ids[i]);
        }
        if (all.count == first && p->kind == MAP_OBJECT)
            add_neighbours(map, place, true, &all);
        if (all.count == first)
            add_neighbours(map, place, false, &all);
        p->targets.count = all.count - first;
    }
    map->targets = all.ids; // from here on nothing moves it
    first = 0;
    for (uint32_t place = 1; place <= map->place_count; place++) {
        map->places[place].targets.ids = map->targets == NULL ? NULL : map->targets + first;
        first += map->places[place].targets.count;
    }
}

void map_index(struct map *map)
{
    index_exits(map);
    index_addresses(map);
    index_children(map);
    index_tiles(map);
    index_targets(map);
}
