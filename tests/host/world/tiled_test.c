#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "world/map.h"

#include "edit.h"
#include "fixture.h"

static void every_format_of_tiled_gives_the_same_map(void **state)
{
    static const char *const others[] = { MAPS "flat-base64.tmj", MAPS "flat-zlib.tmj",
                                          MAPS "flat-gzip.tmj",   MAPS "flat-zstd.tmj",
                                          MAPS "flat-tsx.tmj",    MAPS "flat-tsj.tmj" };
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        struct map *other = load(others[i]);
        struct hash a = map_hash(map), b = map_hash(other);

        assert_true(map_equal(map, other));
        assert_false(hash_equal(&a, &b)); // of the files, which differ
        map_free(other);
    }
    map_free(map);
}

static void a_map_blocks_where_it_was_painted(void **state)
{
    // Walls are flipped tiles with `collides`; the stove and the bed are on a collision layer.
    static const char rows[] = "##########"
                               "##...#..##"
                               "#....#...#"
                               "#........#"
                               "#....#...#"
                               "####.#####"
                               "#........#"
                               "##########";
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    assert_int_equal(map_width(map), 10);
    assert_int_equal(map_height(map), 8);
    assert_int_equal(map_tile_px(map), 16);
    for (uint32_t i = 0; i < map_tile_count(map); i++)
        assert_int_equal(map_is_blocked(map, i), rows[i] == '#');
    assert_int_equal(map_exits(map, tile(map, 0, 0)), 0);
    assert_int_equal(map_exits(map, tile(map, 1, 1)), MAP_RIGHT | MAP_DOWN);
    assert_int_equal(map_exits(map, tile(map, 2, 3)), MAP_UP | MAP_LEFT | MAP_RIGHT | MAP_DOWN);
    assert_int_equal(map_exits(map, tile(map, 9, 3)), MAP_LEFT);
    map_free(map);
}

static void properties_keep_their_text_and_the_world_its_name(void **state)
{
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    assert_string_equal(map_world(map), "Testland");
    assert_string_equal(map_special_constraint(map), "never leaves the flat");
    assert_string_equal(map_property(map, "author"), "the tests");
    assert_string_equal(map_property(map, "cosy"), "true");
    assert_string_equal(map_property(map, "floor"), "3");
    assert_null(map_property(map, "ceiling"));
    assert_int_equal(map_property_count(map), 4);
    assert_string_equal(map_property_name(map, 0), "author");
    map_free(map);
}

static void the_hash_covers_the_tilesets_too(void **state)
{
    struct buf text = { 0 }, tileset = { 0 };
    struct err err = { { 0 } };
    struct map *map = load(MAPS "flat-tsx.tmj");
    struct hash hash = map_hash(map), want;

    (void)state;
    assert_true(file_read(&text, MAPS "flat-tsx.tmj", MAP_MAX_FILE_BYTES, &err));
    assert_true(file_read(&tileset, MAPS "blocks.tsx", MAP_MAX_FILE_BYTES, &err));
    buf_add_view(&text, buf_view(&tileset));
    want = hash_of(buf_view(&text));
    assert_true(hash_equal(&hash, &want));
    map_free(map);
    buf_fini(&text);
    buf_fini(&tileset);
}

static void a_second_tileset_goes_on_counting(void **state)
{
    struct buf text = { 0 }, more = { 0 }, used = { 0 };
    struct err err = { { 0 } };
    struct map *map = load(MAPS "flat-tsx.tmj"), *other = NULL;

    (void)state;
    assert_true(file_read(&text, MAPS "flat-tsx.tmj", MAP_MAX_FILE_BYTES, &err));
    edit_add(&more, buf_str(&text), "\"source\":\"blocks.tsx\"",
             "\"source\":\"blocks.tsx\"},{\"firstgid\":5,\"source\":\"blocks.tsj\"");
    other = map_parse(buf_view(&more), MAPS, &err);
    if (other == NULL)
        fail_msg("%s", err.text);
    assert_true(map_equal(map, other));
    map_free(other);
    // Number 7 is the third tile of the second tileset, and blocks.
    edit_add(&used, buf_str(&more), "\"data\":[" TWELVE "2", "\"data\":[" TWELVE "7");
    other = map_parse(buf_view(&used), MAPS, &err);
    if (other == NULL)
        fail_msg("%s", err.text);
    assert_false(map_is_blocked(map, tile(map, 2, 1)));
    assert_true(map_is_blocked(other, tile(map, 2, 1)));
    map_free(other);
    map_free(map);
    buf_fini(&used);
    buf_fini(&more);
    buf_fini(&text);
}

static void a_rectangle_covers_the_tiles_whose_centres_it_holds(void **state)
{
    // The kitchen has the columns 1 to 4 of 16 pixels; what is no wider than half a tile gets the
    // tile in its middle.
    static const struct {
        const char *at; // of an object in the row 4
        const char *tiles;
    } rows[] = {
        { "\"x\":16,\"width\":16", "41" },       { "\"x\":23.9,\"width\":8", "41" },
        { "\"x\":24.1,\"width\":16", "42" },     { "\"x\":24.1,\"width\":15.7", "41" },
        { "\"x\":40.1,\"width\":15.8", "43" },   { "\"x\":17,\"width\":39", "41 42" },
        { "\"x\":17,\"width\":40", "41 42 43" }, { "\"x\":32,\"width\":0", "42" },
        { "\"x\":31.9,\"width\":0", "41" },      { "\"x\":16", "41" },
    };
    struct buf text = { 0 };
    struct err err = { { 0 } };

    (void)state;
    assert_true(file_read(&text, MAPS "flat-csv.tmj", MAP_MAX_FILE_BYTES, &err));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf layer = { 0 }, changed = { 0 };
        struct map *map = NULL;

        buf_addf(
            &layer,
            "\"layers\":[{\"type\":\"objectgroup\",\"name\":\"object\",\"objects\":[{\"id\":99,"
            "\"name\":\"rug\",\"y\":64,\"height\":16,%s}]},",
            rows[i].at);
        edit_add(&changed, buf_str(&text), "\"layers\":[", buf_str(&layer));
        map = map_parse(buf_view(&changed), NULL, &err);
        if (map == NULL)
            fail_msg("%s", err.text);
        check_ids(map_place_tiles(map, map_find(map, view_of("Flat 3:kitchen:rug"))),
                  rows[i].tiles);
        map_free(map);
        buf_fini(&changed);
        buf_fini(&layer);
    }
    buf_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_of_tiled_gives_the_same_map),
        cmocka_unit_test(a_map_blocks_where_it_was_painted),
        cmocka_unit_test(properties_keep_their_text_and_the_world_its_name),
        cmocka_unit_test(the_hash_covers_the_tilesets_too),
        cmocka_unit_test(a_second_tileset_goes_on_counting),
        cmocka_unit_test(a_rectangle_covers_the_tiles_whose_centres_it_holds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
