// One row per mistake that a person, or a full disk, makes with a map: each must give one clear
// error.
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
#include "base/mem.h"
#include "world/map.h"
#include "world/tileset.h"

#include "edit.h"

#define MAPS PROPERSIM_SOURCE_DIR "/tests/data/maps/"

static const struct {
    const char *file, *from, *to, *message;
} broken[] = {
    // The file as a whole
    { "flat-csv.tmj", "{ \"compressionlevel\"", "", "line 1" },
    { "flat-csv.tmj", "\"infinite\":false", "\"infinite\":true", "switch Infinite off" },
    { "flat-csv.tmj", "\"orientation\":\"orthogonal\"", "\"orientation\":\"isometric\"",
      "the map is isometric: only orthogonal" },
    { "flat-csv.tmj", "\"type\":\"map\"", "\"type\":\"tileset\"", "this is no Tiled map" },
    { "flat-csv.tmj", "\"tilewidth\":16,\"type\":\"map\"", "\"tilewidth\":8,\"type\":\"map\"",
      "its tiles are 8 x 16 pixels: they must be square" },
    { "flat-csv.tmj", "\"height\":8,\"infinite\"", "\"height\":2000,\"infinite\"", "height" },
    { "flat-csv.tmj", "\"height\":8,\"infinite\"", "\"height\":0,\"infinite\"", "height" },
    { "flat-csv.tmj", "\"height\":8,\"infinite\"", "\"height\":\"8\",\"infinite\"",
      "`height` must be a number" },
    { "flat-csv.tmj", "\"layers\":[", "\"lawyers\":[", "`layers` is missing" },
    // Map properties
    { "flat-csv.tmj", "\"name\":\"world\"", "\"name\":\"word\"", "has no property `world`" },
    { "flat-csv.tmj", "\"value\":\"Testland\"", "\"value\":\" \"",
      "map property `world`: the name is empty" },
    { "flat-csv.tmj", "\"value\":\"Testland\"", "\"value\":7", "`world` must be a string" },
    { "flat-csv.tmj", "\"name\":\"author\"", "\"name\":\"floor\"",
      "map property `floor`: the property is there twice" },
    // Tilesets
    { "flat-tsx.tmj", "blocks.tsx", "gone.tsx", "gone.tsx: No such file or directory" },
    { "flat-tsx.tmj", "blocks.tsx", "gone.tsx", "put it there, or embed it" },
    { "flat-tsx.tmj", "blocks.tsx", "/etc/blocks.tsx", "by a path relative to itself" },
    { "flat-tsx.tmj", "blocks.tsx", "blocks.tsj\\u0000", "line" },
    { "flat-tsx.tmj", "blocks.tsx", "blocks.png", "tileset " MAPS "blocks.png: " },
    { "flat-tsx.tmj", "blocks.tsx", "flat-csv.tmj", "`tilecount` is missing" },
    { "flat-csv.tmj", "\"firstgid\":1", "\"firstgid\":0", "firstgid" },
    { "flat-csv.tmj", "\"tilecount\":4", "\"tilecount\":-1", "tilecount" },
    { "flat-csv.tmj", "\"tilesets\":[", "\"tilesets\":[{\"firstgid\":1,\"tilecount\":1},",
      "tileset 2: its `firstgid` is not above the one before" },
    { "flat-csv.tmj", "\"collides\",\"type\":\"bool\",\"value\":true",
      "\"collides\",\"type\":\"string\",\"value\":\"true\"",
      "tile 2: property `collides` must be a bool" },
    // Tile layers
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2,", "layer `ground`: `data` lists 79 tiles" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2, 2, 2,", "`data` lists 81 tiles" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2, 5,",
      "layer `ground`: tile (1, 0) is number 5, which no tileset has" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2, -2,", "tile 2 of `data`" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2, 2.5,", "tile 2 of `data`" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"data\":[2, \"2\",", "tile 2 of `data`" },
    { "flat-csv.tmj", "\"data\":[2, 2,", "\"chunks\":[], \"data\":[2, 2,", "comes in chunks" },
    { "flat-csv.tmj", "\"height\":8,\"id\":1", "\"height\":7,\"id\":1",
      "it is 10 x 7 tiles, the map 10 x 8" },
    { "flat-csv.tmj", "\"type\":\"tilelayer\"", "\"type\":\"tyrelayer\"",
      "layer `ground`: its type `tyrelayer` is unknown" },
    { "flat-csv.tmj", "\"name\":\"walls\",", "\"name\":\"walls\", \"offsetx\":4,",
      "layer `walls`: it blocks tiles, but is shifted by (4, 0) pixels" },
    { "flat-csv.tmj", "\"type\":\"bool\",\"value\":true", "\"type\":\"int\",\"value\":1",
      "layer `big furniture`: property `collision` must be a bool" },
    { "flat-base64.tmj", "\"data\":\"AgAA", "\"data\":\"Ag!A", "is not base64 (byte 3)" },
    { "flat-base64.tmj", "\"data\":\"AgAA", "\"data\":\"AgA", "base64 data is cut short" },
    { "flat-base64.tmj", "\"data\":\"AgAAAA", "\"data\":\"Ag", "holds 317 bytes, not 4 per tile" },
    { "flat-base64.tmj", "\"encoding\":\"base64\"", "\"encoding\":\"base85\"",
      "its encoding `base85` is unknown" },
    { "flat-base64.tmj", "\"encoding\":\"base64\"", "\"encoding\":\"csv\"",
      "`data` must be a list, not a text" },
    { "flat-zlib.tmj", "\"compression\":\"zlib\"", "\"compression\":\"lzma\"",
      "its compression `lzma` is unknown" },
    { "flat-zlib.tmj", "\"compression\":\"zlib\"", "\"compression\":\"gzip\"",
      "its gzip data is damaged" },
    { "flat-zlib.tmj", "\"data\":\"", "\"data\":\"AAAA", "its zlib data is damaged" },
    { "flat-zlib.tmj", "\"data\":\"", "\"data\":\"\", \"old\":\"", "exactly one number per tile" },
    { "flat-zstd.tmj", "\"data\":\"", "\"data\":\"AAAA", "its zstd data is damaged" },
    { "flat-zstd.tmj", "\"data\":\"", "\"data\":\"\", \"old\":\"", "exactly one number per tile" },
    // Object layers
    { "flat-csv.tmj", "\"name\":\"Sector\"", "\"name\":\"Building\"",
      "these object layers have no use: `Building`, `notes`" },
    { "flat-csv.tmj", "\"name\":\"stove\"", "\"name\":\"\"",
      "layer `OBJECTS`: object 1: the name is empty" },
    { "flat-csv.tmj", "\"name\":\"stove\"", "\"name\":\"gas:stove\"", "holds a colon" },
    { "flat-csv.tmj", "\"name\":\"stove\"", "\"name\":\"gas\\nstove\"", "control character" },
    { "flat-csv.tmj", "\"name\":\"bed\"", "\"name\":\"bed\", \"template\":\"bed.tx\"",
      "layer `OBJECTS`: object 3 `bed`: it is an instance of a template" },
    { "flat-csv.tmj", "\"name\":\"bed\"", "\"name\":\"bed\", \"ellipse\":true",
      "it is of the form ellipse" },
    { "flat-csv.tmj", "\"name\":\"bed\"", "\"name\":\"bed\", \"polygon\":[]",
      "it is of the form polygon" },
    { "flat-csv.tmj", "\"name\":\"lamp\",\"rotation\":0", "\"name\":\"lamp\",\"rotation\":45",
      "object 4 `lamp`: it is turned by 45 degrees" },
    { "flat-csv.tmj", "\"width\":3.2", "\"width\":3200", "object 4 `lamp`: it reaches beyond" },
    { "flat-csv.tmj", "\"width\":3.2", "\"width\":-3", "its size is negative" },
    { "flat-csv.tmj", "\"width\":3.2", "\"width\":\"3\"", "`width` must be a number" },
    { "flat-csv.tmj", "\"width\":3.2,\"x\":132.8", "\"width\":3.2,\"x\":-1e300",
      "it reaches beyond the map" },
    { "flat-csv.tmj", "\"width\":3.2,\"x\":132.8", "\"width\":3.2,\"x\":82",
      "its tile (5, 3) lies in no arena: enlarge the arena" },
    { "flat-csv.tmj", "\"width\":3.2,\"x\":132.8", "\"width\":64,\"x\":64",
      "its tile (5, 3) lies in no arena" },
    { "flat-csv.tmj", "\"x\":128,\"y\":16", "\"x\":16,\"y\":16",
      "object 3 `bed`: its tile (1, 1) already belongs to the object `stove`" },
    { "flat-csv.tmj", "\"layers\":[",
      "\"layers\":[{\"type\":\"objectgroup\",\"name\":\"objects\",\"objects\":[{\"id\":50,"
      "\"name\":\"rug\",\"x\":64,\"y\":80,\"width\":16,\"height\":32}]},",
      "it lies across the arenas `kitchen` and `hall` (tile (4, 6)): draw one for each" },
    { "flat-csv.tmj", "\"name\":\"OBJECTS\",", "\"name\":\"OBJECTS\", \"offsety\":-16,",
      "layer `OBJECTS`: it is shifted by (0, -16) pixels" },
    { "flat-csv.tmj", "\"x\":116", "\"x\":132",
      "spawn `bedside` stands on the blocked tile (8, 1)" },
    { "flat-csv.tmj", "\"objects\":[", "\"objects\":7, \"old\":[", "`objects` must be a list" },
};

/// Removes line ends and indentation, so that edits can span lines.
static void join_lines(struct buf *text)
{
    size_t kept = 0;

    for (size_t i = 0; i < text->len; i++) {
        if (text->data[i] != '\n')
            text->data[kept++] = text->data[i];
        else
            i += strspn(text->data + i + 1, " ");
    }
    text->len = kept;
    text->data[kept] = '\0';
}

static void each_mistake_gives_a_clear_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
        struct buf path = { 0 }, text = { 0 }, changed = { 0 };
        struct err err = { { 0 } };
        struct map *map = NULL;

        buf_addf(&path, "%s%s", MAPS, broken[i].file);
        assert_true(file_read(&text, buf_str(&path), MAP_MAX_FILE_BYTES, &err));
        join_lines(&text);
        if (strstr(buf_str(&text), broken[i].from) == NULL)
            fail_msg("%s holds no `%s`", broken[i].file, broken[i].from);
        edit_add(&changed, buf_str(&text), broken[i].from, broken[i].to);
        map = map_parse(buf_view(&changed), MAPS, &err);
        if (map != NULL)
            fail_msg("`%s` was accepted", broken[i].to);
        if (strstr(err.text, broken[i].message) == NULL)
            fail_msg("`%s` does not hold `%s`", err.text, broken[i].message);
        buf_fini(&changed);
        buf_fini(&text);
        buf_fini(&path);
    }
}

static void files_that_are_no_maps_are_named(void **state)
{
    static const struct {
        const char *path, *message;
    } rows[] = {
        { "/nonexistent/x.tmj", "/nonexistent/x.tmj: No such file or directory" },
        { "/tmp", "/tmp: is not a regular file" },
        { "/dev/null", "/dev/null: is not a regular file" },
        { MAPS "blocks.png", "map " MAPS "blocks.png: " },
        { MAPS "flat.tmx", "map " MAPS "flat.tmx: line 1" },
        { MAPS "blocks.tsj", "this is no Tiled map (its `type` is `tileset`" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct err err = { { 0 } };

        assert_null(map_load(rows[i].path, &err));
        if (strstr(err.text, rows[i].message) == NULL)
            fail_msg("`%s` does not hold `%s`", err.text, rows[i].message);
    }
}

static void a_map_of_two_gigabytes_is_refused_unread(void **state)
{
    char path[] = "/tmp/propersim-map-XXXXXX";
    struct err err = { { 0 } };
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, 2LL << 30), 0); // takes no room on the disk
    assert_null(map_load(path, &err));
    assert_non_null(strstr(err.text, "is 2147483648 bytes long; at most 67108864 are read"));
    close(fd);
    unlink(path);
}

static void an_empty_text_and_a_deep_one_are_refused(void **state)
{
    struct buf deep = { 0 };
    struct err err = { { 0 } };

    (void)state;
    assert_null(map_parse((struct view){ 0 }, NULL, &err));
    assert_null(map_parse(view_of("[]"), NULL, &err));
    assert_non_null(strstr(err.text, "this is no Tiled map: it is a list"));
    for (int i = 0; i < 100000; i++)
        buf_add_str(&deep, "{\"layers\":[");
    assert_null(map_parse(buf_view(&deep), NULL, &err));
    buf_fini(&deep);
}

static void a_tileset_in_xml_is_read_with_care(void **state)
{
    static const struct {
        const char *text, *message; // NULL: it must be read
    } rows[] = {
        { "<tileset tilecount=\"4\"><tile id=\"2\"><properties><property name=\"collides\" "
          "type=\"bool\" value=\"true\"/></properties></tile><tile "
          "id=\"1\"><properties><x><property "
          "name=\"collides\" type=\"bool\" value=\"true\"/></x></properties><objectgroup><property "
          "name=\"collides\" type=\"bool\" value=\"true\"/></objectgroup></tile></tileset>",
          NULL }, // only a tile's own property counts
        { "", "no element found" },
        { "<tileset tilecount=\"4\">", "line 1: it is no well-formed XML" },
        { "<map/>", "the first element must be <tileset>" },
        { "<tileset/>", "`tilecount` must be a number" },
        { "<tileset tilecount=\"4x\"/>", "`tilecount` must be a number" },
        { "<tileset tilecount=\"99999999999999999999\"/>", "`tilecount` must be a number" },
        { "<tileset tilecount=\"4\">\n<tile/></tileset>", "line 2: attribute `id`" },
        { "<tileset tilecount=\"4\"><tile id=\"1048576\"/></tileset>", "attribute `id`" },
        { "<tileset tilecount=\"4\"><tile id=\"2\"><properties><property name=\"collides\" "
          "value=\"true\"/></properties></tile></tileset>",
          "`collides` must be a bool" },
        { "<!DOCTYPE t [<!ENTITY a \"aaaa\">]><tileset tilecount=\"4\"/>",
          "document type declaration" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct tileset set = { 0 };
        struct err err = { { 0 } };

        assert_int_equal(tileset_parse_xml(&set, view_of(rows[i].text), &err),
                         rows[i].message == NULL);
        if (rows[i].message != NULL && strstr(err.text, rows[i].message) == NULL)
            fail_msg("`%s` does not hold `%s`", err.text, rows[i].message);
        if (rows[i].message == NULL) {
            assert_int_equal(set.count, 4);
            assert_true(set.collides[2]);
            assert_false(set.collides[1]);
        }
        tileset_fini(&set);
    }
}

static void thousands_of_sheets_over_the_whole_map_end_in_time(void **state)
{
    struct buf text = { 0 };
    struct err err = { { 0 } };

    (void)state;
    buf_add_str(&text, "{\"type\":\"map\",\"orientation\":\"orthogonal\",\"width\":1024,"
                       "\"height\":1024,\"tilewidth\":1,\"tileheight\":1,\"tilesets\":[],"
                       "\"properties\":[{\"name\":\"world\",\"value\":\"w\"}],\"layers\":[{"
                       "\"type\":\"objectgroup\",\"name\":\"sectors\",\"objects\":[");
    for (int i = 0; i < 50000; i++)
        buf_addf(&text,
                 "%s{\"id\":%d,\"name\":\"s\",\"x\":0,\"y\":0,\"width\":1024,\"height\":1024}",
                 i > 0 ? "," : "", i);
    buf_add_str(&text, "]}]}");
    assert_null(map_parse(buf_view(&text), NULL, &err));
    assert_non_null(strstr(err.text, "cover the map more than 64 times"));
    buf_fini(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mistake_gives_a_clear_error),
        cmocka_unit_test(files_that_are_no_maps_are_named),
        cmocka_unit_test(a_map_of_two_gigabytes_is_refused_unread),
        cmocka_unit_test(an_empty_text_and_a_deep_one_are_refused),
        cmocka_unit_test(a_tileset_in_xml_is_read_with_care),
        cmocka_unit_test(thousands_of_sheets_over_the_whole_map_end_in_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
