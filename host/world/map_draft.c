#include "world/map_draft.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/map_data.h"

struct map_draft {
    struct map *map;
    size_t place_cap, property_cap, spawn_cap;
};

struct map_draft *map_draft_new(uint32_t width, uint32_t height, uint32_t tile_px)
{
    struct map_draft *draft = mem_calloc(1, sizeof(*draft));
    struct map *map = mem_calloc(1, sizeof(*map));
    size_t n = (size_t)width * height;

    assert(width >= 1 && width <= MAP_MAX_SIDE && height >= 1 && height <= MAP_MAX_SIDE);
    assert(tile_px >= 1 && tile_px <= MAP_MAX_TILE_PX);
    map->width = width;
    map->height = height;
    map->tile_px = tile_px;
    map->blocked = mem_calloc(n, sizeof(*map->blocked));
    map->place_at = mem_calloc(n, sizeof(*map->place_at));
    map->places = mem_calloc(1, sizeof(*map->places)); // the world
    draft->place_cap = 1;
    draft->map = map;
    return draft;
}

void map_draft_free(struct map_draft *draft)
{
    if (draft == NULL)
        return;
    map_free(draft->map);
    free(draft);
}

const char *map_kind_name(enum map_kind kind)
{
    switch (kind) {
    case MAP_SECTOR: return "sector";
    case MAP_ARENA: return "arena";
    case MAP_OBJECT: return "object";
    }
    assert(false);
    return "";
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Cuts spaces off both ends, and refuses what cannot be a name.
static bool take_name(struct view *name, bool colons, struct err *err)
{
    while (name->len > 0 && is_space(name->data[0])) {
        name->data++;
        name->len--;
    }
    while (name->len > 0 && is_space(name->data[name->len - 1]))
        name->len--;
    if (name->len == 0)
        return err_set(err, "the name is empty: give it one");
    if (name->len > MAP_MAX_NAME_BYTES)
        return err_set(err, "the name is %zu bytes long: make it at most %d", name->len,
                       MAP_MAX_NAME_BYTES);
    for (size_t i = 0; i < name->len; i++) {
        if (name->data[i] == ':' && !colons)
            return err_set(err,
                           "the name `%.*s` holds a colon, which separates the parts of an "
                           "address: rename it",
                           (int)name->len, name->data);
        if ((unsigned char)name->data[i] < ' ' || name->data[i] == '\177')
            return err_set(err, "the name holds a control character (byte %zu): rename it", i + 1);
    }
    return true;
}

bool map_draft_set_property(struct map_draft *draft, struct view name, struct view value,
                            struct err *err)
{
    struct map *map = draft->map;
    char *key = mem_strndup(name.data, name.len);
    bool ok = false;

    if (strcmp(key, "world") == 0) {
        if (map->world != NULL) {
            err_set(err, "the property is there twice: delete one");
            goto done;
        }
        if (!take_name(&value, false, err))
            goto done;
        map->world = mem_strndup(value.data, value.len);
    } else {
        struct map_property *p = NULL;

        if (map_property(map, key) != NULL) {
            err_set(err, "the property is there twice: delete one");
            goto done;
        }
        if (map->property_count == draft->property_cap) {
            draft->property_cap = mem_grow(draft->property_cap, map->property_count + 1);
            map->properties = mem_realloc(map->properties, draft->property_cap, sizeof(*p));
        }
        p = &map->properties[map->property_count++];
        p->name = key;
        p->value = mem_strndup(value.data, value.len);
        key = NULL;
    }
    ok = true;
done:
    if (!ok)
        err_wrap(err, "map property `%.*s`", (int)name.len, name.data);
    free(key);
    return ok;
}

void map_draft_block(struct map_draft *draft, uint32_t tile)
{
    assert(tile < map_tile_count(draft->map));
    draft->map->blocked[tile] = true;
}

/// Finds a place by parent and name, or makes it.
static bool want_place(struct map_draft *draft, enum map_kind kind, uint32_t parent,
                       struct view name, uint32_t *place, struct err *err)
{
    struct map *map = draft->map;

    for (size_t i = map->place_count; i > 0; i--) { // the latest is the likeliest
        const struct place *p = &map->places[i];

        if (p->kind == kind && p->parent == parent && view_equal(view_of(p->name), name)) {
            *place = (uint32_t)i;
            return true;
        }
    }
    if (map->place_count == MAP_MAX_PLACES)
        return err_set(err, "there are more than %d places: give fewer things a name",
                       MAP_MAX_PLACES);
    map->place_count++;
    if (map->place_count == draft->place_cap) {
        draft->place_cap = mem_grow(draft->place_cap, map->place_count + 1);
        map->places = mem_realloc(map->places, draft->place_cap, sizeof(*map->places));
    }
    map->places[map->place_count] = (struct place){
        .kind = kind,
        .parent = parent,
        .name = mem_strndup(name.data, name.len),
    };
    *place = (uint32_t)map->place_count;
    return true;
}

/// What the tiles must lie in for a place of this kind: sector, arena or (for sectors) the world.
static bool find_parent(const struct map *map, enum map_kind kind, struct map_ids tiles,
                        uint32_t *parent, struct err *err)
{
    enum map_kind outer = kind == MAP_OBJECT ? MAP_ARENA : MAP_SECTOR;

    *parent = MAP_NO_PLACE;
    if (kind == MAP_SECTOR)
        return true;
    for (size_t i = 0; i < tiles.count; i++) {
        uint32_t found = map_kind_at(map, tiles.ids[i], outer);
        unsigned x = tiles.ids[i] % map->width, y = tiles.ids[i] / map->width;

        if (found == MAP_NO_PLACE)
            return err_set(err, "its tile (%u, %u) lies in no %s: enlarge the %s or shrink this %s",
                           x, y, map_kind_name(outer), map_kind_name(outer), map_kind_name(kind));
        if (i > 0 && found != *parent)
            return err_set(err,
                           "it lies across the %ss `%s` and `%s` (tile (%u, %u)): draw one for "
                           "each",
                           map_kind_name(outer), map->places[*parent].name, map->places[found].name,
                           x, y);
        *parent = found;
    }
    return true;
}

bool map_draft_paint(struct map_draft *draft, enum map_kind kind, struct view name,
                     struct map_ids tiles, struct err *err)
{
    struct map *map = draft->map;
    uint32_t parent = MAP_NO_PLACE, place = MAP_NO_PLACE;

    assert(tiles.count > 0);
    if (!take_name(&name, false, err) || !find_parent(map, kind, tiles, &parent, err) ||
        !want_place(draft, kind, parent, name, &place, err))
        return false;
    for (size_t i = 0; i < tiles.count; i++) {
        uint32_t tile = tiles.ids[i], old = map_kind_at(map, tile, kind);

        assert(tile < map_tile_count(map));
        if (old != MAP_NO_PLACE && old != place)
            return err_set(err,
                           "its tile (%u, %u) already belongs to the %s `%s`: make them not "
                           "overlap",
                           tile % map->width, tile / map->width, map_kind_name(kind),
                           map->places[old].name);
        // Anything deeper would mean that the kinds were painted out of order.
        assert(map->place_at[tile] == parent || map->place_at[tile] == place);
        map->place_at[tile] = place;
    }
    return true;
}

bool map_draft_add_spawn(struct map_draft *draft, struct view name, uint32_t tile, struct err *err)
{
    struct map *map = draft->map;

    assert(tile < map_tile_count(map));
    if (!take_name(&name, true, err))
        return false;
    if (map->spawn_count == draft->spawn_cap) {
        draft->spawn_cap = mem_grow(draft->spawn_cap, map->spawn_count + 1);
        map->spawns = mem_realloc(map->spawns, draft->spawn_cap, sizeof(*map->spawns));
    }
    map->spawns[map->spawn_count++] =
        (struct map_spawn){ .name = mem_strndup(name.data, name.len), .tile = tile };
    return true;
}

struct map *map_draft_finish(struct map_draft *draft, struct hash hash, struct err *err)
{
    struct map *map = draft->map;

    if (map->world == NULL) {
        err_set(err, "the world has no name");
        return NULL;
    }
    if (map->place_count == 0) {
        err_set(err, "the map has no sector");
        return NULL;
    }
    for (size_t i = 0; i < map->spawn_count; i++) {
        uint32_t tile = map->spawns[i].tile;

        if (map->blocked[tile]) {
            err_set(err, "spawn `%s` stands on the blocked tile (%u, %u): move it",
                    map->spawns[i].name, tile % map->width, tile / map->width);
            return NULL;
        }
    }
    map->hash = hash;
    map_index(map);
    draft->map = NULL;
    return map;
}
