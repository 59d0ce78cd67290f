// Hypothesis: no text makes the map reader read or write out of bounds, leak, hang or abort: it
// gives a map whose places, targets and exits fit together, or an error with a message. The first
// byte chooses what the rest is: a map, or a tileset in XML or JSON.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "world/map.h"
#include "world/paths.h"
#include "world/tileset.h"
#include "world/world.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_place(const struct map *map, struct paths *paths, uint32_t place)
{
    struct map_ids tiles = map_place_tiles(map, place), ends = map_place_targets(map, place);

    require(map_parent(map, place) < place);
    require(map_find(map, view_of(map_address(map, place))) == place);
    require(tiles.count > 0);
    for (size_t i = 0; i < tiles.count; i++) {
        require(tiles.ids[i] < map_tile_count(map));
        require(map_kind_at(map, tiles.ids[i], map_kind(map, place)) == place);
    }
    for (size_t i = 0; i < ends.count; i++) {
        require(!map_is_blocked(map, ends.ids[i]));
        require(i == 0 || ends.ids[i - 1] < ends.ids[i]);
        require(paths_distance(paths, ends.ids[i], spot_place(place)) == 0);
    }
}

static void check_map(const struct map *map)
{
    struct paths *paths = paths_new(map, 1 << 20);
    struct world *world = world_new(map);
    struct world_percept seen[8];
    struct err err = { { 0 } };

    require(map_check(map, &err) || err.text[0] != '\0');
    require(map_equal(map, map));
    for (uint32_t place = 1; place <= map_place_count(map) && place <= 20; place++)
        check_place(map, paths, place);
    for (uint32_t tile = 0; tile < map_tile_count(map) && tile < 100; tile++)
        require(world_perceive(world, tile, 8, 8, seen) <= 8);
    world_free(world);
    paths_free(paths);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view text = { .data = (const char *)data + 1, .len = size - 1 };
    struct err err = { { 0 } };
    struct tileset set = { 0 };
    struct map *map = NULL;
    bool ok = false;

    if (size == 0)
        return 0;
    if (data[0] == 'x' || data[0] == 'j') {
        ok = data[0] == 'x' ? tileset_parse_xml(&set, text, &err)
                            : tileset_parse_json(&set, text, &err);
        require(ok || err.text[0] != '\0');
        tileset_fini(&set);
        return 0;
    }
    map = map_parse(text, NULL, &err);
    require(map != NULL || err.text[0] != '\0');
    if (map != NULL)
        check_map(map);
    map_free(map);
    return 0;
}
