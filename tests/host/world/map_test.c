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

#define MAPS PROPERSIM_SOURCE_DIR "/tests/data/maps/"

static struct map *load(const char *path)
{
    struct err err = { { 0 } };
    struct map *map = map_load(path, &err);

    if (map == NULL)
        print_error("%s\n", err.text);
    assert_non_null(map);
    return map;
}

static uint32_t tile(const struct map *map, uint32_t x, uint32_t y)
{
    return x + y * map_width(map);
}

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

static void addresses_lead_to_places_and_back(void **state)
{
    static const struct {
        const char *address;
        uint32_t place;
    } rows[] = {
        { "Flat 3", 1 },
        { "Testland:Flat 3", 1 },
        { "Testland:Flat 3:kitchen", 2 },
        { "Flat 3:hall", 3 },
        { " Flat 3 : bedroom ", 4 },
        { "Testland:Flat 3:kitchen:stove", 5 },
        { "Flat 3:kitchen:table", 6 },
        { "Flat 3:bedroom:bed", 7 },
        { "Flat 3:bedroom:lamp", 8 },
        { "Flat 3:hall:mat", 9 },
        { "", 0 },
        { "Testland", 0 },
        { ":", 0 },
        { "kitchen", 0 },
        { "Flat 3:kitchen:bed", 0 },
        { "Flat 3:kitchen:stove:knob", 0 },
        { "Otherland:Flat 3", 0 },
    };
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    assert_int_equal(map_place_count(map), 9);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        assert_int_equal(map_find(map, view_of(rows[i].address)), rows[i].place);
    for (uint32_t p = 1; p <= map_place_count(map); p++)
        assert_int_equal(map_find(map, view_of(map_address(map, p))), p);
    assert_string_equal(map_address(map, 6), "Testland:Flat 3:kitchen:table");
    assert_string_equal(map_address(map, MAP_NO_PLACE), "Testland");
    assert_string_equal(map_name(map, 6), "table");
    assert_int_equal(map_kind(map, 1), MAP_SECTOR);
    assert_int_equal(map_kind(map, 4), MAP_ARENA);
    assert_int_equal(map_kind(map, 6), MAP_OBJECT);
    assert_int_equal(map_parent(map, 6), 2);
    assert_int_equal(map_parent(map, 1), MAP_NO_PLACE);
    map_free(map);
}

static void check_ids(struct map_ids ids, const char *want)
{
    struct buf text = { 0 };

    for (size_t i = 0; i < ids.count; i++)
        buf_addf(&text, "%s%u", i > 0 ? " " : "", ids.ids[i]);
    assert_string_equal(buf_str(&text), want);
    buf_fini(&text);
}

static void each_tile_knows_its_sector_arena_and_object(void **state)
{
    struct map *map = load(MAPS "flat-csv.tmj");
    uint32_t stove = tile(map, 1, 1), door = tile(map, 5, 3), sill = tile(map, 4, 5);

    (void)state;
    assert_int_equal(map_place_at(map, stove), 5);
    assert_int_equal(map_kind_at(map, stove, MAP_OBJECT), 5);
    assert_int_equal(map_kind_at(map, stove, MAP_ARENA), 2);
    assert_int_equal(map_kind_at(map, stove, MAP_SECTOR), 1);
    assert_int_equal(map_room_at(map, stove), 2);
    assert_int_equal(map_place_at(map, door), 1); // between two rooms
    assert_int_equal(map_kind_at(map, door, MAP_ARENA), MAP_NO_PLACE);
    assert_int_equal(map_room_at(map, door), 1);
    assert_int_equal(map_place_at(map, sill), 2); // the kitchen's second rectangle
    check_ids(map_children(map, MAP_NO_PLACE), "1");
    check_ids(map_children(map, 1), "2 3 4");
    check_ids(map_children(map, 2), "5 6");
    check_ids(map_children(map, 6), "");
    check_ids(map_place_tiles(map, 6), "22 23"); // two rectangles of one name
    check_ids(map_place_tiles(map, 8), "38");    // smaller than a tile
    check_ids(map_place_tiles(map, 9), "64");    // an object with a picture hangs from its foot
    check_ids(map_place_tiles(map, 3), "61 62 63 64 65 66 67 68");
    assert_int_equal(map_place_tiles(map, 1).count, 80);
    map_free(map);
}

static void people_end_up_on_or_beside_what_they_go_to(void **state)
{
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    check_ids(map_place_targets(map, 6), "22 23"); // free tiles of the table itself
    check_ids(map_place_targets(map, 5), "12 21"); // beside the stove, which blocks
    check_ids(map_place_targets(map, 7), "17 28");
    check_ids(map_place_targets(map, 3), "61 62 63 64 65 66 67 68");
    map_free(map);
}

static void spawns_are_found_by_name(void **state)
{
    struct map *map = load(MAPS "flat-csv.tmj");
    uint32_t at = 0;

    (void)state;
    assert_int_equal(map_spawn_count(map), 4);
    assert_string_equal(map_spawn_name(map, 1), "bedside");
    assert_int_equal(map_spawn_tile(map, 3), tile(map, 6, 6));
    assert_true(map_find_spawn(map, "bedside", &at));
    assert_int_equal(at, tile(map, 7, 1));
    assert_true(map_find_spawn(map, "door", &at));
    assert_int_equal(at, tile(map, 4, 6));
    assert_false(map_find_spawn(map, "roof", &at));
    map_free(map);
}

/// A layer of rectangles that block, to be put in front of the others.
#define BLOCKING(rectangles)                                                                       \
    "\"layers\":[{\"type\":\"objectgroup\",\"name\":\"Collisions\",\"objects\":[" rectangles "]},"

static void the_check_finds_what_is_out_of_reach(void **state)
{
    static const struct {
        const char *from, *to, *message;
    } rows[] = {
        { "\"layers\":[", BLOCKING(""), NULL },
        { "\"layers\":[", BLOCKING("{\"id\":99,\"x\":64,\"y\":80,\"width\":16,\"height\":16}"),
          "object `Testland:Flat 3:kitchen:stove` cannot be reached from spawn `door` at tile "
          "(4, 6)" },
        { "\"layers\":[", BLOCKING("{\"id\":98,\"x\":40,\"y\":24},{\"id\":99,\"x\":24,\"y\":40}"),
          "object `Testland:Flat 3:kitchen:stove` is walled in" },
        { "\"Spawns\"", "\"Exits\"", "no spawn" },
        { "\"OBJECTS\"", "\"Pictures\"", "no object" },
    };
    struct buf text = { 0 };
    struct err err = { { 0 } };

    (void)state;
    assert_true(file_read(&text, MAPS "flat-csv.tmj", MAP_MAX_FILE_BYTES, &err));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf changed = { 0 };
        struct map *map = NULL;

        edit_add(&changed, buf_str(&text), rows[i].from, rows[i].to);
        map = map_parse(buf_view(&changed), NULL, &err);
        if (map == NULL)
            fail_msg("%s", err.text);
        assert_int_equal(map_check(map, &err), rows[i].message == NULL);
        if (rows[i].message != NULL && strstr(err.text, rows[i].message) == NULL)
            fail_msg("`%s` does not hold `%s`", err.text, rows[i].message);
        map_free(map);
        buf_fini(&changed);
    }
    buf_fini(&text);
}

static void the_house_loads_and_everything_is_within_reach(void **state)
{
    const char *path = PROPERSIM_SOURCE_DIR "/maps/house.tmj";
    struct err err = { { 0 } };
    struct map *map = NULL;

    (void)state;
    if (!file_exists(path)) {
        print_message("no %s\n", path);
        skip();
    }
    map = load(path);
    if (!map_check(map, &err))
        fail_msg("%s", err.text);
    assert_true(map_spawn_count(map) > 0);
    assert_true(map_place_count(map) > 12);
    map_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_of_tiled_gives_the_same_map),
        cmocka_unit_test(a_map_blocks_where_it_was_painted),
        cmocka_unit_test(properties_keep_their_text_and_the_world_its_name),
        cmocka_unit_test(addresses_lead_to_places_and_back),
        cmocka_unit_test(each_tile_knows_its_sector_arena_and_object),
        cmocka_unit_test(people_end_up_on_or_beside_what_they_go_to),
        cmocka_unit_test(spawns_are_found_by_name),
        cmocka_unit_test(the_check_finds_what_is_out_of_reach),
        cmocka_unit_test(the_house_loads_and_everything_is_within_reach),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
