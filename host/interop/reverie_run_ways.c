// The ways between the tiles of a run: the original's files say only where everybody is at the end
// of a step, which may be many tiles further on.
#include <stdlib.h>

#include "base/mem.h"
#include "interop/reverie_run_rows.h"
#include "world/map.h"
#include "world/paths.h"

struct finder {
    struct reverie_run *run;
    const struct map *map;
    struct paths *paths;
    uint32_t *tiles; // of a way; room for all of the map
};

static bool is_on(const struct map *map, int x, int y)
{
    return x >= 0 && y >= 0 && (uint32_t)x < map_width(map) && (uint32_t)y < map_height(map);
}

static void find_way(struct finder *f, struct reverie_step *s, int x, int y)
{
    uint32_t width = map_width(f->map), from = 0, to = 0, count = 0;
    struct buf moves = { 0 };

    if (s->path != NULL || (x == s->x && y == s->y))
        return;
    if (is_on(f->map, x, y) && is_on(f->map, s->x, s->y)) {
        from = (uint32_t)y * width + (uint32_t)x;
        to = (uint32_t)s->y * width + (uint32_t)s->x;
        count = paths_walk(f->paths, from, spot_tile(to), map_tile_count(f->map), f->tiles);
    } else {
        count = PATHS_UNREACHABLE;
    }
    if (count == PATHS_UNREACHABLE) {
        f->run->jumps++;
        return;
    }
    paths_add_moves(f->map, from, f->tiles, count, &moves);
    s->path = buf_take(&moves);
    f->run->ways++;
}

void reverie_run_find_ways(struct reverie_run *run, const struct map *map, struct paths *paths)
{
    struct finder f = { .run = run, .map = map, .paths = paths };

    f.tiles = mem_calloc(map_tile_count(map), sizeof(*f.tiles));
    for (size_t i = 0; i < run->resident_count; i++) {
        struct reverie_resident *r = &run->residents[i];
        for (size_t n = 0; n < r->step_count; n++) {
            if (n > 0)
                find_way(&f, &r->steps[n], r->steps[n - 1].x, r->steps[n - 1].y);
            else if (r->has_first)
                find_way(&f, &r->steps[0], r->first_x, r->first_y);
        }
    }
    free(f.tiles);
}
