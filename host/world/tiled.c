#include "world/tiled.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"

bool tiled_number(const struct json *object, const char *key, double fallback, double *out,
                  struct err *err)
{
    *out = fallback;
    return json_get(object, key) == NULL || json_want_number(object, key, out, err);
}

bool tiled_string(const struct json *object, const char *key, struct view *out, struct err *err)
{
    *out = (struct view){ .data = "", .len = 0 };
    return json_get(object, key) == NULL || json_want_string(object, key, out, err);
}

/// A whole number 1..max that a map made by a person may exceed.
static bool read_size(const struct json *doc, const char *key, int64_t max, uint32_t *out,
                      struct err *err)
{
    int64_t n = 0;

    if (!json_want_int(doc, key, 1, max, &n, err))
        return false;
    *out = (uint32_t)n;
    return true;
}

static bool read_header(struct tiled *t, const struct json *doc, struct err *err)
{
    const struct json *infinite = json_get(doc, "infinite");
    struct view type = { 0 }, orientation = { 0 };
    uint32_t tile_height = 0;

    if (json_type(doc) != JSON_OBJECT)
        return err_set(err, "this is no Tiled map: it is a %s", json_type_name(json_type(doc)));
    if (!tiled_string(doc, "type", &type, err))
        return false;
    if (!view_equal(type, view_of("map")))
        return err_set(err,
                       "this is no Tiled map (its `type` is `%.*s`, not `map`): save a map as "
                       "JSON (.tmj)",
                       (int)type.len, type.data);
    if (!json_want_string(doc, "orientation", &orientation, err))
        return false;
    if (!view_equal(orientation, view_of("orthogonal")))
        return err_set(err, "the map is %.*s: only orthogonal maps can be used",
                       (int)orientation.len, orientation.data);
    if (infinite != NULL && (json_type(infinite) != JSON_BOOL || json_bool(infinite)))
        return err_set(err, "the map is infinite: in Tiled, Map > Map Properties, switch "
                            "Infinite off");
    if (!read_size(doc, "width", MAP_MAX_SIDE, &t->width, err) ||
        !read_size(doc, "height", MAP_MAX_SIDE, &t->height, err) ||
        !read_size(doc, "tilewidth", MAP_MAX_TILE_PX, &t->tile_px, err) ||
        !read_size(doc, "tileheight", MAP_MAX_TILE_PX, &tile_height, err))
        return false;
    if (t->tile_px != tile_height)
        return err_set(err, "its tiles are %u x %u pixels: they must be square", t->tile_px,
                       tile_height);
    return true;
}

static bool read_property(struct tiled *t, const struct json *property, struct err *err)
{
    const struct json *value = json_get(property, "value");
    struct view name = { 0 };
    struct buf text = { 0 };
    bool ok = false;

    if (!json_want_string(property, "name", &name, err))
        return err_wrap(err, "a map property");
    if (value == NULL)
        return err_set(err, "map property `%.*s`: `value` is missing", (int)name.len, name.data);
    if (json_type(value) == JSON_STRING)
        buf_add_view(&text, json_string(value));
    else if (view_equal(name, view_of("world")) ||
             view_equal(name, view_of("special_constraint"))) {
        err_set(err, "map property `%.*s` must be a string, not a %s", (int)name.len, name.data,
                json_type_name(json_type(value)));
        goto done;
    } else
        json_add_canonical(&text, value);
    ok = map_draft_set_property(t->draft, name, buf_view(&text), err);
done:
    buf_fini(&text);
    return ok;
}

// Does it name its places by blocks, as maps of the original do?
static bool is_originals(const struct json *doc)
{
    const struct json *layers = json_get(doc, "layers");

    for (const struct json *l =
             layers != NULL && json_type(layers) == JSON_ARRAY ? json_first(layers) : NULL;
         l != NULL; l = json_next(l)) {
        const struct json *name = json_get(l, "name");
        if (name != NULL && json_type(name) == JSON_STRING &&
            view_equal(json_string(name), view_of("Sector Blocks")))
            return true;
    }
    return false;
}

static bool read_properties(struct tiled *t, const struct json *doc, struct err *err)
{
    const struct json *properties = json_get(doc, "properties");
    bool world = false;

    if (properties != NULL && json_type(properties) != JSON_ARRAY)
        return err_set(err, "`properties` must be a list: save the map with Tiled 1.2 or later");
    for (const struct json *p = properties == NULL ? NULL : json_first(properties); p != NULL;
         p = json_next(p)) {
        struct view name = { 0 };

        if (!read_property(t, p, err) || !json_want_string(p, "name", &name, err))
            return false;
        world = world || view_equal(name, view_of("world"));
    }
    if (!world && is_originals(doc))
        return err_set(err, "the map is made the original's way, with layers of blocks: `propersim "
                            "import reverie FILE --out DIR` makes a map of ours of it");
    if (!world)
        return err_set(err, "the map has no property `world`: in Tiled, Map > Map Properties, add "
                            "a string property `world` with the name of the world");
    return true;
}

static bool read_external(struct tileset *set, const char *folder, struct view source,
                          struct hasher *hasher, struct err *err)
{
    char *name = mem_strndup(source.data, source.len), *path = NULL;
    const char *dot = strrchr(name, '.');
    struct buf text = { 0 };
    bool ok = false;

    if (folder == NULL) {
        err_set(err, "tileset %s is a file of its own: embed it", name);
        goto done;
    }
    if (name[0] == '/' || name[0] == '\0') {
        err_set(err,
                "tileset `%s`: the map must name it by a path relative to itself: save both "
                "below one folder",
                name);
        goto done;
    }
    path = path_join(folder, name);
    if (!file_read(&text, path, MAP_MAX_FILE_BYTES, err)) {
        err_wrap(err, "a tileset of the map cannot be read: put it there, or embed it (in Tiled, "
                      "Map > Embed Tilesets)");
        goto done;
    }
    hasher_add(hasher, text.data, text.len);
    if (dot != NULL && strcasecmp(dot, ".tsx") == 0)
        ok = tileset_parse_xml(set, buf_view(&text), err);
    else
        ok = tileset_parse_json(set, buf_view(&text), err);
    if (!ok)
        err_wrap(err, "tileset %s", path);
done:
    buf_fini(&text);
    free(path);
    free(name);
    return ok;
}

static bool read_tilesets(struct tiled *t, const struct json *doc, const char *folder,
                          struct hasher *hasher, struct err *err)
{
    const struct json *list = NULL;
    uint32_t last = 0;

    if (!json_want_array(doc, "tilesets", &list, err))
        return false;
    t->sets = mem_calloc(json_count(list), sizeof(*t->sets));
    for (const struct json *item = json_first(list); item != NULL; item = json_next(item)) {
        struct tileset *set = &t->sets[t->set_count++];
        struct view source = { 0 };
        int64_t first = 0;

        if (!json_want_int(item, "firstgid", 1, TILED_GID_MASK, &first, err) ||
            !tiled_string(item, "source", &source, err))
            return err_wrap(err, "tileset %zu", t->set_count);
        if (first <= last)
            return err_set(err,
                           "tileset %zu: its `firstgid` is not above the one before: save "
                           "the map again",
                           t->set_count);
        set->first_gid = last = (uint32_t)first;
        if (json_get(item, "source") != NULL) {
            if (!read_external(set, folder, source, hasher, err))
                return false;
        } else if (!tileset_read_json(set, item, err)) {
            return err_wrap(err, "tileset %zu", t->set_count);
        }
    }
    return true;
}

static bool check_sectors(const struct tiled *t, struct err *err)
{
    for (size_t i = 0; i < t->shape_count; i++) {
        if (t->shapes[i].use == TILED_SECTORS)
            return true;
    }
    return err_set(err,
                   "the map has no sector: add an object layer called `sectors` with a named "
                   "rectangle around each building%s%s",
                   t->unused_layers.len > 0 ? "; these object layers have no use: " : "",
                   buf_str(&t->unused_layers));
}

struct map *map_parse(struct view text, const char *folder, struct err *err)
{
    struct tiled t = { 0 };
    struct hasher *hasher = hasher_new();
    struct json *doc = json_parse(text, err);
    struct map *map = NULL;
    bool ok = false;
    struct hash hash;

    hasher_add(hasher, text.data, text.len);
    if (doc == NULL || !read_header(&t, doc, err))
        goto done;
    t.draft = map_draft_new(t.width, t.height, t.tile_px);
    t.tiles = mem_calloc((size_t)t.width * t.height, sizeof(*t.tiles));
    ok = read_properties(&t, doc, err) && read_tilesets(&t, doc, folder, hasher, err) &&
         tiled_read_layers(&t, doc, 0, 0, err) && check_sectors(&t, err) &&
         tiled_place_shapes(&t, err);
done:
    hash = hasher_end(hasher);
    if (ok)
        map = map_draft_finish(t.draft, hash, err);
    for (size_t i = 0; i < t.set_count; i++)
        tileset_fini(&t.sets[i]);
    free(t.sets);
    free(t.tiles);
    free(t.shapes);
    buf_fini(&t.unused_layers);
    map_draft_free(t.draft);
    json_free(doc);
    return map;
}

struct map *map_load(const char *path, struct err *err)
{
    struct map *map = NULL;
    struct buf text = { 0 };
    char *folder = path_folder(path);

    if (!file_read(&text, path, MAP_MAX_FILE_BYTES, err)) {
        err_wrap(err, "map");
        goto done;
    }
    map = map_parse(buf_view(&text), folder, err);
    if (map == NULL)
        err_wrap(err, "map %s", path);
done:
    buf_fini(&text);
    free(folder);
    return map;
}
