#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/rng.h"
#include "interop/matrix.h"
#include "interop/matrix_png.h"
#include "world/paths.h"

#include "../world/edit.h"
#include "../world/grid.h"

/// A folder that is removed with everything that tests put into it.
struct folder {
    char path[32];
};

static const char *const parts[] = {
    "maze_meta_info.json",
    "maze/collision_maze.csv",
    "maze/sector_maze.csv",
    "maze/arena_maze.csv",
    "maze/game_object_maze.csv",
    "maze/spawning_location_maze.csv",
    "special_blocks/world_blocks.csv",
    "special_blocks/sector_blocks.csv",
    "special_blocks/arena_blocks.csv",
    "special_blocks/game_object_blocks.csv",
    "special_blocks/spawning_location_blocks.csv",
};

/// A house of 4 x 3 tiles, in the order of `parts`.
static const char *const small[] = {
    ("{\"maze_width\": 4, \"maze_height\": 3, \"sq_tile_size\": 16,\n"
     " \"special_constraint\": \"stays\"}"),
    "7, 0, 7, 0, 0, 0, 0, 0, 7, 0, 7, 0",
    "0,11,11,11,\n0,11,11,11,\n0,11,11,11,\n",
    "0,23,23,21,0,23,23,21,0,22,22,21",
    "0,0,31,0,0,0,0,32,0,0,31,31",
    "0,41,0,0,0,0,0,0,0,0,0,0",
    "1, W",
    "11, W, Ann's house \n12, W, elsewhere",
    "21, W, Ann's house, hall\r\n22, W, Ann's house, attic\r\n23, W, Ann's house, bedroom\r\n",
    "31, W, <all>, bed\n\n32, W, Ann's house, hall, coat rack",
    "41, W, Ann's house, bedroom, sp-A",
};

static int make_folder(void **state)
{
    struct folder *f = mem_calloc(1, sizeof(*f));
    struct err err = { { 0 } };
    char *sub = NULL;

    strcpy(f->path, "/tmp/propersim-matrix-XXXXXX");
    *state = f;
    if (mkdtemp(f->path) == NULL)
        return -1;
    sub = path_join(f->path, "maze");
    if (!file_make_folder(sub, &err))
        return -1;
    free(sub);
    sub = path_join(f->path, "special_blocks");
    if (!file_make_folder(sub, &err))
        return -1;
    free(sub);
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const more[] = { "map.tmj", "map-tiles.png", "maze", "special_blocks", "" };
    struct folder *f = *state;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        char *path = path_join(f->path, parts[i]);

        unlink(path);
        free(path);
    }
    for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
        char *path = path_join(f->path, more[i]);

        if (unlink(path) != 0)
            rmdir(path);
        free(path);
    }
    free(f);
    return 0;
}

/// Writes the small house with one part edited (from NULL: left out; part -1: none).
static void write_small(const struct folder *f, int part, const char *from, const char *to)
{
    for (int i = 0; i < (int)(sizeof(parts) / sizeof(*parts)); i++) {
        char *path = path_join(f->path, parts[i]);
        struct buf text = { 0 };
        struct err err = { { 0 } };

        if (i != part)
            buf_add_str(&text, small[i]);
        else if (from != NULL)
            edit_add(&text, small[i], from, to);
        unlink(path);
        if (i != part || from != NULL)
            assert_true(file_write(path, buf_view(&text), &err));
        buf_fini(&text);
        free(path);
    }
}

static void check_address(const struct map *map, uint32_t tile, const char *want)
{
    assert_string_equal(map_address(map, map_place_at(map, tile)), want);
}

static void a_matrix_folder_becomes_a_map(void **state)
{
    static const bool blocked[] = { 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0 };
    struct folder *f = *state;
    struct err err = { { 0 } };
    struct map *map = NULL;

    assert_false(matrix_is_folder(f->path));
    write_small(f, -1, NULL, NULL);
    assert_true(matrix_is_folder(f->path));
    map = matrix_load(f->path, &err);
    if (map == NULL)
        fail_msg("%s", err.text);
    assert_int_equal(map_width(map), 4);
    assert_int_equal(map_height(map), 3);
    assert_int_equal(map_tile_px(map), 16);
    assert_string_equal(map_world(map), "W");
    assert_string_equal(map_special_constraint(map), "stays");
    for (uint32_t i = 0; i < 12; i++)
        assert_int_equal(map_is_blocked(map, i), blocked[i]);
    check_address(map, 0, "W");
    check_address(map, 1, "W:Ann's house:bedroom");
    check_address(map, 2, "W:Ann's house:bedroom:bed"); // <all>: the name holds in any arena
    check_address(map, 10, "W:Ann's house:attic:bed");
    check_address(map, 11, "W:Ann's house:hall:bed");
    check_address(map, 7, "W:Ann's house:hall:coat rack");
    // Places come in the order of the rows that name them; unused rows make none.
    assert_string_equal(map_name(map, 2), "hall");
    assert_string_equal(map_name(map, 3), "attic");
    assert_string_equal(map_name(map, 4), "bedroom");
    assert_int_equal(map_place_count(map), 8);
    assert_int_equal(map_spawn_count(map), 1);
    assert_string_equal(map_spawn_name(map, 0), "Ann's house:bedroom:sp-A");
    assert_int_equal(map_spawn_tile(map, 0), 1);
    map_free(map);
}

// The small house as a Tiled map, one layer in a group, one edited.
static void write_tiled(const struct folder *f, const char *from, const char *to)
{
    static const char *const layers[] = { "Collisions", "Sector Blocks", "Arena Blocks ",
                                          "Object Interaction Blocks", "Spawning Blocks" };
    char *path = path_join(f->path, "map.tmj");
    struct buf text = { 0 }, edited = { 0 };
    struct err err = { { 0 } };

    buf_add_str(&text, "{\"width\":4,\"height\":3,\"tilewidth\":16,\"layers\":[");
    for (int i = 0; i < 5; i++) {
        size_t len = strcspn(small[i + 1], "") - (i == 1 ? 2 : 0); // without the last comma
        buf_addf(&text, "%s%s{\"name\":\"%s\",\"data\":[%.*s]}", i > 0 ? "," : "",
                 i == 2 ? "{\"name\":\"group\",\"layers\":[" : "", layers[i], (int)len,
                 small[i + 1]);
        if (i == 2)
            buf_add_str(&text, "]}");
    }
    buf_add_str(&text, "]}");
    edit_add(&edited, buf_str(&text), from, to);
    assert_true(file_write(path, buf_view(&edited), &err));
    buf_fini(&edited);
    buf_fini(&text);
    free(path);
}

static void a_tiled_map_of_the_original_is_the_same_map(void **state)
{
    static const struct {
        const char *from, *to, *error;
    } mistakes[] = {
        { "Sector Blocks", "Sectors", "is no Tiled map made the original's way" },
        { "Spawning Blocks", "Spawns", "the map has no layer \"Spawning Blocks\"" },
        { "[7, 0,", "[7,", "layer \"Collisions\": `data` lists 11 tiles; the map has 12" },
        { "[7, 0,", "[7.5, 0,", "layer \"Collisions\": tile 1 of `data` is no whole number" },
        { "[0,41,", "[0,49,", "Spawning Blocks: tile (1, 0) is block 49, which" },
        { "\"width\":4", "\"width\":0", "`width`" },
    };
    struct folder *f = *state;
    char *path = path_join(f->path, "map.tmj");
    struct err err = { { 0 } };
    struct map *map = NULL, *folder = NULL;

    write_small(f, -1, NULL, NULL);
    write_tiled(f, "[7, 0,", "[2147483655, 0,"); // turned: the block is the same
    map = matrix_load_tiled(path, &err);
    if (map == NULL)
        fail_msg("%s", err.text);
    folder = matrix_load(f->path, &err);
    assert_non_null(folder);
    assert_string_equal(map_special_constraint(map), "stays");
    assert_int_equal(map_place_count(map), map_place_count(folder));
    for (uint32_t i = 0; i < 12; i++) {
        check_address(map, i, map_address(folder, map_place_at(folder, i)));
        assert_int_equal(map_is_blocked(map, i), map_is_blocked(folder, i));
    }
    assert_string_equal(map_spawn_name(map, 0), map_spawn_name(folder, 0));
    map_free(folder);
    map_free(map);
    for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
        write_tiled(f, mistakes[i].from, mistakes[i].to);
        map = matrix_load_tiled(path, &err);
        assert_null(map);
        if (strstr(err.text, mistakes[i].error) == NULL)
            fail_msg("%s", err.text);
    }
    free(path);
}

static void a_byte_order_mark_is_no_part_of_a_file(void **state)
{
    struct folder *f = *state;
    struct err err = { { 0 } };

    for (int part = 1; part < (int)(sizeof(parts) / sizeof(*parts)); part++) {
        char *path = path_join(f->path, parts[part]);
        struct buf text = { 0 };
        struct map *map = NULL;

        write_small(f, -1, NULL, NULL);
        buf_addf(&text, "\xef\xbb\xbf%s", small[part]);
        assert_true(file_write(path, buf_view(&text), &err));
        map = matrix_load(f->path, &err);
        if (map == NULL)
            fail_msg("%s", err.text);
        check_address(map, 2, "W:Ann's house:bedroom:bed");
        map_free(map);
        buf_fini(&text);
        free(path);
    }
}

static void each_mistake_in_a_folder_gives_a_clear_error(void **state)
{
    static const struct {
        int part;
        const char *from, *to, *message;
    } rows[] = {
        { 0, NULL, NULL, "maze_meta_info.json: No such file" },
        { 0, "\"maze_width\": 4, ", "", "maze_meta_info.json: `maze_width` is missing" },
        { 0, "\"maze_width\": 4", "\"maze_width\": 4000", "maze_width" },
        { 0, "\"maze_width\": 4", "\"maze_width\": 5",
          "maze/collision_maze.csv: it holds 12 ids; the map has 15 tiles" },
        { 0, "{", "", "maze_meta_info.json: line 1" },
        { 0, "\"stays\"", "7", "`special_constraint` must be text" },
        { 1, NULL, NULL, "collision_maze.csv: No such file" },
        { 1, "7, 0, 7", "7, 0", "maze/collision_maze.csv: it holds 11 ids" },
        { 1, "7, 0, 7", "7, 0, x", "entry 3, `x`, is no block id" },
        { 1, "7, 0, 7", "7,, 7", "entry 2, ``, is no block id" },
        { 1, "7, 0, 7", "7, 0, 4294967296", "entry 3, `4294967296`, is no block id" },
        { 1, "7, 0, 7, 0, 0, 0, 0, 0, 7, 0, 7, 0", "", "it holds 0 ids" },
        { 2, "11", "13",
          "maze/sector_maze.csv: tile (1, 0) is block 13, which special_blocks/sector_blocks.csv "
          "does not name" },
        { 2, "11", "12", "it belongs to `Ann's house`, but lies in `elsewhere`" },
        { 2, "11", "0",
          "maze/arena_maze.csv: block 23 at tile (1, 0): it belongs to `Ann's house`, "
          "but lies in `nothing`" },
        { 3, "22,22,21", "22,22,0", "block 31 at tile (3, 2): its tile (3, 2) lies in no arena" },
        { 4, "0,0,31", "31,0,31",
          "maze/game_object_maze.csv: block 31 at tile (0, 0): its tile (0, 0) lies in no arena" },
        { 4, "0,0,31", "0,32,31", "it belongs to `hall`, but lies in `bedroom`" },
        { 5, "0,41,0", "0,0,41", "spawn `Ann's house:bedroom:sp-A` stands on the blocked tile" },
        { 6, "1, W", "1, W\n2, V", "world_blocks.csv has 2 rows" },
        { 6, "1, W", "", "world_blocks.csv has 0 rows" },
        { 6, "1, W", "1, W:V", "holds a colon" },
        { 7, "12, W, elsewhere", "11, W, elsewhere",
          "special_blocks/sector_blocks.csv: line 2: block 11 was given a meaning before" },
        { 7, "12, W, elsewhere", "12, W", "line 2: there are too few columns" },
        { 7, "11, W,", "11, V,", "its world is `V`, not `W`" },
        { 7, "12, W, elsewhere", "twelve, W, elsewhere", "line 2: `twelve` is no block id" },
        { 7, "Ann's house", "\"Ann's house\"", "line 1: quoted fields" },
        { 7, "Ann's house", "Ann\xff", "special_blocks/sector_blocks.csv: it is not UTF-8" },
        { 8, "Ann's house, hall", "Ann's house, cellar, hall", "line 1: there are too many" },
        { 8, "Ann's house, hall", "Bob's house, hall",
          "it belongs to `Bob's house`, but lies in `Ann's house`" },
        { 9, "31, W, <all>, bed", "31, W, , bed", "line 1: column 3 is empty" },
        { 9, "31, W, <all>, bed", "31, W, <all>, b:d", "holds a colon" },
        { 10, "41, W", "0, W", "`0` is no block id" },
    };
    struct folder *f = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };
        struct map *map = NULL;

        write_small(f, rows[i].part, rows[i].from, rows[i].to);
        map = matrix_load(f->path, &err);
        if (map != NULL)
            fail_msg("`%s` was accepted", rows[i].to);
        if (strstr(err.text, rows[i].message) == NULL)
            fail_msg("`%s` does not hold `%s`", err.text, rows[i].message);
        assert_non_null(strstr(err.text, f->path));
    }
}

/// Writes a map for Tiled, reads it again and compares.
static void check_round_trip(const struct folder *f, const struct map *map)
{
    char *path = path_join(f->path, "map.tmj"), *image = path_join(f->path, "map-tiles.png");
    struct buf png = { 0 };
    struct err err = { { 0 } };
    struct map *again = NULL;

    if (!matrix_write_tmj(map, path, &err))
        fail_msg("%s", err.text);
    again = map_load(path, &err);
    if (again == NULL)
        fail_msg("%s", err.text);
    assert_true(map_equal(map, again));
    assert_true(file_read(&png, image, 16 << 20, &err));
    assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
    buf_fini(&png);
    map_free(again);
    free(path);
    free(image);
}

static void a_map_written_for_tiled_reads_back_equal(void **state)
{
    struct folder *f = *state;
    struct err err = { { 0 } };
    struct map *map = NULL;

    write_small(f, -1, NULL, NULL);
    map = matrix_load(f->path, &err);
    assert_non_null(map);
    check_round_trip(f, map);
    map_free(map);
    map = map_load(PROPERSIM_SOURCE_DIR "/tests/data/maps/flat-csv.tmj", &err);
    assert_non_null(map);
    check_round_trip(f, map);
    assert_false(matrix_write_tmj(map, "/nonexistent/x.tmj", &err));
    map_free(map);
}

static void a_picture_is_written_byte_by_byte(void **state)
{
    // 1 x 1 pixel of colour 0x102030, darkened because it is an edge; as other tools make it.
    static const uint8_t want[] = {
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44,
        0x52, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x03, 0x00, 0x00, 0x00, 0x28,
        0xcb, 0x34, 0xbb, 0x00, 0x00, 0x00, 0x06, 0x50, 0x4c, 0x54, 0x45, 0x10, 0x20, 0x30, 0x0f,
        0x1e, 0x2d, 0x0d, 0x99, 0x48, 0x66, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78,
        0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x00, 0x01, 0x00, 0x03, 0x00, 0x02, 0xdb, 0xae, 0x1f,
        0xef, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    };
    const uint32_t colour = 0x102030;
    struct buf png = { 0 };

    (void)state;
    matrix_add_png(&png, &colour, 1, 1);
    assert_int_equal(png.len, sizeof(want));
    assert_memory_equal(png.data, want, sizeof(want));
    buf_fini(&png);
}

/// Compares `goals` x `starts` pairs of free tiles with a search of the test's own.
static void check_paths(const struct map *map, uint64_t seed, unsigned goals, unsigned starts)
{
    struct paths *paths = paths_new(map, PATHS_CACHE_BYTES);
    uint32_t *tiles = mem_calloc(map_tile_count(map), sizeof(*tiles));
    struct rng rng = rng_start(seed, "matrix", "test", 0);
    unsigned unreachable = 0;

    for (unsigned g = 0; g < goals;) {
        uint32_t to = (uint32_t)rng_below(&rng, map_tile_count(map));
        int *want = NULL;

        if (map_is_blocked(map, to))
            continue;
        want = grid_distances(map, to);
        for (unsigned s = 0; s < starts;) {
            uint32_t from = (uint32_t)rng_below(&rng, map_tile_count(map));
            uint32_t moves = 0;

            if (map_is_blocked(map, from))
                continue;
            moves = paths_distance(paths, from, spot_tile(to));
            assert_int_equal(moves, want[from] < 0 ? PATHS_UNREACHABLE : (uint32_t)want[from]);
            assert_int_equal(paths_walk(paths, from, spot_tile(to), map_tile_count(map), tiles),
                             moves);
            if (moves == PATHS_UNREACHABLE)
                unreachable++;
            else
                assert_true(grid_is_way(map, from, tiles, moves) &&
                            (moves == 0 ? from : tiles[moves - 1]) == to);
            s++;
        }
        free(want);
        g++;
    }
    print_message("%u pairs, %u without a way\n", goals * starts, unreachable);
    free(tiles);
    paths_free(paths);
}

static void check_original(const struct folder *f, const char *name, uint32_t sectors,
                           uint32_t spawns, unsigned goals, unsigned starts)
{
    struct buf path = { 0 };
    struct err err = { { 0 } };
    struct map *map = NULL;

    buf_addf(&path, "%s/reverie/%s/matrix", PROPERSIM_SHARED_DATA, name);
    if (!matrix_is_folder(buf_str(&path))) {
        print_message("no %s\n", buf_str(&path));
        buf_fini(&path);
        skip();
    }
    map = matrix_load(buf_str(&path), &err);
    if (map == NULL)
        fail_msg("%s", err.text);
    assert_string_equal(map_world(map), "the Ville");
    assert_int_equal(map_children(map, MAP_NO_PLACE).count, sectors);
    assert_int_equal(map_spawn_count(map), spawns);
    check_round_trip(f, map);
    check_paths(map, sectors, goals, starts);
    for (uint32_t p = 1; p <= map_place_count(map); p++)
        assert_true(map_place_targets(map, p).count > 0);
    map_free(map);
    buf_fini(&path);
}

static void the_house_of_the_original_imports(void **state)
{
    check_original(*state, "house", 1, 4, 100, 40);
}

static void the_town_of_the_original_imports(void **state)
{
    check_original(*state, "town", 19, 40, 12, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_matrix_folder_becomes_a_map, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_tiled_map_of_the_original_is_the_same_map, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_no_part_of_a_file, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(each_mistake_in_a_folder_gives_a_clear_error, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_map_written_for_tiled_reads_back_equal, make_folder,
                                        remove_folder),
        cmocka_unit_test(a_picture_is_written_byte_by_byte),
        cmocka_unit_test_setup_teardown(the_house_of_the_original_imports, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(the_town_of_the_original_imports, make_folder,
                                        remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
