#include "interop/matrix_tiled.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/json.h"
#include "world/tile_data.h"

enum { NUMBER_MASK = 0x0fffffff }; // the bits above flip and turn a tile's picture

static struct view text_of(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return value != NULL && json_type(value) == JSON_STRING ? json_string(value) : view_of("");
}

static bool is_called(const struct json *layer, const char *name)
{
    struct view own = text_of(layer, "name");

    while (own.len > 0 && own.data[own.len - 1] == ' ')
        own.len--;
    while (own.len > 0 && own.data[0] == ' ') {
        own.data++;
        own.len--;
    }
    return view_equal(own, view_of(name));
}

static const struct json *find(const struct json *parent, const char *name)
{
    const struct json *layers = json_get(parent, "layers"), *found = NULL;

    if (layers == NULL || json_type(layers) != JSON_ARRAY)
        return NULL;
    for (const struct json *l = json_first(layers); l != NULL && found == NULL; l = json_next(l))
        found = is_called(l, name) ? l : find(l, name);
    return found;
}

bool matrix_tiled_has(const struct json *map, const char *layer)
{
    return find(map, layer) != NULL;
}

static bool read_list(const struct json *data, uint32_t *ids, size_t count, struct err *err)
{
    size_t n = 0;

    for (const struct json *v = json_first(data); v != NULL; v = json_next(v), n++) {
        double number = json_type(v) == JSON_NUMBER ? json_number(v) : -1;
        if (!(number >= 0 && number <= UINT32_MAX) || number != (double)(uint32_t)number)
            return err_set(err, "tile %zu of `data` is no whole number", n + 1);
        if (n < count)
            ids[n] = (uint32_t)number;
    }
    return n == count || err_set(err, "`data` lists %zu tiles; the map has %zu", n, count);
}

static bool read_data(const struct json *layer, uint32_t *ids, size_t count, struct err *err)
{
    const struct json *data = json_get(layer, "data");

    if (data == NULL)
        return err_set(err, "`data` is missing: it must be a tile layer of a map that is not "
                            "infinite");
    if (json_type(data) == JSON_ARRAY)
        return read_list(data, ids, count, err);
    if (json_type(data) != JSON_STRING ||
        !view_equal(text_of(layer, "encoding"), view_of("base64")))
        return err_set(err, "`data` must be a list, or text in base64");
    return tile_data_decode(json_string(data), text_of(layer, "compression"), ids, count, err);
}

bool matrix_tiled_read(const struct json *map, const char *layer, uint32_t *ids, size_t count,
                       struct err *err)
{
    const struct json *found = find(map, layer);

    if (found == NULL)
        return err_set(err, "the map has no layer \"%s\"", layer);
    if (!read_data(found, ids, count, err))
        return err_wrap(err, "layer \"%s\"", layer);
    for (size_t i = 0; i < count; i++)
        ids[i] &= NUMBER_MASK;
    return true;
}

char *matrix_tiled_find_blocks(const char *file, struct err *err)
{
    static const char *const places[] = { ".", "matrix", "../matrix" };
    char *folder = path_folder(file), *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof(places) / sizeof(*places); i++) {
        char *place = path_join(folder, places[i]), *blocks = path_join(place, "special_blocks");
        if (file_is_folder(blocks))
            found = place;
        else
            free(place);
        free(blocks);
    }
    if (found == NULL)
        err_set(err,
                "what its blocks mean is not known: there is no folder special_blocks with the "
                "original's lists in %s, %s/matrix or %s/../matrix",
                folder, folder, folder);
    free(folder);
    return found;
}
