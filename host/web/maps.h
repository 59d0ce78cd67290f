#pragma once
// The maps that runs were made on, and those that ship, as the map pages need them.

#include "base/buf.h"
#include "base/err.h"

struct map;
struct maps;
struct paths;
struct web;

/// A map file as it was read. Borrowed from the cache until the next maps_get.
struct map_file {
    char *id, *path;
    struct buf text; // the .tmj
    struct map *map;
    struct paths *paths;
    char **pictures; // paths of the tilesets' pictures, in the order of the file
    size_t picture_count;
};

/// The map of this id: that of a run, or one that ships, by its name ("house"). NULL on error.
struct map_file *maps_get(struct web *w, const char *id, struct err *err);
