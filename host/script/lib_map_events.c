// What goes on at the map's places, of require "map": doing something there, and seeing it.

#include "script/lib_map_impl.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/services.h"

enum { MAX_PERCEPTS = 100 };

int l_map_act(lua_State *L)
{
    struct script_services *s = services_of(L);
    const char *name = luaL_checkstring(L, 1);
    uint32_t tile = map_check_tile(L, s->map, 2);
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

int l_map_use(lua_State *L)
{
    struct script_services *s = services_of(L);
    const char *name = luaL_checkstring(L, 1);
    uint32_t place = map_check_place(L, s->map, 2);
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

int l_map_leave(lua_State *L)
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

static void set_event(lua_State *L, const struct world_event *event)
{
    set_text(L, "subject", event->subject);
    set_text(L, "predicate", event->predicate);
    set_text(L, "object", event->object);
    set_text(L, "description", event->description);
}

static void push_percept(lua_State *L, const struct map *map, const struct world_percept *p)
{
    uint32_t place = p->where.is_place ? p->where.id : map_place_at(map, p->where.id);

    lua_createtable(L, 0, 6);
    set_text(L, "owner", p->event->owner);
    set_event(L, p->event);
    set_text(L, "address", map_address(map, place));
}

int l_map_perceive(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t tile = map_check_tile(L, s->map, 1);
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

int l_map_places_seen(lua_State *L)
{
    struct script_services *s = services_of(L);
    uint32_t tile = map_check_tile(L, s->map, 1);
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

int l_map_tile(lua_State *L)
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
        set_event(L, events[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "events");
    return 1;
}
