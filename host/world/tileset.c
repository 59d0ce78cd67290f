#include "world/tileset.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void tileset_fini(struct tileset *set)
{
    free(set->collides);
    *set = (struct tileset){ 0 };
}

void tileset_add(struct tileset *set, uint32_t id, bool collides)
{
    assert(id < TILESET_MAX_TILES);
    if (id >= set->count)
        set->count = id + 1;
    if (collides && id >= set->cap) {
        size_t cap = mem_grow(set->cap, id + 1);

        set->collides = mem_realloc(set->collides, cap, sizeof(*set->collides));
        memset(set->collides + set->cap, 0, (cap - set->cap) * sizeof(*set->collides));
        set->cap = cap;
    }
    if (collides)
        set->collides[id] = true;
}

static bool read_tile(struct tileset *set, const struct json *tile, struct err *err)
{
    const struct json *properties = json_get(tile, "properties");
    int64_t id = 0;
    bool collides = false;

    if (!json_want_int(tile, "id", 0, TILESET_MAX_TILES - 1, &id, err))
        return err_wrap(err, "a tile of `tiles`");
    if (properties != NULL && json_type(properties) != JSON_ARRAY)
        return err_set(err, "tile %d: `properties` must be a list: save it again", (int)id);
    for (const struct json *p = properties == NULL ? NULL : json_first(properties); p != NULL;
         p = json_next(p)) {
        const struct json *value = json_get(p, "value");
        struct view name = { 0 };

        if (!json_want_string(p, "name", &name, err))
            return err_wrap(err, "tile %d: a property", (int)id);
        if (!view_equal(name, view_of("collides")))
            continue;
        if (value == NULL || json_type(value) != JSON_BOOL)
            return err_set(err,
                           "tile %d: property `collides` must be a bool: delete it and add it "
                           "again with this type",
                           (int)id);
        collides = json_bool(value);
    }
    tileset_add(set, (uint32_t)id, collides);
    return true;
}

bool tileset_read_json(struct tileset *set, const struct json *json, struct err *err)
{
    const struct json *tiles = json_get(json, "tiles");
    int64_t count = 0;

    if (json_type(json) != JSON_OBJECT)
        return err_set(err, "it must be an object, not a %s", json_type_name(json_type(json)));
    if (!json_want_int(json, "tilecount", 0, TILESET_MAX_TILES, &count, err))
        return false;
    if (tiles != NULL && json_type(tiles) != JSON_ARRAY)
        return err_set(err, "`tiles` must be a list: save it again with Tiled 1.2 or later");
    set->count = (uint32_t)count;
    for (const struct json *tile = tiles == NULL ? NULL : json_first(tiles); tile != NULL;
         tile = json_next(tile)) {
        if (!read_tile(set, tile, err))
            return false;
    }
    return true;
}

bool tileset_parse_json(struct tileset *set, struct view text, struct err *err)
{
    struct json *json = json_parse(text, err);
    bool ok = json != NULL && tileset_read_json(set, json, err);

    json_free(json);
    return ok;
}
