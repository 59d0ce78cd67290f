// require "map": the places of the household's map, ways between them, and what goes on there.

#include "script/lib_map.h"

#include <string.h>

#include <lauxlib.h>
#include <lua.h>

#include "base/buf.h"
#include "script/services.h"

enum { MAX_PERCEPTS = 100 };

static uint32_t check_tile(lua_State *L, const struct map *map, int x_arg)
{
    lua_Integer x = luaL_checkinteger(L, x_arg), y = luaL_checkinteger(L, x_arg + 1);

    if (x < 0 || y < 0 || x >= (lua_Integer)map_width(map) || y >= (lua_Integer)map_height(map))
        luaL_error(L, "tile %d, %d is not on the map", (int)x, (int)y);
    return (uint32_t)(x + y * (lua_Integer)map_width(map));
}

static uint32_t check_place(lua_State *L, const struct map *map, int arg)
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

    return push_children(L, map, check_place(L, map, 1));
}

static int l_objects(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    uint32_t place = 0;

    luaL_checkstring(L, 1);
    luaL_checkstring(L, 2);
    lua_pushfstring(L, "%s:%s", lua_tostring(L, 1), lua_tostring(L, 2)); // address
    place = check_place(L, map, lua_gettop(L));
    return push_children(L, map, place);
}

static int l_address(lua_State *L)
{
    const struct map *map = services_of(L)->map;
    uint32_t tile = check_tile(L, map, 1);

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

static char move_letter(int64_t delta, uint32_t width)
{
    if (delta == 1)
        return 'R';
    if (delta == -1)
        return 'L';
    return delta == (int64_t)width ? 'D' : 'U';
}

// Pushes the moves as run-length text, "R3D2".
static void push_path(lua_State *L, uint32_t from, const uint32_t *tiles, uint32_t count,
                      uint32_t width)
{
    luaL_Buffer b;

    luaL_buffinit(L, &b);
    for (uint32_t i = 0; i < count;) {
        char letter = move_letter((int64_t)tiles[i] - (int64_t)from, width), text[16];
        uint32_t run = 0;
        while (i < count && move_letter((int64_t)tiles[i] - (int64_t)from, width) == letter) {
            from = tiles[i++];
            run++;
        }
        lua_Integer n = run;
        luaL_addchar(&b, letter);
        luaL_addlstring(&b, text, (size_t)lua_integer2str(text, sizeof(text), n));
    }
    luaL_pushresult(&b);
}

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

static int l_room(lua_State *L)
{
    const struct map *map = services_of(L)->map;

    lua_pushinteger(L, (lua_Integer)map_place_targets(map, check_place(L, map, 1)).count);
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

// Walks and pushes x, y and path; returns where it ends. The goal can be reached.
static uint32_t push_walk(lua_State *L, uint32_t from, struct spot goal, uint32_t moves)
{
    struct script_services *s = services_of(L);
    uint32_t count = moves > 0 ? paths_walk(s->paths, from, goal, moves, s->numbers) : 0;
    uint32_t end = count > 0 ? s->numbers[count - 1] : from;

    lua_pushinteger(L, end % map_width(s->map));
    lua_pushinteger(L, end / map_width(s->map));
    push_path(L, from, s->numbers, count, map_width(s->map));
    return end;
}

static int l_walk(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = check_tile(L, s->map, 1), place = check_place(L, s->map, 3), end = 0;
    uint32_t moves = check_moves(L, s->map, 4);
    struct spot goal = check_goal(L, s->map, place, 5);

    if (paths_distance(s->paths, from, goal) == PATHS_UNREACHABLE)
        return push_unreachable(L);
    end = push_walk(L, from, goal, moves);
    lua_pushboolean(L, end == paths_end(s->paths, end, goal));
    return 4;
}

static int l_walk_up(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = check_tile(L, s->map, 1), moves = check_moves(L, s->map, 5), distance = 0;
    struct spot goal = spot_tile(check_tile(L, s->map, 3));

    distance = paths_distance(s->paths, from, goal);
    if (distance == PATHS_UNREACHABLE)
        return push_unreachable(L);
    if (distance > 0)
        distance--; // the last tile is the other's
    push_walk(L, from, goal, moves < distance ? moves : distance);
    return 3;
}

static int l_distance(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t from = check_tile(L, s->map, 1), place = check_place(L, s->map, 3);
    uint32_t distance = paths_distance(s->paths, from, spot_place(place));

    if (distance == PATHS_UNREACHABLE)
        return 0;
    lua_pushinteger(L, distance);
    return 1;
}

static int l_act(lua_State *L)
{
    struct script_services *s = services_of(L);
    const char *name = luaL_checkstring(L, 1);
    uint32_t tile = check_tile(L, s->map, 2);
    struct world_event event = { .owner = name,
                                 .subject = luaL_checkstring(L, 4),
                                 .predicate = luaL_checkstring(L, 5),
                                 .object = luaL_checkstring(L, 6),
                                 .description = luaL_checkstring(L, 7) };

    luaL_argcheck(L, name[0] != '\0', 1, "must not be empty");
    luaL_argcheck(L, event.subject[0] != '\0', 4, "must not be empty");
    world_set_event(s->world, spot_tile(tile), &event);
    return 0;
}

static int l_use(lua_State *L)
{
    struct script_services *s = services_of(L);
    const char *name = luaL_checkstring(L, 1);
    uint32_t place = check_place(L, s->map, 2);
    struct world_event event = { .owner = name,
                                 .subject = map_address(s->map, place),
                                 .predicate = "is",
                                 .object = luaL_checkstring(L, 3),
                                 .description = luaL_checkstring(L, 4) };

    luaL_argcheck(L, name[0] != '\0', 1, "must not be empty");
    luaL_argcheck(L, map_kind(s->map, place) == MAP_OBJECT, 2, "is no object that can be used");
    world_set_event(s->world, spot_place(place), &event);
    return 0;
}

static int l_leave(lua_State *L)
{
    struct script_services *s = services_of(L);

    world_remove_owner(s->world, luaL_checkstring(L, 1));
    return 0;
}

static void set_text(lua_State *L, const char *name, const char *text)
{
    lua_pushstring(L, text);
    lua_setfield(L, -2, name);
}

static void push_percept(lua_State *L, const struct map *map, const struct world_percept *p)
{
    uint32_t place = p->where.is_place ? p->where.id : map_place_at(map, p->where.id);

    lua_createtable(L, 0, 6);
    set_text(L, "owner", p->event->owner);
    set_text(L, "subject", p->event->subject);
    set_text(L, "predicate", p->event->predicate);
    set_text(L, "object", p->event->object);
    set_text(L, "description", p->event->description);
    set_text(L, "address", map_address(map, place));
}

static int l_perceive(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t tile = check_tile(L, s->map, 1);
    lua_Integer radius = luaL_checkinteger(L, 3), most = luaL_checkinteger(L, 4);
    struct service_resident *r = services_resident(L, 5);
    bool always = lua_toboolean(L, 6);
    struct world_percept percepts[MAX_PERCEPTS];
    uint64_t version = 0;
    size_t count = 0;

    luaL_argcheck(L, radius >= 0 && radius <= MAP_MAX_SIDE, 3, "must be 0 to 1024 tiles");
    luaL_argcheck(L, most >= 0 && most <= MAX_PERCEPTS, 4, "must be 0 to 100 events");
    version = world_version_at(s->world, tile);
    if (!always && r->look.version == version && r->look.tile == tile)
        return 0; // the same scene as at the last look
    r->look.version = version;
    r->look.tile = tile;
    count = world_perceive(s->world, tile, (uint32_t)radius, (size_t)most, percepts);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        push_percept(L, s->map, &percepts[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int l_places_seen(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t tile = check_tile(L, s->map, 1);
    lua_Integer radius = luaL_checkinteger(L, 3);
    size_t count = 0;

    luaL_argcheck(L, radius >= 0 && radius <= MAP_MAX_SIDE, 3, "must be 0 to 1024 tiles");
    count = world_places_near(s->map, tile, (uint32_t)radius, s->numbers);
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(L, map_address(s->map, s->numbers[i]));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int l_tile(lua_State *L)
{
    const struct script_services *s = services_of(L);
    lua_Integer x = luaL_checkinteger(L, 1), y = luaL_checkinteger(L, 2);
    const struct world_event *events[MAX_PERCEPTS];
    size_t count = 0;
    uint32_t tile = 0;

    if (x < 0 || y < 0 || x >= map_width(s->map) || y >= map_height(s->map))
        return 0;
    tile = (uint32_t)(x + y * (lua_Integer)map_width(s->map));
    count = world_events_of(s->world, spot_tile(tile), events, MAX_PERCEPTS);
    lua_createtable(L, 0, 3);
    set_text(L, "address", map_address(s->map, map_place_at(s->map, tile)));
    lua_pushboolean(L, map_is_blocked(s->map, tile));
    lua_setfield(L, -2, "blocked");
    lua_newtable(L); // tile events
    for (size_t i = 0; i < count && i < MAX_PERCEPTS; i++) {
        lua_createtable(L, 0, 4);
        set_text(L, "subject", events[i]->subject);
        set_text(L, "predicate", events[i]->predicate);
        set_text(L, "object", events[i]->object);
        set_text(L, "description", events[i]->description);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "events");
    return 1;
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
    { "room", l_room, SCRIPT_EFFECT },
    { "walk", l_walk, SCRIPT_EFFECT },
    { "walk_up", l_walk_up, SCRIPT_EFFECT },
    { "distance", l_distance, SCRIPT_EFFECT },
    { "act", l_act, SCRIPT_EFFECT },
    { "use", l_use, SCRIPT_EFFECT },
    { "leave", l_leave, SCRIPT_EFFECT },
    { "perceive", l_perceive, SCRIPT_EFFECT },
    { "places_seen", l_places_seen, SCRIPT_EFFECT },
    { "tile", l_tile, SCRIPT_EFFECT },
    { NULL, NULL, SCRIPT_PURE },
};

const struct script_module lib_map = { .name = "map", .functions = functions };
