#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "world/map_draft.h"

#include "edit.h"
#include "fixture.h"

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

/// Five tiles in a row: two of arena `left` and three of `right`; the object `box` is on tile 1.
static struct map *row_with_box(const char *blocked)
{
    struct map_draft *draft = map_draft_new(5, 1, 32);
    const uint32_t all[] = { 0, 1, 2, 3, 4 };
    struct err err = { { 0 } };
    struct map *map = NULL;

    for (uint32_t i = 0; i < 5; i++) {
        if (blocked[i] == '#')
            map_draft_block(draft, i);
    }
    assert_true(map_draft_set_property(draft, view_of("world"), view_of("W"), &err));
    assert_true(map_draft_paint(draft, MAP_SECTOR, view_of("s"), (struct map_ids){ all, 5 }, &err));
    assert_true(
        map_draft_paint(draft, MAP_ARENA, view_of("left"), (struct map_ids){ all, 2 }, &err));
    assert_true(
        map_draft_paint(draft, MAP_ARENA, view_of("right"), (struct map_ids){ all + 2, 3 }, &err));
    assert_true(
        map_draft_paint(draft, MAP_OBJECT, view_of("box"), (struct map_ids){ all + 1, 1 }, &err));
    map = map_draft_finish(draft, (struct hash){ { 0 } }, &err);
    assert_non_null(map);
    map_draft_free(draft);
    return map;
}

static void nobody_uses_a_thing_from_the_next_room_without_need(void **state)
{
    static const struct {
        const char *blocked, *targets;
    } rows[] = {
        { ".....", "1" }, { ".#...", "0" }, { "##...", "2" }, { "#.#..", "1" }, { "###..", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct map *map = row_with_box(rows[i].blocked);

        check_ids(map_place_targets(map, map_find(map, view_of("s:left:box"))), rows[i].targets);
        map_free(map);
    }
}

static void a_tile_beside_two_tiles_of_a_thing_is_one_target(void **state)
{
    struct map_draft *draft = map_draft_new(2, 2, 32);
    const uint32_t all[] = { 0, 1, 2, 3 }, corners[] = { 0, 3 };
    struct err err = { { 0 } };
    struct map *map = NULL;

    (void)state;
    map_draft_block(draft, 0);
    map_draft_block(draft, 3);
    assert_true(map_draft_set_property(draft, view_of("world"), view_of("W"), &err));
    assert_true(map_draft_paint(draft, MAP_SECTOR, view_of("s"), (struct map_ids){ all, 4 }, &err));
    assert_true(map_draft_paint(draft, MAP_ARENA, view_of("a"), (struct map_ids){ all, 4 }, &err));
    assert_true(
        map_draft_paint(draft, MAP_OBJECT, view_of("o"), (struct map_ids){ corners, 2 }, &err));
    map = map_draft_finish(draft, (struct hash){ { 0 } }, &err);
    assert_non_null(map);
    check_ids(map_place_targets(map, map_find(map, view_of("s:a:o"))), "1 2");
    map_draft_free(draft);
    map_free(map);
}

static void maps_are_equal_only_if_everything_is(void **state)
{
    static const struct {
        const char *from, *to;
        bool equal;
    } rows[] = {
        { "\"tiledversion\"", "\"madewith\"", true },
        { "\"name\":\"ground\"", "\"name\":\"grass\"", true },
        { "\"data\":[2, 2", "\"data\":[2, 1", true },
        { "\"data\":[2, 2", "\"data\":[2, 3", true },                // blocked already
        { "\"data\":[" TWELVE "2", "\"data\":[" TWELVE "3", false }, // (2, 1) was free
        { "\"value\":\"Testland\"", "\"value\":\"Testworld\"", false },
        { "\"value\":\"the tests\"", "\"value\":\"the test\"", false },
        { "\"name\":\"author\"", "\"name\":\"writer\"", false },
        { "\"name\":\"bedside\"", "\"name\":\"bedpost\"", false },
        { "\"x\":116", "\"x\":100", false }, // a spawn
        { "\"name\":\"stove\"", "\"name\":\"oven\"", false },
        { "\"name\":\"stove\"", "\"name\":\"table\"", false },
        { "\"x\":132.8", "\"x\":116.8", false }, // the lamp
    };
    struct buf text = { 0 };
    struct err err = { { 0 } };
    struct map *map = load(MAPS "flat-csv.tmj");

    (void)state;
    assert_true(file_read(&text, MAPS "flat-csv.tmj", MAP_MAX_FILE_BYTES, &err));
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct buf changed = { 0 };
        struct map *other = NULL;

        edit_add(&changed, buf_str(&text), rows[i].from, rows[i].to);
        other = map_parse(buf_view(&changed), NULL, &err);
        if (other == NULL)
            fail_msg("%s", err.text);
        if (map_equal(map, other) != rows[i].equal || map_equal(other, map) != rows[i].equal)
            fail_msg("`%s` makes the wrong difference", rows[i].to);
        map_free(other);
        buf_fini(&changed);
    }
    map_free(map);
    buf_fini(&text);
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
        { "\"layers\":[", BLOCKING("{\"id\":98,\"x\":104,\"y\":24},{\"id\":99,\"x\":120,\"y\":40}"),
          "cannot be reached from spawn `bedside` at tile (7, 1)" },
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
        cmocka_unit_test(addresses_lead_to_places_and_back),
        cmocka_unit_test(each_tile_knows_its_sector_arena_and_object),
        cmocka_unit_test(people_end_up_on_or_beside_what_they_go_to),
        cmocka_unit_test(nobody_uses_a_thing_from_the_next_room_without_need),
        cmocka_unit_test(a_tile_beside_two_tiles_of_a_thing_is_one_target),
        cmocka_unit_test(maps_are_equal_only_if_everything_is),
        cmocka_unit_test(spawns_are_found_by_name),
        cmocka_unit_test(the_check_finds_what_is_out_of_reach),
        cmocka_unit_test(the_house_loads_and_everything_is_within_reach),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
