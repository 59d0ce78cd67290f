#include "interop/matrix.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/matrix_png.h"
#include "text/json.h"

/// Tiles of the picture, counted from 1 as Tiled does; 0 is nothing.
enum {
    OUTSIDE = 1,
    GROUNDS,
    FLOORS,
    FLOOR_COUNT = 8,
    WALL = FLOORS + FLOOR_COUNT,
    THING,
    TILES = THING
};

static const uint32_t colours[TILES] = {
    0x9cc27a, 0xcfc7b4,                               // grass, paving
    0xe8d3b0, 0xd9e2ec, 0xf0d9d9, 0xdcebd8, 0xe6dcf0, // floors
    0xf4e7c0, 0xd3e6e4, 0xeadfd2,                     //
    0x5d5666, 0xb07d4f,                               // wall, thing
};

struct writer {
    const struct map *map;
    struct buf out;
    unsigned layers, objects; // ids given so far
};

static void add_member(struct buf *out, const char *key, const char *value)
{
    buf_addf(out, "\"%s\":", key);
    json_add_string(out, view_of(value));
}

static void add_property(struct buf *out, const char *name, const char *value)
{
    buf_add_str(out, "{");
    add_member(out, "name", name);
    buf_add_str(out, ",\"type\":\"string\",");
    add_member(out, "value", value);
    buf_add_str(out, "}");
}

static uint32_t ground_tile(const struct map *map, uint32_t tile)
{
    uint32_t sector = map_kind_at(map, tile, MAP_SECTOR);
    uint32_t arena = map_kind_at(map, tile, MAP_ARENA);
    struct map_ids arenas = map_children(map, sector);
    uint32_t i = 0;

    if (sector == MAP_NO_PLACE)
        return OUTSIDE;
    if (arena == MAP_NO_PLACE)
        return GROUNDS;
    while (arenas.ids[i] != arena)
        i++;
    return FLOORS + i % FLOOR_COUNT;
}

static uint32_t wall_tile(const struct map *map, uint32_t tile)
{
    return map_is_blocked(map, tile) ? WALL : 0;
}

static uint32_t thing_tile(const struct map *map, uint32_t tile)
{
    return map_kind_at(map, tile, MAP_OBJECT) != MAP_NO_PLACE ? THING : 0;
}

static void add_tiles(struct writer *w, const char *name, bool collision,
                      uint32_t (*tile_of)(const struct map *, uint32_t))
{
    const uint32_t width = map_width(w->map), n = map_tile_count(w->map);

    buf_addf(&w->out,
             "{\"id\":%u,\"name\":\"%s\",\"type\":\"tilelayer\",\"visible\":true,"
             "\"opacity\":1,\"x\":0,\"y\":0,\"width\":%u,\"height\":%u,",
             ++w->layers, name, width, map_height(w->map));
    if (collision)
        buf_add_str(&w->out, "\"properties\":[{\"name\":\"collision\",\"type\":\"bool\","
                             "\"value\":true}],");
    buf_add_str(&w->out, "\"data\":[");
    for (uint32_t i = 0; i < n; i++)
        buf_addf(&w->out, "%s%u%s", i % width == 0 ? "\n" : "", tile_of(w->map, i),
                 i + 1 < n ? "," : "");
    buf_add_str(&w->out, "]},\n");
}

static void open_objects(struct writer *w, const char *name)
{
    buf_addf(&w->out,
             "{\"id\":%u,\"name\":\"%s\",\"type\":\"objectgroup\",\"visible\":%s,"
             "\"opacity\":1,\"x\":0,\"y\":0,\"draworder\":\"index\",\"objects\":[",
             ++w->layers, name, strcmp(name, "objects") == 0 ? "true" : "false");
}

static void add_object(struct writer *w, bool first, const char *name, double x, double y,
                       uint32_t width, uint32_t height)
{
    uint32_t px = map_tile_px(w->map);

    buf_addf(&w->out, "%s\n{\"id\":%u,", first ? "" : ",", ++w->objects);
    add_member(&w->out, "name", name);
    buf_add_str(&w->out, ",\"type\":\"\",\"x\":");
    json_add_number(&w->out, x * px);
    buf_add_str(&w->out, ",\"y\":");
    json_add_number(&w->out, y * px);
    buf_addf(&w->out, ",\"width\":%u,\"height\":%u,\"rotation\":0,\"visible\":true%s}", width * px,
             height * px, width == 0 ? ",\"point\":true" : "");
}

/// True if tiles x..x+width-1 of a row are all marked.
static bool is_row(const bool *marked, uint32_t first, uint32_t width)
{
    for (uint32_t i = 0; i < width; i++) {
        if (!marked[first + i])
            return false;
    }
    return true;
}

/// Writes a place as rectangles: from its first tile left as far right, then as far down as it
/// goes. `marked` is false everywhere before and after.
static void add_place(struct writer *w, bool *first, uint32_t place, bool *marked)
{
    const uint32_t width = map_width(w->map), height = map_height(w->map);
    struct map_ids tiles = map_place_tiles(w->map, place);

    for (size_t i = 0; i < tiles.count; i++)
        marked[tiles.ids[i]] = true;
    for (size_t i = 0; i < tiles.count; i++) {
        uint32_t tile = tiles.ids[i], x = tile % width, y = tile / width, across = 1, down = 1;

        if (!marked[tile])
            continue;
        while (x + across < width && marked[tile + across])
            across++;
        while (y + down < height && is_row(marked, tile + down * width, across))
            down++;
        for (uint32_t v = 0; v < down; v++)
            memset(marked + tile + v * width, 0, across * sizeof(*marked));
        add_object(w, *first, map_name(w->map, place), x, y, across, down);
        *first = false;
    }
}

static void add_places(struct writer *w, const char *layer, enum map_kind kind)
{
    bool *marked = mem_calloc(map_tile_count(w->map), sizeof(*marked)), first = true;

    open_objects(w, layer);
    for (uint32_t place = 1; place <= map_place_count(w->map); place++) {
        if (map_kind(w->map, place) == kind)
            add_place(w, &first, place, marked);
    }
    buf_add_str(&w->out, "]},\n");
    free(marked);
}

static void add_spawns(struct writer *w)
{
    const uint32_t width = map_width(w->map);

    open_objects(w, "spawns");
    for (size_t i = 0; i < map_spawn_count(w->map); i++) {
        uint32_t tile = map_spawn_tile(w->map, i);

        add_object(w, i == 0, map_spawn_name(w->map, i), tile % width + 0.5, tile / width + 0.5, 0,
                   0);
    }
    buf_add_str(&w->out, "]}\n");
}

static void add_map(struct writer *w, const char *image)
{
    const struct map *map = w->map;
    const uint32_t px = map_tile_px(map);

    buf_addf(&w->out,
             "{\"type\":\"map\",\"version\":\"1.8\",\"orientation\":\"orthogonal\","
             "\"renderorder\":\"right-down\",\"infinite\":false,\"width\":%u,"
             "\"height\":%u,\"tilewidth\":%u,\"tileheight\":%u,\n\"properties\":[",
             map_width(map), map_height(map), px, px);
    add_property(&w->out, "world", map_world(map));
    for (size_t i = 0; i < map_property_count(map); i++) {
        buf_add_str(&w->out, ",");
        add_property(&w->out, map_property_name(map, i),
                     map_property(map, map_property_name(map, i)));
    }
    buf_addf(&w->out,
             "],\n\"tilesets\":[{\"firstgid\":1,\"name\":\"plain\",\"columns\":%d,"
             "\"tilecount\":%d,\"tilewidth\":%u,\"tileheight\":%u,\"margin\":0,"
             "\"spacing\":0,\"imagewidth\":%u,\"imageheight\":%u,",
             TILES, TILES, px, px, TILES * px, px);
    add_member(&w->out, "image", image);
    buf_add_str(&w->out, "}],\n\"layers\":[\n");
    add_tiles(w, "ground", false, ground_tile);
    add_tiles(w, "collision", true, wall_tile);
    add_tiles(w, "furniture", false, thing_tile);
    add_places(w, "sectors", MAP_SECTOR);
    add_places(w, "arenas", MAP_ARENA);
    add_places(w, "objects", MAP_OBJECT);
    add_spawns(w);
    buf_addf(&w->out, "],\n\"nextlayerid\":%u,\"nextobjectid\":%u}\n", w->layers + 1,
             w->objects + 1);
}

bool matrix_write_tmj(const struct map *map, const char *path, struct err *err)
{
    struct writer w = { .map = map };
    struct buf image = { 0 }, png = { 0 };
    const char *dot = strrchr(path_name(path), '.');
    bool ok = false;

    buf_add(&image, path, dot != NULL ? (size_t)(dot - path) : strlen(path));
    buf_add_str(&image, "-tiles.png");
    matrix_add_png(&png, colours, TILES, map_tile_px(map));
    add_map(&w, path_name(buf_str(&image)));
    ok =
        file_write(buf_str(&image), buf_view(&png), err) && file_write(path, buf_view(&w.out), err);
    buf_fini(&w.out);
    buf_fini(&png);
    buf_fini(&image);
    return ok;
}
