#include "interop/matrix.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/matrix_csv.h"
#include "interop/matrix_tiled.h"
#include "text/json.h"
#include "world/map_draft.h"

/// The layers that name things, in the order in which they are put into the map.
enum layer { SECTORS, ARENAS, OBJECTS, SPAWNS, LAYERS };

static const struct {
    const char *maze, *tiled, *blocks; // tiled: the layer of a Tiled map
    size_t min_columns, max_columns;   // without the id
} files[LAYERS] = {
    [SECTORS] = { "maze/sector_maze.csv", "Sector Blocks", "special_blocks/sector_blocks.csv", 2,
                  2 },
    [ARENAS] = { "maze/arena_maze.csv", "Arena Blocks", "special_blocks/arena_blocks.csv", 3, 3 },
    [OBJECTS] = { "maze/game_object_maze.csv", "Object Interaction Blocks",
                  "special_blocks/game_object_blocks.csv", 2, 4 },
    [SPAWNS] = { "maze/spawning_location_maze.csv", "Spawning Blocks",
                 "special_blocks/spawning_location_blocks.csv", 2, 4 },
};

struct matrix {
    const char *folder;       // around special_blocks/
    const struct json *tiled; // NULL: the layers are maze/*.csv
    struct hasher *hasher;
    struct map_draft *draft;
    uint32_t width, height;
    struct matrix_table worlds, tables[LAYERS];
    uint32_t *ids[LAYERS]; // by tile: block id, 0 for nothing
};

static bool read_part(struct matrix *m, const char *name, struct buf *text, struct err *err)
{
    char *path = path_join(m->folder, name);
    bool ok = file_read(text, path, MAP_MAX_FILE_BYTES, err);

    hasher_add(m->hasher, text->data, text->len);
    free(path);
    return ok;
}

/// Reads special_blocks/*.csv.
static bool read_table(struct matrix *m, const char *name, size_t min_columns, size_t max_columns,
                       struct matrix_table *table, struct err *err)
{
    if (!read_part(m, name, &table->text, err))
        return false;
    return matrix_parse_table(table, min_columns, max_columns, err) ? true
                                                                    : err_wrap(err, "%s", name);
}

/// Reads maze/*.csv, or that layer of a Tiled map.
static bool read_layer(struct matrix *m, const char *name, const char *tiled, uint32_t *ids,
                       struct err *err)
{
    struct buf text = { 0 };
    bool ok = false;

    if (m->tiled != NULL)
        return matrix_tiled_read(m->tiled, tiled, ids, (size_t)m->width * m->height, err);
    ok = read_part(m, name, &text, err);

    if (ok && !matrix_parse_ids(buf_view(&text), ids, (size_t)m->width * m->height, err))
        ok = err_wrap(err, "%s", name);
    buf_fini(&text);
    return ok;
}

static bool read_meta(struct matrix *m, struct err *err)
{
    const char *name = "maze_meta_info.json";
    struct buf text = { 0 };
    struct json *doc = NULL;
    struct view constraint = { 0 };
    int64_t width = 0, height = 0, px = 0;
    bool ok = false;

    if (!read_part(m, name, &text, err))
        goto done;
    doc = json_parse(buf_view(&text), err);
    if (doc == NULL || !json_want_int(doc, "maze_width", 1, MAP_MAX_SIDE, &width, err) ||
        !json_want_int(doc, "maze_height", 1, MAP_MAX_SIDE, &height, err) ||
        !json_want_int(doc, "sq_tile_size", 1, MAP_MAX_TILE_PX, &px, err) ||
        (json_get(doc, "special_constraint") != NULL &&
         !json_want_string(doc, "special_constraint", &constraint, err))) {
        err_wrap(err, "%s", name);
        goto done;
    }
    m->width = (uint32_t)width;
    m->height = (uint32_t)height;
    m->draft = map_draft_new(m->width, m->height, (uint32_t)px);
    ok = constraint.len == 0 ||
         map_draft_set_property(m->draft, view_of("special_constraint"), constraint, err);
done:
    json_free(doc);
    buf_fini(&text);
    return ok;
}

static bool read_world(struct matrix *m, struct err *err)
{
    const char *name = "special_blocks/world_blocks.csv";

    if (!read_table(m, name, 1, 1, &m->worlds, err))
        return false;
    if (m->worlds.count != 1)
        return err_set(err, "%s has %zu rows: it must have one, with the name of the world", name,
                       m->worlds.count);
    return map_draft_set_property(m->draft, view_of("world"), m->worlds.rows[0].columns[0], err);
}

static bool read_collision(struct matrix *m, struct err *err)
{
    const size_t n = (size_t)m->width * m->height;
    uint32_t *ids = mem_calloc(n, sizeof(*ids));
    bool ok = read_layer(m, "maze/collision_maze.csv", "Collisions", ids, err);

    for (uint32_t i = 0; ok && i < n; i++) {
        if (ids[i] != 0)
            map_draft_block(m->draft, i);
    }
    free(ids);
    return ok;
}

/// The row of the block that a layer has on a tile; NULL if it has none there.
static const struct matrix_block *block_at(const struct matrix *m, enum layer layer, uint32_t tile)
{
    const struct matrix_table *table = &m->tables[layer];
    size_t row = matrix_find_block(table, m->ids[layer][tile]);

    return row < table->count ? &table->rows[row] : NULL;
}

static struct view name_of(const struct matrix_block *b)
{
    return b == NULL ? view_of("nothing") : b->columns[b->count - 1];
}

/// A block lies where its row says: in the sector and arena of the columns between world and name.
static bool check_block(const struct matrix *m, const struct matrix_block *b, uint32_t tile,
                        struct err *err)
{
    struct view world = m->worlds.rows[0].columns[0];

    if (!view_equal(b->columns[0], world))
        return err_set(err, "its world is `%.*s`, not `%.*s`", (int)b->columns[0].len,
                       b->columns[0].data, (int)world.len, world.data);
    for (size_t i = 1; i + 1 < b->count; i++) {
        struct view want = b->columns[i];
        struct view have = name_of(block_at(m, i == 1 ? SECTORS : ARENAS, tile));

        if (!view_equal(want, view_of("<all>")) && !view_equal(want, have))
            return err_set(err, "it belongs to `%.*s`, but lies in `%.*s`", (int)want.len,
                           want.data, (int)have.len, have.data);
    }
    return true;
}

static bool place_spawn(struct matrix *m, const struct matrix_block *b, uint32_t tile,
                        struct err *err)
{
    struct buf name = { 0 };
    bool ok = false;

    for (enum layer l = SECTORS; l <= ARENAS; l++) {
        if (block_at(m, l, tile) != NULL) {
            buf_add_view(&name, name_of(block_at(m, l, tile)));
            buf_add_char(&name, ':');
        }
    }
    buf_add_view(&name, name_of(b));
    ok = map_draft_add_spawn(m->draft, buf_view(&name), tile, err);
    buf_fini(&name);
    return ok;
}

static bool place_block(struct matrix *m, enum layer layer, uint32_t tile, struct err *err)
{
    const struct matrix_block *b = block_at(m, layer, tile);
    struct map_ids one = { .ids = &tile, .count = 1 };

    if (!check_block(m, b, tile, err))
        return false;
    switch (layer) {
    case SECTORS: return map_draft_paint(m->draft, MAP_SECTOR, name_of(b), one, err);
    case ARENAS: return map_draft_paint(m->draft, MAP_ARENA, name_of(b), one, err);
    case OBJECTS: return map_draft_paint(m->draft, MAP_OBJECT, name_of(b), one, err);
    case SPAWNS: return place_spawn(m, b, tile, err);
    case LAYERS: break;
    }
    assert(false);
    return false;
}

static const char *layer_name(const struct matrix *m, enum layer layer)
{
    return m->tiled != NULL ? files[layer].tiled : files[layer].maze;
}

/// Reads one kind of blocks and puts it into the map, in the order of the rows of its table.
static bool read_blocks(struct matrix *m, enum layer layer, struct err *err)
{
    const uint32_t n = m->width * m->height;
    struct matrix_table *table = &m->tables[layer];
    size_t *rows = mem_calloc(n, sizeof(*rows)); // by tile: 1 + row, 0 for nothing
    size_t *first = NULL;                        // by row: where its tiles start in `order`
    uint32_t *order = mem_calloc(n, sizeof(*order));
    bool ok = false;

    m->ids[layer] = mem_calloc(n, sizeof(*m->ids[layer]));
    if (!read_table(m, files[layer].blocks, files[layer].min_columns, files[layer].max_columns,
                    table, err) ||
        !read_layer(m, files[layer].maze, files[layer].tiled, m->ids[layer], err))
        goto done;
    first = mem_calloc(table->count + 2, sizeof(*first));
    for (uint32_t i = 0; i < n; i++) {
        if (m->ids[layer][i] == 0)
            continue;
        rows[i] = 1 + matrix_find_block(table, m->ids[layer][i]);
        if (rows[i] > table->count) {
            err_set(err, "%s: tile (%u, %u) is block %u, which %s does not name: add a row",
                    layer_name(m, layer), i % m->width, i / m->width, m->ids[layer][i],
                    files[layer].blocks);
            goto done;
        }
        first[rows[i] + 1]++;
    }
    for (size_t i = 1; i < table->count + 2; i++)
        first[i] += first[i - 1];
    for (uint32_t i = 0; i < n; i++) {
        if (rows[i] > 0)
            order[first[rows[i]]++] = i;
    }
    ok = true;
    for (size_t i = 0; ok && i < first[table->count]; i++) {
        ok = place_block(m, layer, order[i], err);
        if (!ok)
            err_wrap(err, "%s: block %u at tile (%u, %u)", layer_name(m, layer),
                     m->ids[layer][order[i]], order[i] % m->width, order[i] / m->width);
    }
done:
    free(rows);
    free(first);
    free(order);
    return ok;
}

bool matrix_is_folder(const char *folder)
{
    char *path = path_join(folder, "maze_meta_info.json");
    bool is = file_exists(path);

    free(path);
    return is;
}

// Reads what follows the size; frees *m. NULL if that could not be read, or on error.
static struct map *finish(struct matrix *m, bool ok, struct err *err)
{
    struct map *map = NULL;
    struct hash hash;

    ok = ok && read_world(m, err) && read_collision(m, err);
    for (enum layer layer = SECTORS; ok && layer < LAYERS; layer++)
        ok = read_blocks(m, layer, err);
    hash = hasher_end(m->hasher);
    if (ok)
        map = map_draft_finish(m->draft, hash, err);
    map_draft_free(m->draft);
    for (enum layer layer = SECTORS; layer < LAYERS; layer++) {
        matrix_table_fini(&m->tables[layer]);
        free(m->ids[layer]);
    }
    matrix_table_fini(&m->worlds);
    return map;
}

struct map *matrix_load(const char *folder, struct err *err)
{
    struct matrix m = { .folder = folder, .hasher = hasher_new() };
    bool ok = read_meta(&m, err);
    struct map *map = finish(&m, ok, err);

    if (map == NULL)
        err_wrap(err, "map folder %s", folder);
    return map;
}

bool matrix_is_tiled(const char *path)
{
    const char *end = strrchr(path, '.');

    return end != NULL && (strcmp(end, ".json") == 0 || strcmp(end, ".tmj") == 0) &&
           file_exists(path) && !file_is_folder(path);
}

// The sentence for daily plans, which the matrix folder has and the Tiled map has not.
static bool read_constraint(struct matrix *m, struct err *err)
{
    const char *name = "maze_meta_info.json";
    struct buf text = { 0 };
    struct json *doc = NULL;
    struct view constraint = { 0 };
    bool ok = true;

    if (!matrix_is_folder(m->folder))
        return true;
    ok = read_part(m, name, &text, err) && (doc = json_parse(buf_view(&text), err)) != NULL;
    if (ok && json_get(doc, "special_constraint") != NULL)
        ok = json_want_string(doc, "special_constraint", &constraint, err) &&
             map_draft_set_property(m->draft, view_of("special_constraint"), constraint, err);
    json_free(doc);
    buf_fini(&text);
    return ok ? true : err_wrap(err, "%s", name);
}

static bool read_size(struct matrix *m, struct err *err)
{
    int64_t width = 0, height = 0, px = 0;

    if (!matrix_tiled_has(m->tiled, files[SECTORS].tiled))
        return err_set(err,
                       "is no Tiled map made the original's way: it has no layer \"%s\". A map "
                       "made for propersim needs no import: name it in the study (docs/maps.md)",
                       files[SECTORS].tiled);
    if (!json_want_int(m->tiled, "width", 1, MAP_MAX_SIDE, &width, err) ||
        !json_want_int(m->tiled, "height", 1, MAP_MAX_SIDE, &height, err) ||
        !json_want_int(m->tiled, "tilewidth", 1, MAP_MAX_TILE_PX, &px, err))
        return false;
    m->width = (uint32_t)width;
    m->height = (uint32_t)height;
    m->draft = map_draft_new(m->width, m->height, (uint32_t)px);
    return read_constraint(m, err);
}

struct map *matrix_load_tiled(const char *file, struct err *err)
{
    struct matrix m = { .hasher = hasher_new() };
    struct buf text = { 0 };
    struct json *doc = NULL;
    char *folder = NULL;
    struct map *map = NULL;
    bool ok = file_read(&text, file, MAP_MAX_FILE_BYTES, err);

    hasher_add(m.hasher, text.data, text.len);
    if (ok)
        doc = json_parse(buf_view(&text), err);
    if (doc != NULL)
        folder = matrix_tiled_has(doc, files[SECTORS].tiled) ? matrix_tiled_find_blocks(file, err)
                                                             : path_folder(file);
    m.tiled = doc;
    m.folder = folder;
    ok = folder != NULL && read_size(&m, err);
    map = finish(&m, ok, err);
    json_free(doc);
    free(folder);
    buf_fini(&text);
    if (map == NULL)
        err_wrap(err, "%s", file);
    return map;
}
