#pragma once
// What several tests of maps need: the fixture, and short ways to look at it. For use after
// cmocka.h.

#include "base/buf.h"
#include "world/map.h"

#define MAPS PROPERSIM_SOURCE_DIR "/tests/data/maps/"

/// What the layer `ground` has before the tile (2, 1).
#define TWELVE "2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, "

static inline struct map *load(const char *path)
{
    struct err err = { { 0 } };
    struct map *map = map_load(path, &err);

    if (map == NULL)
        print_error("%s\n", err.text);
    assert_non_null(map);
    return map;
}

static inline uint32_t tile(const struct map *map, uint32_t x, uint32_t y)
{
    return x + y * map_width(map);
}

/// want: the numbers with spaces between.
static inline void check_ids(struct map_ids ids, const char *want)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < ids.count; i++)
        buf_addf(&text, "%s%u", i > 0 ? " " : "", ids.ids[i]);
    assert_string_equal(buf_str(&text), want);
    buf_fini(&text);
}
