#pragma once
// The map folders of the original system ("matrix"): maze_meta_info.json; maze/*.csv, one block id
// per tile and layer; special_blocks/*.csv, what the ids mean:
//
//   sector_blocks.csv            32135, the Ville, Hobbs Cafe
//   arena_blocks.csv             32171, the Ville, Hobbs Cafe, cafe
//   game_object_blocks.csv       32227, the Ville, <all>, bed         (<all>: wherever it stands)
//   spawning_location_blocks.csv 32285, the Ville, Hobbs Cafe, cafe, sp-A
//   world_blocks.csv             32134, the Ville
//
// Block 0 is nothing; any other block of collision_maze.csv blocks its tile (the original's is
// 32125).

#include "world/map.h"

/// True if a folder holds a matrix map.
bool matrix_is_folder(const char *folder);

/// Reads a matrix folder. NULL on error; the message names file and line or tile. The world is
/// called as in world_blocks.csv; a spawn "sector:arena:sp-A". Free with map_free.
struct map *matrix_load(const char *folder, struct err *err) NODISCARD;

/// True if a path may be a Tiled map (a .json or .tmj file).
bool matrix_is_tiled(const char *path);

/// Reads a Tiled map made the original's way, with its special_blocks/ (see matrix_tiled.h), as
/// matrix_load reads a folder. NULL on error. Free with map_free.
struct map *matrix_load_tiled(const char *file, struct err *err) NODISCARD;

/// Writes any map as a Tiled map with a plain picture of its tiles beside it ("x.tmj" and
/// "x-tiles.png"). map_load reads an equal map from it.
bool matrix_write_tmj(const struct map *map, const char *path, struct err *err) NODISCARD;
