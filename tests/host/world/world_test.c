#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "world/map_draft.h"
#include "world/world.h"

enum { MANY = 32 };

/// A bedroom of 10 x 3 tiles with a bed of two tiles, a lamp and a desk; an attic of 2 x 3 tiles
/// with a box; two columns of the house that are no room; a column outside.
///   bed bed . . lamp . . . desk . | attic box | . . | outside
struct home {
    struct map *map;
    struct world *world;
    uint32_t bed, lamp, desk, box;
};

static void paint(struct map_draft *draft, enum map_kind kind, const char *name, uint32_t x0,
                  uint32_t x1, uint32_t rows)
{
    struct err err = { { 0 } };
    uint32_t tiles[64];
    size_t n = 0;

    for (uint32_t y = 0; y < rows; y++) {
        for (uint32_t x = x0; x < x1; x++)
            tiles[n++] = x + 15 * y;
    }
    if (!map_draft_paint(draft, kind, view_of(name), (struct map_ids){ .ids = tiles, .count = n },
                         &err))
        fail_msg("%s", err.text);
}

static int open_home(void **state)
{
    struct home *home = mem_calloc(1, sizeof(*home));
    struct map_draft *draft = map_draft_new(15, 3, 32);
    struct err err = { { 0 } };

    if (!map_draft_set_property(draft, view_of("world"), view_of("W"), &err))
        return -1;
    paint(draft, MAP_SECTOR, "home", 0, 14, 3);
    paint(draft, MAP_ARENA, "bedroom", 0, 10, 3);
    paint(draft, MAP_ARENA, "attic", 10, 12, 3);
    paint(draft, MAP_OBJECT, "bed", 0, 2, 1);
    paint(draft, MAP_OBJECT, "lamp", 4, 5, 1);
    paint(draft, MAP_OBJECT, "desk", 8, 9, 1);
    paint(draft, MAP_OBJECT, "box", 11, 12, 1);
    home->map = map_draft_finish(draft, (struct hash){ { 0 } }, &err);
    map_draft_free(draft);
    if (home->map == NULL)
        return -1;
    home->world = world_new(home->map);
    home->bed = map_find(home->map, view_of("home:bedroom:bed"));
    home->lamp = map_find(home->map, view_of("home:bedroom:lamp"));
    home->desk = map_find(home->map, view_of("home:bedroom:desk"));
    home->box = map_find(home->map, view_of("home:attic:box"));
    *state = home;
    return 0;
}

static int close_home(void **state)
{
    struct home *home = *state;

    world_free(home->world);
    map_free(home->map);
    free(home);
    return 0;
}

static struct world_event event(const char *owner, const char *subject, const char *object)
{
    return (struct world_event){ .owner = owner,
                                 .subject = subject,
                                 .predicate = "is",
                                 .object = object,
                                 .description = object };
}

/// Sets an event of an owner about itself.
static void put(struct home *home, const char *owner, uint32_t tile, const char *object)
{
    struct world_event e = event(owner, owner, object);

    world_set_event(home->world, spot_tile(tile), &e);
}

/// Sets an event of an owner about an object.
static void use(struct home *home, const char *owner, uint32_t place, const char *object)
{
    struct world_event e = event(owner, map_address(home->map, place), object);

    world_set_event(home->world, spot_place(place), &e);
}

/// "owner/subject/object owner/subject/object ..." of the events at a spot, with last parts of
/// addresses.
static void check_events(struct home *home, struct spot where, const char *want)
{
    const struct world_event *events[MANY];
    size_t n = world_events_of(home->world, where, events, MANY);
    struct buf text = { 0 };

    for (size_t i = 0; i < n; i++) {
        const char *colon = strrchr(events[i]->subject, ':');

        buf_addf(&text, "%s%s/%s/%s", i > 0 ? " " : "", events[i]->owner,
                 colon != NULL ? colon + 1 : events[i]->subject, events[i]->object);
    }
    assert_string_equal(buf_str(&text), want);
    buf_fini(&text);
}

static void objects_are_idle_until_somebody_uses_them(void **state)
{
    struct home *home = *state;
    const struct world_event *e[2];

    assert_int_equal(world_events_of(home->world, spot_place(home->bed), e, 2), 1);
    assert_string_equal(e[0]->subject, "W:home:bedroom:bed");
    assert_string_equal(e[0]->predicate, "is");
    assert_string_equal(e[0]->object, "idle");
    assert_string_equal(e[0]->description, "bed is idle");
    use(home, "Ann", home->bed, "slept in");
    check_events(home, spot_place(home->bed), "Ann/bed/slept in");
    check_events(home, spot_tile(1), "Ann/bed/slept in"); // a tile of the bed
    check_events(home, spot_tile(3), "");
    use(home, "Bob", home->bed, "made");
    check_events(home, spot_place(home->bed), "Ann/bed/slept in Bob/bed/made");
    assert_int_equal(world_remove_owner(home->world, "Ann"), 1);
    check_events(home, spot_place(home->bed), "Bob/bed/made");
    assert_int_equal(world_remove_at(home->world, spot_place(home->bed)), 1);
    check_events(home, spot_place(home->bed), "/bed/idle");
    assert_int_equal(world_event_count(home->world), 0);
}

static void nobody_leaves_a_ghost(void **state)
{
    struct home *home = *state;
    struct world_percept seen[MANY];

    // Walks through the room, as in the original, which left the events of the way behind.
    for (uint32_t x = 2; x < 9; x++)
        put(home, "Ann", 15 + x, "walking");
    assert_int_equal(world_event_count(home->world), 1);
    check_events(home, spot_tile(15 + 7), "");
    check_events(home, spot_tile(15 + 8), "Ann/Ann/walking");
    use(home, "Ann", home->desk, "written at");
    put(home, "Bob", 15, "reading");
    assert_int_equal(world_event_count(home->world), 3);
    // Leaves: what Ann was and what she used go together.
    assert_int_equal(world_remove_owner(home->world, "Ann"), 2);
    check_events(home, spot_tile(15 + 8), "");
    check_events(home, spot_place(home->desk), "/desk/idle");
    assert_int_equal(world_remove_owner(home->world, "Ann"), 0);
    for (uint32_t tile = 0; tile < map_tile_count(home->map); tile++) {
        size_t n = world_perceive(home->world, tile, 20, MANY, seen);

        for (size_t i = 0; i < n; i++)
            assert_string_not_equal(seen[i].event->owner, "Ann");
    }
    assert_int_equal(world_remove_subject(home->world, "Bob"), 1);
    assert_int_equal(world_event_count(home->world), 0);
}

static void a_tile_holds_a_set(void **state)
{
    struct home *home = *state;
    struct world_event tea = event("Ann", "Ann", "drinking tea"),
                       talk = event("Ann", "Ann", "talking");
    struct spot where;

    world_add_event(home->world, spot_tile(20), &tea);
    world_add_event(home->world, spot_tile(20), &talk);
    world_add_event(home->world, spot_tile(20), &tea); // is there already
    put(home, "Bob", 20, "sitting");
    check_events(home, spot_tile(20), "Ann/Ann/drinking tea Ann/Ann/talking Bob/Bob/sitting");
    put(home, "Ann", 21, "asleep"); // takes the place of both
    check_events(home, spot_tile(20), "Bob/Bob/sitting");
    assert_string_equal(world_event_at(home->world, 1, &where)->object, "asleep");
    assert_false(where.is_place);
    assert_int_equal(where.id, 21);
}

static void texts_may_come_from_an_event_that_goes(void **state)
{
    struct home *home = *state;
    const struct world_event *e[1];
    struct spot where;

    put(home, "Ann", 20, "sitting");
    world_set_event(home->world, spot_tile(22), world_event_at(home->world, 0, &where));
    assert_int_equal(world_event_count(home->world), 1);
    assert_int_equal(world_events_of(home->world, spot_tile(22), e, 1), 1);
    assert_string_equal(e[0]->object, "sitting");
    assert_int_equal(world_events_of(home->world, spot_tile(22), NULL, 0), 1); // just counts
}

static void events_set_again_in_order_give_an_equal_world(void **state)
{
    struct home *home = *state;
    struct world *copy = world_new(home->map);
    struct world_percept a[MANY], b[MANY];

    put(home, "Ann", 16, "sitting");
    use(home, "Bob", home->lamp, "mended");
    put(home, "Bob", 19, "mending");
    put(home, "Ann", 17, "watching");
    for (size_t i = 0; i < world_event_count(home->world); i++) {
        struct spot where;
        const struct world_event *e = world_event_at(home->world, i, &where);

        world_set_event(copy, where, e);
    }
    for (uint32_t tile = 0; tile < map_tile_count(home->map); tile++) {
        size_t n = world_perceive(home->world, tile, 8, MANY, a);

        assert_int_equal(world_perceive(copy, tile, 8, MANY, b), n);
        for (size_t i = 0; i < n; i++) {
            assert_string_equal(a[i].event->description, b[i].event->description);
            assert_int_equal(a[i].tile, b[i].tile);
        }
    }
    world_free(copy);
}

/// "object@tile ..." of what is perceived.
static void check_sight(struct home *home, uint32_t tile, uint32_t vision_r, size_t bandwidth,
                        const char *want)
{
    struct world_percept seen[MANY];
    size_t n = world_perceive(home->world, tile, vision_r, bandwidth, seen);
    struct buf text = { 0 };

    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "%s%s@%u", i > 0 ? " " : "", seen[i].event->description, seen[i].tile);
    assert_string_equal(buf_str(&text), want);
    buf_fini(&text);
}

static void the_nearest_events_of_the_room_are_perceived(void **state)
{
    struct home *home = *state;

    // From (2, 0): the bed's nearer tile is 1.
    check_sight(home, 2, 8, 8, "bed is idle@1 lamp is idle@4 desk is idle@8");
    check_sight(home, 2, 5, 8, "bed is idle@1 lamp is idle@4");
    check_sight(home, 2, 8, 2, "bed is idle@1 lamp is idle@4");
    check_sight(home, 2, 8, 0, "");
    check_sight(home, 2, 0, 8, "");
    put(home, "Ann", 2 + 15, "sitting"); // as near as the bed, but somebody's doing
    put(home, "Bob", 2, "standing");
    use(home, "Bob", home->lamp, "mended");
    check_sight(home, 2, 8, 8, "standing@2 sitting@17 bed is idle@1 mended@4 desk is idle@8");
    check_sight(home, 2, 8, 3, "standing@2 sitting@17 bed is idle@1");
    // (8, 2) is 6.3 tiles from (2, 0), the lamp 2, the desk 6: the circle does not cut, the square
    // does.
    put(home, "Cid", 8 + 30, "dancing");
    check_sight(home, 2, 6, 8,
                "standing@2 sitting@17 bed is idle@1 mended@4 desk is idle@8 "
                "dancing@38");
    check_sight(home, 2, 5, 8, "standing@2 sitting@17 bed is idle@1 mended@4");
}

static void walls_of_rooms_end_the_view(void **state)
{
    struct home *home = *state;

    put(home, "Ann", 9, "in the bedroom");
    put(home, "Bob", 10, "in the attic");
    put(home, "Cid", 12, "in the house");
    put(home, "Dan", 14, "outside");
    check_sight(home, 9, 4, 8, "in the bedroom@9 desk is idle@8");
    check_sight(home, 10, 20, 8, "in the attic@10 box is idle@11");
    check_sight(home, 13, 20, 8, "in the house@12"); // a tile of the sector, but of no arena
    check_sight(home, 14 + 15, 20, 8, "outside@14");
}

/// The versions of bedroom, attic, what is no room, and outside.
static void see_versions(const struct home *home, uint64_t out[4])
{
    const uint32_t tiles[] = { 3, 10, 12, 14 };

    for (size_t i = 0; i < 4; i++)
        out[i] = world_version_at(home->world, tiles[i]);
}

static void check_changed(struct home *home, uint64_t before[4], size_t room)
{
    uint64_t now[4];

    see_versions(home, now);
    for (size_t i = 0; i < 4; i++) {
        if (i == room)
            assert_true(now[i] > before[i]);
        else
            assert_true(now[i] == before[i]);
        before[i] = now[i];
    }
}

static void what_changes_in_a_room_is_news_there_and_nowhere_else(void **state)
{
    struct home *home = *state;
    uint64_t before[4];

    see_versions(home, before);
    for (size_t i = 0; i < 4; i++)
        assert_true(before[i] >= 1);
    put(home, "Ada", 3, "sleeping");
    check_changed(home, before, 0);
    use(home, "Bob", home->box, "open");
    check_changed(home, before, 1);
    world_remove_owner(home->world, "Bob");
    check_changed(home, before, 1);
    world_remove_owner(home->world, "nobody");
    check_changed(home, before, SIZE_MAX);
    put(home, "Cem", 14, "waiting");
    check_changed(home, before, 3);
    use(home, "Ada", home->desk, "in use");
    check_changed(home, before, 0);
}

static void two_users_of_an_object_are_perceived_once_if_they_do_the_same(void **state)
{
    struct home *home = *state;

    use(home, "Ann", home->desk, "dined at");
    use(home, "Bob", home->desk, "dined at");
    check_sight(home, 8 + 15, 1, 8, "dined at@8");
    use(home, "Bob", home->desk, "leant on");
    check_sight(home, 8 + 15, 1, 8, "dined at@8 leant on@8");
}

static void what_is_near_is_near_in_all_directions(void **state)
{
    struct err err = { { 0 } };
    struct map *map = map_load(PROPERSIM_SOURCE_DIR "/tests/data/maps/flat-csv.tmj", &err);
    uint32_t places[MANY];

    (void)state;
    assert_non_null(map);
    // From (3, 3), in a kitchen with a table, the stove is two tiles up, the bedroom three to the
    // right and the hall three down.
    assert_int_equal(world_places_near(map, 33, 1, places), 3);
    assert_int_equal(world_places_near(map, 33, 2, places), 4);
    assert_int_equal(world_places_near(map, 33, 3, places), 7); // and the hall's mat
    // From (4, 6) the kitchen is one tile up; from (7, 4) the hall two down.
    assert_int_equal(world_places_near(map, 64, 1, places), 4);
    assert_int_equal(world_places_near(map, 47, 1, places), 3); // lamp
    assert_int_equal(world_places_near(map, 47, 2, places), 4);
    map_free(map);
}

static void a_spatial_memory_grows_by_what_is_near(void **state)
{
    struct home *home = *state;
    uint32_t places[MANY], everything = 7;
    size_t n = world_places_near(home->map, 2, 7, places);
    const uint32_t bedroom[] = { 1, 2, home->bed, home->lamp, home->desk };

    assert_int_equal(n, 5);
    assert_memory_equal(places, bedroom, sizeof(bedroom));
    assert_int_equal(world_places_near(home->map, 2, 1, places), 3); // home, bedroom, bed
    assert_int_equal(world_places_near(home->map, 14, 0, places), 0);
    assert_int_equal(world_places_near(home->map, 2 + 30, 1, places), 2); // the bed is two rows up
    assert_int_equal(world_places_near(home->map, 2 + 30, 2, places), 4);
    assert_int_equal(world_places_near(home->map, 7, UINT32_MAX, places), everything);
    assert_int_equal(world_places_near(home->map, 9, 2, places), 5); // sees the attic over the wall
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(objects_are_idle_until_somebody_uses_them, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(nobody_leaves_a_ghost, open_home, close_home),
        cmocka_unit_test_setup_teardown(a_tile_holds_a_set, open_home, close_home),
        cmocka_unit_test_setup_teardown(texts_may_come_from_an_event_that_goes, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(events_set_again_in_order_give_an_equal_world, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(the_nearest_events_of_the_room_are_perceived, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(walls_of_rooms_end_the_view, open_home, close_home),
        cmocka_unit_test_setup_teardown(what_changes_in_a_room_is_news_there_and_nowhere_else,
                                        open_home, close_home),
        cmocka_unit_test_setup_teardown(
            two_users_of_an_object_are_perceived_once_if_they_do_the_same, open_home, close_home),
        cmocka_unit_test(what_is_near_is_near_in_all_directions),
        cmocka_unit_test_setup_teardown(a_spatial_memory_grows_by_what_is_near, open_home,
                                        close_home),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
