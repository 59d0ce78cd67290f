// Ways over the map, of require "map".

#include "script/lib_map_impl.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/scratch.h"
#include "script/services.h"

// Where a walk to a place goes: to its nearest tile, or to the one that argument `arg` counts.
static struct spot check_goal(lua_State *L, const struct map *map, uint32_t place, int arg)
{
    struct map_ids targets = map_place_targets(map, place);
    lua_Integer seat = 0;

    if (lua_isnoneornil(L, arg))
        return spot_place(place);
    seat = luaL_checkinteger(L, arg);
    luaL_argcheck(L, seat >= 1 && seat <= (lua_Integer)targets.count, arg, "no such seat");
    return spot_tile(targets.ids[seat - 1]);
}

int l_map_room(lua_State *L)
{
    const struct map *map = services_of(L)->map;

    lua_pushinteger(L, (lua_Integer)map_place_targets(map, map_check_place(L, map, 1)).count);
    return 1;
}

// The number of moves in argument `arg`.
static uint32_t check_moves(lua_State *L, const struct map *map, int arg)
{
    lua_Integer most = luaL_checkinteger(L, arg);

    luaL_argcheck(L, most >= 1, arg, "must be at least 1 move");
    return most < (lua_Integer)map_tile_count(map) ? (uint32_t)most : map_tile_count(map);
}

static int push_unreachable(lua_State *L)
{
    lua_pushnil(L);
    lua_pushstring(L, "unreachable");
    return 2;
}

// Walks and pushes (what frees the path and) x, y and path. False if the goal cannot be reached.
static bool push_walk(lua_State *L, uint32_t from, struct spot goal, uint32_t moves, uint32_t *end)
{
    struct script_services *s = services_of(L);
    uint32_t count = paths_walk(s->paths, from, goal, moves, s->numbers);
    struct buf *path = NULL;

    if (count == PATHS_UNREACHABLE)
        return false;
    *end = count > 0 ? s->numbers[count - 1] : from;
    path = scratch_push(L);
    paths_add_moves(s->map, from, s->numbers, count, path);
    lua_pushinteger(L, *end % map_width(s->map));
    lua_pushinteger(L, *end / map_width(s->map));
    lua_pushlstring(L, buf_str(path), path->len);
    return true;
}

int l_map_walk(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = map_check_tile(L, s->map, 1), place = map_check_place(L, s->map, 3), end = 0;
    uint32_t moves = check_moves(L, s->map, 4);
    struct spot goal = check_goal(L, s->map, place, 5);

    if (!push_walk(L, from, goal, moves, &end))
        return push_unreachable(L);
    lua_pushboolean(L, end == paths_end(s->paths, end, goal));
    return 4;
}

int l_map_walk_up(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = map_check_tile(L, s->map, 1), moves = check_moves(L, s->map, 5), end = 0;
    struct spot goal = spot_tile(map_check_tile(L, s->map, 3));
    uint32_t distance = paths_distance(s->paths, from, goal);
    uint32_t beside = distance > 0 ? distance - 1 : 0; // the last tile is the other's

    return push_walk(L, from, goal, moves < beside ? moves : beside, &end) ? 3
                                                                           : push_unreachable(L);
}

int l_map_distance(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = map_check_tile(L, s->map, 1), place = map_check_place(L, s->map, 3);
    uint32_t distance = paths_distance(s->paths, from, spot_place(place));

    if (distance == PATHS_UNREACHABLE)
        return 0;
    lua_pushinteger(L, distance);
    return 1;
}
