#include "world/map.h"

#include "world/paths.h"

static bool check_spawn(const struct map *map, struct paths *paths, size_t spawn, struct err *err)
{
    uint32_t from = map_spawn_tile(map, spawn);

    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        if (map_kind(map, place) != MAP_OBJECT ||
            paths_distance(paths, from, spot_place(place)) != PATHS_UNREACHABLE)
            continue;
        if (map_place_targets(map, place).count == 0)
            return err_set(err, "object `%s` is walled in: unblock a tile of it or beside it",
                           map_address(map, place));
        return err_set(err,
                       "object `%s` cannot be reached from spawn `%s` at tile (%u, %u): open "
                       "a way, or move the spawn",
                       map_address(map, place), map_spawn_name(map, spawn), from % map_width(map),
                       from / map_width(map));
    }
    return true;
}

static bool has_object(const struct map *map)
{
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        if (map_kind(map, place) == MAP_OBJECT)
            return true;
    }
    return false;
}

bool map_check(const struct map *map, struct err *err)
{
    struct paths *paths = NULL;
    bool ok = true;

    if (!has_object(map))
        return err_set(err, "the map has no object: add an object layer called `objects` with a "
                            "named rectangle on each thing that people can use");
    if (map_spawn_count(map) == 0)
        return err_set(err, "the map has no spawn: add an object layer called `spawns` with a "
                            "named point where somebody starts");
    paths = paths_new(map, PATHS_CACHE_BYTES);
    for (size_t i = 0; ok && i < map_spawn_count(map); i++)
        ok = check_spawn(map, paths, i, err);
    paths_free(paths);
    return ok;
}
