#pragma once
// The reader of Tiled's JSON maps, in three files: tiled.c (the map and its tilesets),
// tiled_layers.c (tile layers and groups) and tiled_objects.c (object layers). Only for those;
// others use map.h.

#include "text/json.h"
#include "world/map_draft.h"
#include "world/tileset.h"

/// The number of a tile; the four bits above it flip and turn its picture.
enum { TILED_GID_MASK = 0x0fffffff };

/// What an object layer is for, by its name.
enum tiled_use { TILED_SECTORS, TILED_ARENAS, TILED_OBJECTS, TILED_SPAWNS, TILED_COLLISION };

/// An object of such a layer, in tiles: x0 <= x < x1, y0 <= y < y1, within the map.
struct tiled_shape {
    enum tiled_use use;
    struct view layer, name; // borrowed from the document
    int64_t id;
    uint32_t x0, y0, x1, y1;
};

struct tiled {
    struct map_draft *draft;
    uint32_t width, height, tile_px;
    struct tileset *sets; // by ascending first_gid
    size_t set_count;
    uint32_t *tiles; // scratch, one per tile of the map
    struct tiled_shape *shapes;
    size_t shape_count, shape_cap;
    struct buf unused_layers; // names of object layers that have no use, for advice
};

/// Reads all layers of a map or group. dx, dy: the group's offset in pixels.
bool tiled_read_layers(struct tiled *t, const struct json *parent, double dx, double dy,
                       struct err *err) NODISCARD;
/// Collects the shapes of an object layer, if it has a use.
bool tiled_read_objects(struct tiled *t, const struct json *layer, double dx, double dy,
                        struct err *err) NODISCARD;
/// Puts all collected shapes into the draft.
bool tiled_place_shapes(struct tiled *t, struct err *err) NODISCARD;

/// A member that may be missing. Numbers: `fallback` then. Strings: an empty view.
bool tiled_number(const struct json *object, const char *key, double fallback, double *out,
                  struct err *err) NODISCARD;
bool tiled_string(const struct json *object, const char *key, struct view *out,
                  struct err *err) NODISCARD;
