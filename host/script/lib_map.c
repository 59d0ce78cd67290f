// require "map": the places of the household's map.

#include "script/lib_map.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "script/lib_map_impl.h"
#include "script/services.h"

uint32_t map_check_tile(lua_State *L, const struct map *map, int x_arg)
{
    lua_Integer x = luaL_checkinteger(L, x_arg), y = luaL_checkinteger(L, x_arg + 1);

    if (x < 0 || y < 0 || x >= (lua_Integer)map_width(map) || y >= (lua_Integer)map_height(map))
        luaL_error(L, "tile %d, %d is not on the map", (int)x, (int)y);
    return (uint32_t)(x + y * (lua_Integer)map_width(map));
}

uint32_t map_check_place(lua_State *L, const struct map *map, int arg)
{
    struct view address = { 0 };
    uint32_t place = 0;

    address.data = luaL_checklstring(L, arg, &address.len);
    place = map_find(map, address);
    if (place == MAP_NO_PLACE)
        luaL_error(L, "the map has no place '%s'", address.data);
    return place;
}

static int l_world(lua_State *L)
{
    lua_pushstring(L, map_world(services_of(L)->map));
    return 1;
}

static int l_constraint(lua_State *L)
{
    const char *text = map_special_constraint(services_of(L)->map);

    lua_pushstring(L, text[0] != '\0' ? text : "free to go where they like");
    return 1;
}

static int push_children(lua_State *L, const struct map *map, uint32_t place)
{
    struct map_ids ids = map_children(map, place);

    lua_createtable(L, (int)ids.count, 0);
    for (size_t i = 0; i < ids.count; i++) {
        lua_pushstring(L, map_name(map, ids.ids[i]));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int l_sectors(lua_State *L)
{
    return push_children(L, services_of(L)->map, MAP_NO_PLACE);
}

static int l_arenas(lua_State *L)
{
    const struct map *map = services_of(L)->map;

    return push_children(L, map, map_check_place(L, map, 1));
}

static int l_objects(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    uint32_t place = 0;

    luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_pushfstring(L, "%s:%s", lua_tostring(L, 1), lua_tostring(L, 2)); // address
    place = map_check_place(L, map, lua_gettop(L));
    return push_children(L, map, place);
}

static int l_address(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    uint32_t tile = map_check_tile(L, map, 1);

    lua_pushstring(L, map_address(map, map_place_at(map, tile)));
    return 1;
}

static int l_find(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    struct view address = { 0 };
    uint32_t place = 0;

    address.data = luaL_checklstring(L, 1, &address.len);
    place = map_find(map, address);
    if (place == MAP_NO_PLACE)
        return 0;
    lua_pushstring(L, map_address(map, place));
    return 1;
}

// The first tile of the first place that has this name, whatever it is in.
static bool find_named_place(const struct map *map, const char *name, uint32_t *tile)
{
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        struct map_ids targets = map_place_targets(map, place);
        if (strcmp(map_name(map, place), name) == 0 && targets.count > 0) {
            *tile = targets.ids[0];
            return true;
        }
    }
    return false;
}

// The first tile of the place with this address: "sector:arena".
static bool find_address(const struct map *map, const char *address, uint32_t *tile)
{
    uint32_t place = map_find(map, view_of(address));
    struct map_ids targets = { 0 };

    if (place != MAP_NO_PLACE)
        targets = map_place_targets(map, place);
    if (targets.count > 0)
        *tile = targets.ids[0];
    return targets.count > 0;
}

// A spawn in the place of this name: maps of the original call them "sector:arena:sp-A".
static bool find_spawn_in(const struct map *map, const char *name, uint32_t *tile)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < map_spawn_count(map); i++) {
        const char *spawn = map_spawn_name(map, i), *hit = strstr(spawn, name);
        if (hit != NULL && (hit == spawn || hit[-1] == ':') &&
            (hit[len] == '\0' || hit[len] == ':')) {
            *tile = map_spawn_tile(map, i);
            return true;
        }
    }
    return false;
}

static int l_spawn(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    const char *name = luaL_checkstring(L, 1);
    uint32_t tile = 0;

    luaL_argcheck(L, name[0] != '\0', 1, "must not be empty");
    if (!map_find_spawn(map, name, &tile) && !find_spawn_in(map, name, &tile) &&
        !find_named_place(map, name, &tile) && !find_address(map, name, &tile)) {
        if (map_spawn_count(map) == 0)
            return luaL_error(L, "the map has no spawn and no place '%s' to start at", name);
        tile = map_spawn_tile(map, 0);
    }
    lua_pushinteger(L, tile % map_width(map));
    lua_pushinteger(L, tile / map_width(map));
    return 2;
}

static const struct script_function functions[] = {
    { "world", l_world, SCRIPT_EFFECT },
    { "constraint", l_constraint, SCRIPT_EFFECT },
    { "sectors", l_sectors, SCRIPT_EFFECT },
    { "arenas", l_arenas, SCRIPT_EFFECT },
    { "objects", l_objects, SCRIPT_EFFECT },
    { "address", l_address, SCRIPT_EFFECT },
    { "find", l_find, SCRIPT_EFFECT },
    { "spawn", l_spawn, SCRIPT_EFFECT },
    { "room", l_map_room, SCRIPT_EFFECT },
    { "walk", l_map_walk, SCRIPT_EFFECT },
    { "walk_up", l_map_walk_up, SCRIPT_EFFECT },
    { "distance", l_map_distance, SCRIPT_EFFECT },
    { "act", l_map_act, SCRIPT_EFFECT },
    { "use", l_map_use, SCRIPT_EFFECT },
    { "leave", l_map_leave, SCRIPT_EFFECT },
    { "perceive", l_map_perceive, SCRIPT_EFFECT },
    { "places_seen", l_map_places_seen, SCRIPT_EFFECT },
    { "tile", l_map_tile, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_map = { .name = "map", .functions = functions };
