#include "world/tiled.h"

#include <string.h>
#include <strings.h>

#include "world/tile_data.h"

/// Reads a layer's list of numbers.
static bool read_list(const struct json *data, uint32_t *gids, size_t count, struct err *err)
{
    size_t n = 0;

    for (const struct json *v = json_first(data); v != NULL; v = json_next(v), n++) {
        double number = json_type(v) == JSON_NUMBER ? json_number(v) : -1;

        if (!(number >= 0 && number <= UINT32_MAX) || number != (double)(uint32_t)number)
            return err_set(err, "tile %zu of `data` must be a whole number from 0 to %u", n + 1,
                           UINT32_MAX);
        if (n < count)
            gids[n] = (uint32_t)number;
    }
    if (n != count)
        return err_set(err, "`data` lists %zu tiles; the map has %zu: save it again", n, count);
    return true;
}

static bool read_data(const struct tiled *t, const struct json *layer, struct err *err)
{
    const size_t count = (size_t)t->width * t->height;
    const struct json *data = json_get(layer, "data");
    struct view encoding = { 0 }, compression = { 0 };
    int64_t width = 0, height = 0;

    if (json_get(layer, "chunks") != NULL)
        return err_set(err, "it comes in chunks, as in infinite maps: in Tiled, Map > Map "
                            "Properties, switch Infinite off");
    if (!json_want_int(layer, "width", 1, MAP_MAX_SIDE, &width, err) ||
        !json_want_int(layer, "height", 1, MAP_MAX_SIDE, &height, err) ||
        !tiled_string(layer, "encoding", &encoding, err) ||
        !tiled_string(layer, "compression", &compression, err))
        return false;
    if (width != t->width || height != t->height)
        return err_set(err, "it is %d x %d tiles, the map %u x %u: save the map again", (int)width,
                       (int)height, t->width, t->height);
    if (data == NULL)
        return err_set(err, "`data` is missing");
    if (encoding.len == 0 || view_equal(encoding, view_of("csv"))) {
        if (json_type(data) != JSON_ARRAY)
            return err_set(err, "`data` must be a list, not a %s", json_type_name(json_type(data)));
        return read_list(data, t->tiles, count, err);
    }
    if (!view_equal(encoding, view_of("base64")))
        return err_set(err,
                       "its encoding `%.*s` is unknown: choose CSV or base64 in the map's "
                       "properties (Tile Layer Format)",
                       (int)encoding.len, encoding.data);
    if (json_type(data) != JSON_STRING)
        return err_set(err, "`data` must be text, not a %s", json_type_name(json_type(data)));
    return tile_data_decode(json_string(data), compression, t->tiles, count, err);
}

static const struct tileset *set_of(const struct tiled *t, uint32_t gid)
{
    const struct tileset *set = NULL;

    for (size_t i = 0; i < t->set_count && t->sets[i].first_gid <= gid; i++)
        set = &t->sets[i];
    return set;
}

/// True if a layer blocks wherever it has a tile: by its name or its property `collision`.
static bool is_collision(const struct json *layer, struct view name, bool *out, struct err *err)
{
    const struct json *properties = json_get(layer, "properties");

    *out = (name.len == 9 && strncasecmp(name.data, "collision", 9) == 0) ||
           (name.len == 10 && strncasecmp(name.data, "collisions", 10) == 0);
    if (properties == NULL)
        return true;
    if (json_type(properties) != JSON_ARRAY)
        return err_set(err, "`properties` must be a list: save the map with Tiled 1.2 or later");
    for (const struct json *p = json_first(properties); p != NULL; p = json_next(p)) {
        const struct json *value = json_get(p, "value");
        struct view key = { 0 };

        if (!json_want_string(p, "name", &key, err))
            return err_wrap(err, "a property");
        if (!view_equal(key, view_of("collision")))
            continue;
        if (value == NULL || json_type(value) != JSON_BOOL)
            return err_set(err, "property `collision` must be a bool: delete it and add it again "
                                "with this type");
        *out = json_bool(value);
    }
    return true;
}

static bool read_tiles(struct tiled *t, const struct json *layer, struct view name, double dx,
                       double dy, struct err *err)
{
    bool collision = false;

    if (!is_collision(layer, name, &collision, err) || !read_data(t, layer, err))
        return false;
    for (uint32_t i = 0; i < t->width * t->height; i++) {
        uint32_t gid = t->tiles[i] & TILED_GID_MASK;
        const struct tileset *set = gid == 0 ? NULL : set_of(t, gid);

        if (gid == 0)
            continue;
        if (set == NULL || gid - set->first_gid >= set->count)
            return err_set(err,
                           "tile (%u, %u) is number %u, which no tileset has: paint it again, "
                           "or add the tileset",
                           i % t->width, i / t->width, gid);
        if (!collision && !(gid - set->first_gid < set->cap && set->collides[gid - set->first_gid]))
            continue;
        if (dx != 0 || dy != 0)
            return err_set(err,
                           "it blocks tiles, but is shifted by (%g, %g) pixels: set its "
                           "offset, and that of its groups, to 0",
                           dx, dy);
        map_draft_block(t->draft, i);
    }
    return true;
}

static bool read_layer(struct tiled *t, const struct json *layer, double dx, double dy,
                       struct err *err)
{
    struct view type = { 0 }, name = { 0 };
    double x = 0, y = 0;
    bool ok = false;

    if (!json_want_string(layer, "type", &type, err) || !tiled_string(layer, "name", &name, err) ||
        !tiled_number(layer, "offsetx", 0, &x, err) || !tiled_number(layer, "offsety", 0, &y, err))
        return err_wrap(err, "a layer");
    dx += x;
    dy += y;
    if (view_equal(type, view_of("group")))
        return tiled_read_layers(t, layer, dx, dy, err);
    if (view_equal(type, view_of("tilelayer")))
        ok = read_tiles(t, layer, name, dx, dy, err);
    else if (view_equal(type, view_of("objectgroup")))
        ok = tiled_read_objects(t, layer, dx, dy, err);
    else if (view_equal(type, view_of("imagelayer")))
        ok = true;
    else
        err_set(err, "its type `%.*s` is unknown", (int)type.len, type.data);
    return ok ? true : err_wrap(err, "layer `%.*s`", (int)name.len, name.data);
}

bool tiled_read_layers(struct tiled *t, const struct json *parent, double dx, double dy,
                       struct err *err)
{
    const struct json *layers = NULL;

    if (!json_want_array(parent, "layers", &layers, err))
        return false;
    for (const struct json *layer = json_first(layers); layer != NULL; layer = json_next(layer)) {
        if (!read_layer(t, layer, dx, dy, err))
            return false;
    }
    return true;
}
