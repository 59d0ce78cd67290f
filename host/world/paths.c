#include "world/paths.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "world/map_data.h"

/// The distances from all tiles to one goal.
struct field {
    struct field *newer, *older; // in the order of last use
    size_t slot;
    uint32_t *moves; // by tile; PATHS_UNREACHABLE also for blocked tiles
    uint32_t *end;   // by tile: the goal's tile that is nearest
    uint32_t data[]; // both
};

struct paths {
    const struct map *map;
    uint32_t tile_count;
    uint32_t step[4];      // added to a tile for the exits up, left, right, down; wraps around
    uint32_t *queue;       // one entry per tile
    struct field **fields; // by slot: tiles, then places
    struct field *newest, *oldest;
    size_t field_bytes, max_fields, field_count, searches;
};

struct paths *paths_new(const struct map *map, size_t cache_bytes)
{
    struct paths *p = mem_calloc(1, sizeof(*p));
    uint32_t w = map_width(map);

    p->map = map;
    p->tile_count = map_tile_count(map);
    p->step[0] = 0 - w;
    p->step[1] = 0 - 1U;
    p->step[2] = 1;
    p->step[3] = w;
    p->queue = mem_calloc(p->tile_count, sizeof(*p->queue));
    p->fields = mem_calloc(p->tile_count + map_place_count(map) + 1, sizeof(struct field *));
    p->field_bytes = sizeof(struct field) + 2 * sizeof(uint32_t) * (size_t)p->tile_count;
    p->max_fields = cache_bytes / p->field_bytes;
    return p;
}

static void unlink_field(struct paths *p, struct field *f)
{
    *(f->newer != NULL ? &f->newer->older : &p->newest) = f->older;
    *(f->older != NULL ? &f->older->newer : &p->oldest) = f->newer;
    p->fields[f->slot] = NULL;
    p->field_count--;
}

static void link_newest(struct paths *p, struct field *f)
{
    f->newer = NULL;
    f->older = p->newest;
    *(p->newest != NULL ? &p->newest->newer : &p->oldest) = f;
    p->newest = f;
    p->fields[f->slot] = f;
    p->field_count++;
}

void paths_free(struct paths *p)
{
    if (p == NULL)
        return;
    while (p->oldest != NULL) {
        struct field *f = p->oldest;

        unlink_field(p, f);
        free(f);
    }
    free(p->queue);
    free(p->fields);
    free(p);
}

/// Breadth-first search from all tiles of the goal at once. The queue starts in ascending order of
/// the goal's tiles, so the tiles of each distance are queued in the order of their end, and each
/// tile gets the lowest of its nearest ends.
static void search(struct paths *p, struct field *f, struct map_ids goal)
{
    size_t head = 0, tail = 0;

    for (uint32_t i = 0; i < p->tile_count; i++)
        f->moves[i] = PATHS_UNREACHABLE;
    for (size_t i = 0; i < goal.count; i++) {
        f->moves[goal.ids[i]] = 0;
        f->end[goal.ids[i]] = goal.ids[i];
        p->queue[tail++] = goal.ids[i];
    }
    while (head < tail) {
        uint32_t tile = p->queue[head++];
        unsigned exits = p->map->exits[tile];

        for (unsigned d = 0; d < 4; d++) {
            uint32_t next = tile + p->step[d];

            if ((exits & (1U << d)) != 0 && f->moves[next] == PATHS_UNREACHABLE) {
                f->moves[next] = f->moves[tile] + 1;
                f->end[next] = f->end[tile];
                p->queue[tail++] = next;
            }
        }
    }
    p->searches++;
}

static const struct field *field_of(struct paths *p, struct spot to)
{
    size_t slot = to.is_place ? p->tile_count + (size_t)to.id : to.id;
    struct field *f = p->fields[slot];
    struct map_ids goal = { .ids = &to.id, .count = 1 };

    assert(to.is_place ? to.id >= 1 && to.id <= map_place_count(p->map) : to.id < p->tile_count);
    if (f != NULL) {
        unlink_field(p, f);
        link_newest(p, f);
        return f;
    }
    if (p->field_count > 0 && p->field_count >= p->max_fields) {
        f = p->oldest;
        unlink_field(p, f);
    } else {
        f = mem_calloc(1, p->field_bytes);
        f->moves = f->data;
        f->end = f->data + p->tile_count;
    }
    if (to.is_place)
        goal = map_place_targets(p->map, to.id);
    else if (map_is_blocked(p->map, to.id))
        goal.count = 0;
    f->slot = slot;
    search(p, f, goal);
    link_newest(p, f);
    return f;
}

/// The neighbour to go to next: the nearest to the goal; of equally near ones the one with the
/// lowest end, then the lowest number. `tile` itself if none is any use.
static uint32_t best_exit(const struct paths *p, const struct field *f, uint32_t tile)
{
    unsigned exits = p->map->exits[tile];
    uint32_t best = tile, moves = PATHS_UNREACHABLE, end = PATHS_UNREACHABLE;

    for (unsigned d = 0; d < 4; d++) {
        uint32_t next = tile + p->step[d];

        if ((exits & (1U << d)) == 0 || f->moves[next] == PATHS_UNREACHABLE)
            continue;
        if (f->moves[next] < moves || (f->moves[next] == moves && f->end[next] < end)) {
            best = next;
            moves = f->moves[next];
            end = f->end[next];
        }
    }
    return best;
}

/// Where the field takes over: `from`, or the tile to step to if `from` is blocked.
static bool start(const struct paths *p, const struct field *f, uint32_t from, struct spot to,
                  uint32_t *first)
{
    *first = from;
    if (!map_is_blocked(p->map, from))
        return f->moves[from] != PATHS_UNREACHABLE;
    if (!to.is_place && to.id == from)
        return true;
    *first = best_exit(p, f, from);
    return *first != from;
}

uint32_t paths_distance(struct paths *p, uint32_t from, struct spot to)
{
    const struct field *f = field_of(p, to);
    uint32_t first = 0;

    assert(from < p->tile_count);
    if (!start(p, f, from, to, &first))
        return PATHS_UNREACHABLE;
    if (first != from)
        return f->moves[first] + 1;
    return map_is_blocked(p->map, from) ? 0 : f->moves[from];
}

uint32_t paths_end(struct paths *p, uint32_t from, struct spot to)
{
    const struct field *f = field_of(p, to);
    uint32_t first = 0;

    assert(from < p->tile_count);
    if (!start(p, f, from, to, &first))
        return PATHS_UNREACHABLE;
    return map_is_blocked(p->map, first) ? first : f->end[first];
}

uint32_t paths_walk(struct paths *p, uint32_t from, struct spot to, uint32_t max_moves,
                    uint32_t *tiles)
{
    const struct field *f = field_of(p, to);
    uint32_t tile = 0, n = 0;

    assert(from < p->tile_count);
    if (!start(p, f, from, to, &tile))
        return PATHS_UNREACHABLE;
    if (tile != from && max_moves > 0)
        tiles[n++] = tile;
    while (n < max_moves && !map_is_blocked(p->map, tile) && f->moves[tile] > 0) {
        // Among the nearest neighbours best_exit takes the one with the lowest end, and that is the
        // end of this tile too.
        tile = best_exit(p, f, tile);
        tiles[n++] = tile;
    }
    return n;
}

size_t paths_cached_bytes(const struct paths *p)
{
    return p->field_count * p->field_bytes;
}

size_t paths_searches(const struct paths *p)
{
    return p->searches;
}

static char move_to(const struct map *map, uint32_t from, uint32_t to)
{
    if (to == from + 1)
        return 'R';
    if (to + 1 == from)
        return 'L';
    return to == from + map_width(map) ? 'D' : 'U';
}

void paths_add_moves(const struct map *map, uint32_t from, const uint32_t *tiles, uint32_t count,
                     struct buf *out)
{
    for (uint32_t i = 0; i < count;) {
        char move = move_to(map, from, tiles[i]);
        uint32_t length = 0;
        while (i < count && move_to(map, from, tiles[i]) == move) {
            from = tiles[i++];
            length++;
        }
        buf_addf(out, "%c%u", move, length);
    }
}
