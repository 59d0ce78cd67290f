#include "world/tiled.h"

#include <assert.h>
#include <math.h>
#include <strings.h>

#include "base/mem.h"

/// How many times over the shapes of a map may cover it before we call it a mistake.
enum { MAX_COVERINGS = 64 };

static bool find_use(struct view name, enum tiled_use *use)
{
    static const struct {
        const char *name;
        enum tiled_use use;
    } rows[] = { { "sector", TILED_SECTORS },      { "sectors", TILED_SECTORS },
                 { "arena", TILED_ARENAS },        { "arenas", TILED_ARENAS },
                 { "object", TILED_OBJECTS },      { "objects", TILED_OBJECTS },
                 { "spawn", TILED_SPAWNS },        { "spawns", TILED_SPAWNS },
                 { "collision", TILED_COLLISION }, { "collisions", TILED_COLLISION } };

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (name.len == view_of(rows[i].name).len &&
            strncasecmp(name.data, rows[i].name, name.len) == 0) {
            *use = rows[i].use;
            return true;
        }
    }
    return false;
}

/// The tiles whose centres lie in from..from+length pixels; the tile in its middle if there is
/// none.
static bool to_tiles(double from, double length, uint32_t px, uint32_t limit, uint32_t *start,
                     uint32_t *end)
{
    double a = ceil(from / px - 0.5), b = ceil((from + length) / px - 0.5);

    if (b <= a) {
        a = floor((from + length / 2) / px);
        b = a + 1;
    }
    if (!(a >= 0 && b <= limit))
        return false;
    *start = (uint32_t)a;
    *end = (uint32_t)b;
    return true;
}

/// Refuses what is neither an upright rectangle nor a point.
static bool check_form(const struct json *object, struct err *err)
{
    static const char *const forms[] = { "ellipse", "polygon", "polyline", "text" };
    double rotation = 0;

    if (json_get(object, "template") != NULL)
        return err_set(err, "it is an instance of a template: right-click it and choose Detach");
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (json_get(object, forms[i]) != NULL)
            return err_set(err,
                           "it is of the form %s: draw one or more rectangles of this name, "
                           "or a point",
                           forms[i]);
    }
    if (!tiled_number(object, "rotation", 0, &rotation, err))
        return false;
    if (rotation != 0)
        return err_set(err, "it is turned by %g degrees: set its rotation to 0", rotation);
    return true;
}

static bool read_shape(const struct tiled *t, const struct json *object, struct tiled_shape *shape,
                       struct err *err)
{
    double x = 0, y = 0, w = 0, h = 0;

    if (!check_form(object, err) || !json_want_number(object, "x", &x, err) ||
        !json_want_number(object, "y", &y, err) || !tiled_number(object, "width", 0, &w, err) ||
        !tiled_number(object, "height", 0, &h, err))
        return false;
    if (w < 0 || h < 0)
        return err_set(err, "its size is negative: draw it again");
    if (json_get(object, "gid") != NULL)
        y -= h; // objects with a picture are measured from their lower left corner
    if (!to_tiles(x, w, t->tile_px, t->width, &shape->x0, &shape->x1) ||
        !to_tiles(y, h, t->tile_px, t->height, &shape->y0, &shape->y1))
        return err_set(err,
                       "it reaches beyond the map (x %g, y %g, width %g, height %g pixels): "
                       "move it inside",
                       x, y, w, h);
    return true;
}

static bool wrap_shape(const struct tiled_shape *s, struct err *err)
{
    if (s->name.len == 0)
        return err_wrap(err, "object %lld", (long long)s->id);
    return err_wrap(err, "object %lld `%.*s`", (long long)s->id,
                    (int)(s->name.len < MAP_MAX_NAME_BYTES ? s->name.len : MAP_MAX_NAME_BYTES),
                    s->name.data);
}

static void add_shape(struct tiled *t, const struct tiled_shape *shape)
{
    if (t->shape_count == t->shape_cap) {
        t->shape_cap = mem_grow(t->shape_cap, t->shape_count + 1);
        t->shapes = mem_realloc(t->shapes, t->shape_cap, sizeof(*t->shapes));
    }
    t->shapes[t->shape_count++] = *shape;
}

bool tiled_read_objects(struct tiled *t, const struct json *layer, double dx, double dy,
                        struct err *err)
{
    const struct json *objects = NULL;
    struct view name = { 0 };
    struct tiled_shape shape = { 0 };

    if (!tiled_string(layer, "name", &name, err) ||
        !json_want_array(layer, "objects", &objects, err))
        return false;
    if (!find_use(name, &shape.use)) {
        buf_addf(&t->unused_layers, "%s`%.*s`", t->unused_layers.len > 0 ? ", " : "", (int)name.len,
                 name.data);
        return true;
    }
    if (dx != 0 || dy != 0)
        return err_set(err,
                       "it is shifted by (%g, %g) pixels: set its offset, and that of its "
                       "groups, to 0",
                       dx, dy);
    shape.layer = name;
    for (const struct json *o = json_first(objects); o != NULL; o = json_next(o)) {
        if (!json_want_int(o, "id", 0, INT32_MAX, &shape.id, err) ||
            !tiled_string(o, "name", &shape.name, err))
            return err_wrap(err, "an object");
        if (!read_shape(t, o, &shape, err))
            return wrap_shape(&shape, err);
        add_shape(t, &shape);
    }
    return true;
}

static bool place_shape(struct tiled *t, const struct tiled_shape *s, struct err *err)
{
    static const enum map_kind kinds[] = {
        [TILED_SECTORS] = MAP_SECTOR, [TILED_ARENAS] = MAP_ARENA, [TILED_OBJECTS] = MAP_OBJECT
    };
    struct map_ids tiles = { .ids = t->tiles };

    for (uint32_t y = s->y0; y < s->y1; y++) {
        for (uint32_t x = s->x0; x < s->x1; x++)
            t->tiles[tiles.count++] = x + y * t->width;
    }
    switch (s->use) {
    case TILED_SECTORS:
    case TILED_ARENAS:
    case TILED_OBJECTS: return map_draft_paint(t->draft, kinds[s->use], s->name, tiles, err);
    case TILED_SPAWNS:
        for (size_t i = 0; i < tiles.count; i++) {
            if (!map_draft_add_spawn(t->draft, s->name, tiles.ids[i], err))
                return false;
        }
        return true;
    case TILED_COLLISION:
        for (size_t i = 0; i < tiles.count; i++)
            map_draft_block(t->draft, tiles.ids[i]);
        return true;
    }
    assert(false);
    return false;
}

bool tiled_place_shapes(struct tiled *t, struct err *err)
{
    uint64_t budget = (uint64_t)t->width * t->height * MAX_COVERINGS;

    for (enum tiled_use use = TILED_SECTORS; use <= TILED_COLLISION; use++) {
        for (size_t i = 0; i < t->shape_count; i++) {
            const struct tiled_shape *s = &t->shapes[i];
            uint64_t area = (uint64_t)(s->x1 - s->x0) * (s->y1 - s->y0);

            if (s->use != use)
                continue;
            if (area > budget)
                return err_set(err,
                               "the rectangles of the object layers cover the map more than "
                               "%d times: delete copies that lie upon each other",
                               MAX_COVERINGS);
            budget -= area;
            if (!place_shape(t, s, err)) {
                wrap_shape(s, err);
                return err_wrap(err, "layer `%.*s`", (int)s->layer.len, s->layer.data);
            }
        }
    }
    return true;
}
