#pragma once
// Maps drawn as text, and a breadth-first search that shares no code with the one under test.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/map_draft.h"

/// A map from rows of equal length that each end with a newline; '#' blocks. One sector, without
/// arenas. Aborts on malformed text.
static inline struct map *grid_map(const char *rows)
{
    struct err err = { { 0 } };
    uint32_t width = (uint32_t)strcspn(rows, "\n");
    uint32_t height = (uint32_t)(strlen(rows) / (width + 1));
    struct map_draft *draft = map_draft_new(width, height, 32);
    uint32_t *all = mem_calloc((size_t)width * height, sizeof(*all));
    struct map *map = NULL;

    for (uint32_t i = 0; i < width * height; i++) {
        all[i] = i;
        if (rows[i + i / width] == '#')
            map_draft_block(draft, i);
    }
    if (!map_draft_set_property(draft, view_of("world"), view_of("W"), &err) ||
        !map_draft_paint(draft, MAP_SECTOR, view_of("all"),
                         (struct map_ids){ .ids = all, .count = (size_t)width * height }, &err))
        abort();
    map = map_draft_finish(draft, (struct hash){ { 0 } }, &err);
    if (map == NULL)
        abort();
    map_draft_free(draft);
    free(all);
    return map;
}

/// The distance of every tile from `start`, -1 if out of reach. Relaxes until nothing changes any
/// more, row by row: slow, and nothing like a queue. Caller frees.
static inline int *grid_distances(const struct map *map, uint32_t start)
{
    int w = (int)map_width(map), h = (int)map_height(map);
    int *d = mem_calloc((size_t)(w * h), sizeof(*d));
    bool changed = true;

    for (int i = 0; i < w * h; i++)
        d[i] = i == (int)start ? 0 : -1;
    while (changed) {
        changed = false;
        for (int i = 0; i < w * h; i++) {
            int x = i % w, y = i / w;
            const int near[4] = { x > 0 ? d[i - 1] : -1, x + 1 < w ? d[i + 1] : -1,
                                  y > 0 ? d[i - w] : -1, y + 1 < h ? d[i + w] : -1 };

            if (map_is_blocked(map, (uint32_t)i))
                continue;
            for (int k = 0; k < 4; k++) {
                if (near[k] >= 0 && (d[i] < 0 || near[k] + 1 < d[i])) {
                    d[i] = near[k] + 1;
                    changed = true;
                }
            }
        }
    }
    return d;
}

/// True if `tiles` is a way of `count` single moves from `from` over free tiles.
static inline bool grid_is_way(const struct map *map, uint32_t from, const uint32_t *tiles,
                               size_t count)
{
    uint32_t w = map_width(map);

    for (size_t i = 0; i < count; i++) {
        uint32_t a = i == 0 ? from : tiles[i - 1], b = tiles[i];
        uint32_t ax = a % w, ay = a / w, bx = b % w, by = b / w;
        uint32_t dx = ax > bx ? ax - bx : bx - ax, dy = ay > by ? ay - by : by - ay;

        if (map_is_blocked(map, b) || dx + dy != 1)
            return false;
    }
    return true;
}
