#pragma once
// Shared by the files of require "map", for lib_map*.c only.
//
// lib_map.c         places: names, addresses, spawns
// lib_map_ways.c    ways to them
// lib_map_events.c  what goes on there

#include <stdint.h>

struct lua_State;
struct map;

/// Arguments `x_arg` and the next as a tile; raises if it is not on the map.
uint32_t map_check_tile(struct lua_State *L, const struct map *map, int x_arg);
/// Argument `arg`, an address, as a place; raises if the map has none of this name.
uint32_t map_check_place(struct lua_State *L, const struct map *map, int arg);

int l_map_room(struct lua_State *L);
int l_map_walk(struct lua_State *L);
int l_map_walk_up(struct lua_State *L);
int l_map_distance(struct lua_State *L);

int l_map_act(struct lua_State *L);
int l_map_use(struct lua_State *L);
int l_map_leave(struct lua_State *L);
int l_map_perceive(struct lua_State *L);
int l_map_places_seen(struct lua_State *L);
int l_map_tile(struct lua_State *L);
