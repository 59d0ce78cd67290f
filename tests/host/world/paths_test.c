#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/rng.h"
#include "world/paths.h"

#include "grid.h"

#define MAPS PROPERSIM_SOURCE_DIR "/tests/data/maps/"

/// Checks distance, end and walk of one pair against the true number of moves (-1: no way).
static void check_pair(const struct map *map, struct paths *paths, uint32_t from, uint32_t to,
                       int want, uint32_t *tiles)
{
    uint32_t moves = paths_distance(paths, from, spot_tile(to));

    assert_int_equal(moves, want < 0 ? PATHS_UNREACHABLE : (uint32_t)want);
    assert_int_equal(paths_walk(paths, from, spot_tile(to), map_tile_count(map), tiles), moves);
    assert_int_equal(paths_end(paths, from, spot_tile(to)), want < 0 ? PATHS_UNREACHABLE : to);
    if (want < 0)
        return;
    assert_true(grid_is_way(map, from, tiles, moves));
    assert_int_equal(want == 0 ? from : tiles[moves - 1], to);
}

static void check_golden(const char *name)
{
    struct buf path = { 0 }, rows = { 0 }, pairs = { 0 };
    struct err err = { { 0 } };
    struct map *map = NULL;
    struct paths *paths = NULL;
    uint32_t *tiles = NULL;
    size_t count = 0;

    buf_addf(&path, "%s/golden/%s.map", PROPERSIM_SHARED_DATA, name);
    if (!file_exists(buf_str(&path))) {
        print_message("no %s\n", buf_str(&path));
        buf_fini(&path);
        skip();
    }
    assert_true(file_read(&rows, buf_str(&path), 1 << 20, &err));
    buf_clear(&path);
    buf_addf(&path, "%s/golden/%s_pairs.tsv", PROPERSIM_SHARED_DATA, name);
    assert_true(file_read(&pairs, buf_str(&path), 1 << 20, &err));
    map = grid_map(buf_str(&rows));
    paths = paths_new(map, PATHS_CACHE_BYTES);
    tiles = mem_calloc(map_tile_count(map), sizeof(*tiles));
    for (const char *line = buf_str(&pairs); *line != '\0'; line = strchr(line, '\n') + 1) {
        unsigned x0 = 0, y0 = 0, x1 = 0, y1 = 0, w = map_width(map);
        int moves = 0;

        assert_int_equal(sscanf(line, "%u\t%u\t%u\t%u\t%d\n", &x0, &y0, &x1, &y1, &moves), 5);
        check_pair(map, paths, x0 + y0 * w, x1 + y1 * w, moves, tiles);
        count++;
    }
    print_message("%zu pairs of %s\n", count, name);
    assert_true(count >= 200);
    free(tiles);
    paths_free(paths);
    map_free(map);
    buf_fini(&pairs);
    buf_fini(&rows);
    buf_fini(&path);
}

static void ways_in_the_house_are_as_long_as_they_should_be(void **state)
{
    (void)state;
    check_golden("house14x22");
}

static void ways_in_a_large_maze_are_as_long_as_they_should_be(void **state)
{
    (void)state;
    check_golden("rand140x100");
}

static void all_ways_on_small_random_maps_are_shortest(void **state)
{
    struct rng rng = rng_start(7, "paths", "test", 0);

    (void)state;
    for (int round = 0; round < 40; round++) {
        struct buf rows = { 0 };
        uint64_t w = 1 + rng_below(&rng, 9), h = 1 + rng_below(&rng, 9);
        struct map *map = NULL;
        struct paths *paths = NULL;
        uint32_t tiles[81];

        for (uint64_t i = 0; i < w * h; i++)
            buf_addf(&rows, "%c%s", rng_below(&rng, 3) == 0 ? '#' : '.',
                     i % w == w - 1 ? "\n" : "");
        map = grid_map(buf_str(&rows));
        paths = paths_new(map, 1500); // a few goals only, so that most are forgotten in between
        for (uint32_t to = 0; to < map_tile_count(map); to++) {
            int *want = map_is_blocked(map, to) ? NULL : grid_distances(map, to);

            for (uint32_t from = 0; want != NULL && from < map_tile_count(map); from++) {
                if (!map_is_blocked(map, from))
                    check_pair(map, paths, from, to, want[from], tiles);
            }
            free(want);
        }
        paths_free(paths);
        map_free(map);
        buf_fini(&rows);
    }
}

static void of_equally_good_moves_the_first_of_up_left_right_down_is_taken(void **state)
{
    struct map *map = grid_map("....\n"
                               "....\n"
                               "....\n");
    struct paths *paths = paths_new(map, PATHS_CACHE_BYTES);
    uint32_t tiles[12];
    const uint32_t down_right[] = { 1, 2, 3, 7, 11 }, up_left[] = { 7, 3, 2, 1, 0 };

    (void)state;
    assert_int_equal(paths_walk(paths, 0, spot_tile(11), 12, tiles), 5);
    assert_memory_equal(tiles, down_right, sizeof(down_right)); // right before down
    assert_int_equal(paths_walk(paths, 11, spot_tile(0), 12, tiles), 5);
    assert_memory_equal(tiles, up_left, sizeof(up_left));               // up before left
    assert_int_equal(paths_walk(paths, 11, spot_tile(0), 2, tiles), 2); // goes on from there later
    assert_int_equal(tiles[1], 3);
    assert_int_equal(paths_walk(paths, 11, spot_tile(0), 0, tiles), 0);
    assert_int_equal(paths_walk(paths, 5, spot_tile(5), 12, tiles), 0);
    paths_free(paths);
    map_free(map);
}

static void who_stands_in_a_wall_may_step_off_it(void **state)
{
    struct map *map = grid_map(".#.\n"
                               ".##\n"
                               "..#\n");
    struct paths *paths = paths_new(map, PATHS_CACHE_BYTES);
    uint32_t tiles[9];

    (void)state;
    assert_int_equal(paths_distance(paths, 4, spot_tile(0)), 2);
    assert_int_equal(paths_walk(paths, 4, spot_tile(0), 9, tiles), 2);
    assert_int_equal(tiles[0], 3);
    assert_int_equal(tiles[1], 0);
    assert_int_equal(paths_walk(paths, 4, spot_tile(0), 1, tiles), 1);
    assert_int_equal(paths_walk(paths, 4, spot_tile(0), 0, tiles), 0);
    assert_int_equal(paths_end(paths, 4, spot_tile(0)), 0);
    assert_int_equal(paths_distance(paths, 8, spot_tile(0)), 4);
    assert_int_equal(paths_distance(paths, 5, spot_tile(0)), PATHS_UNREACHABLE); // only to tile 2
    assert_int_equal(paths_distance(paths, 5, spot_tile(2)), 1);
    // Nobody gets into a wall but who stands in it.
    assert_int_equal(paths_distance(paths, 0, spot_tile(1)), PATHS_UNREACHABLE);
    assert_int_equal(paths_walk(paths, 0, spot_tile(1), 9, tiles), PATHS_UNREACHABLE);
    assert_int_equal(paths_end(paths, 0, spot_tile(1)), PATHS_UNREACHABLE);
    assert_int_equal(paths_distance(paths, 1, spot_tile(1)), 0);
    assert_int_equal(paths_walk(paths, 1, spot_tile(1), 9, tiles), 0);
    assert_int_equal(paths_end(paths, 1, spot_tile(1)), 1);
    assert_int_equal(paths_distance(paths, 4, spot_tile(1)), PATHS_UNREACHABLE);
    paths_free(paths);
    map_free(map);
}

static void a_place_means_its_nearest_tile(void **state)
{
    struct err err = { { 0 } };
    struct map *map = map_load(MAPS "flat-csv.tmj", &err);
    uint32_t table = 0, stove = 0, hall = 0, tiles[80];
    struct paths *paths = NULL;

    (void)state;
    assert_non_null(map);
    paths = paths_new(map, PATHS_CACHE_BYTES);
    table = map_find(map, view_of("Flat 3:kitchen:table")); // tiles 22 and 23
    stove = map_find(map, view_of("Flat 3:kitchen:stove")); // seen from tiles 12 and 21
    hall = map_find(map, view_of("Flat 3:hall"));
    assert_int_equal(paths_end(paths, 24, spot_place(table)), 23);
    assert_int_equal(paths_distance(paths, 24, spot_place(table)), 1);
    assert_int_equal(paths_end(paths, 12, spot_place(table)), 22);
    assert_int_equal(paths_end(paths, 22, spot_place(table)), 22);
    assert_int_equal(paths_end(paths, 22, spot_place(stove)), 12); // 21 is as near
    assert_int_equal(paths_end(paths, 41, spot_place(stove)), 21);
    assert_int_equal(paths_walk(paths, 22, spot_place(stove), 80, tiles), 1);
    assert_int_equal(tiles[0], 12);
    assert_int_equal(paths_walk(paths, 11, spot_place(stove), 80, tiles), 1); // off the stove
    assert_int_equal(tiles[0], 12);
    assert_int_equal(paths_end(paths, 17, spot_place(hall)), 64);
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        struct map_ids ends = map_place_targets(map, place);

        for (uint32_t from = 0; from < map_tile_count(map); from++) {
            uint32_t best = PATHS_UNREACHABLE, end = PATHS_UNREACHABLE;
            uint32_t moves = paths_distance(paths, from, spot_place(place));

            for (size_t i = 0; i < ends.count; i++) {
                uint32_t d = paths_distance(paths, from, spot_tile(ends.ids[i]));

                if (d < best) {
                    best = d;
                    end = ends.ids[i];
                }
            }
            assert_int_equal(moves, best);
            assert_int_equal(paths_end(paths, from, spot_place(place)), end);
            assert_int_equal(paths_walk(paths, from, spot_place(place), 80, tiles), best);
            if (best != PATHS_UNREACHABLE) {
                assert_true(grid_is_way(map, from, tiles, best));
                assert_int_equal(best == 0 ? from : tiles[best - 1], end);
            }
        }
    }
    paths_free(paths);
    map_free(map);
}

static void the_cache_stays_within_its_bytes_and_forgets_the_oldest(void **state)
{
    struct map *map = grid_map("....\n"
                               "....\n");
    struct paths *one = paths_new(map, PATHS_CACHE_BYTES), *three = NULL, *none = NULL;
    size_t bytes = 0;

    (void)state;
    assert_int_equal(paths_distance(one, 0, spot_tile(7)), 4);
    bytes = paths_cached_bytes(one);
    assert_true(bytes > 0);
    three = paths_new(map, 3 * bytes);
    none = paths_new(map, 0);
    for (uint32_t to = 0; to < 3; to++)
        paths_distance(three, 0, spot_tile(to));
    assert_int_equal(paths_searches(three), 3);
    paths_distance(three, 5, spot_tile(0)); // now 1 is the one not used for the longest
    assert_int_equal(paths_searches(three), 3);
    paths_distance(three, 0, spot_tile(3));
    assert_int_equal(paths_cached_bytes(three), 3 * bytes);
    paths_distance(three, 0, spot_tile(0));
    paths_distance(three, 0, spot_tile(2));
    assert_int_equal(paths_searches(three), 4);
    paths_distance(three, 0, spot_tile(1));
    assert_int_equal(paths_searches(three), 5);
    paths_distance(none, 0, spot_tile(1));
    paths_distance(none, 3, spot_tile(1));
    assert_int_equal(paths_searches(none), 1); // the goal asked for last is kept
    assert_int_equal(paths_distance(none, 0, spot_tile(2)), 2);
    assert_int_equal(paths_cached_bytes(none), bytes);
    paths_free(one);
    paths_free(three);
    paths_free(none);
    map_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_in_the_house_are_as_long_as_they_should_be),
        cmocka_unit_test(ways_in_a_large_maze_are_as_long_as_they_should_be),
        cmocka_unit_test(all_ways_on_small_random_maps_are_shortest),
        cmocka_unit_test(of_equally_good_moves_the_first_of_up_left_right_down_is_taken),
        cmocka_unit_test(who_stands_in_a_wall_may_step_off_it),
        cmocka_unit_test(a_place_means_its_nearest_tile),
        cmocka_unit_test(the_cache_stays_within_its_bytes_and_forgets_the_oldest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
