// Maps for the map pages, and the path tester.

#include "site.h"

static void a_map_comes_with_its_places_and_pictures(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct json *doc = site_json(site, "/api/v1/maps"), *map = NULL, *of_run = NULL;
    int64_t tiles = 0;

    (void)state;
    assert_true(json_count(json_get(doc, "maps")) > 0);
    json_free(doc);
    map = site_json(site, "/api/v1/maps/house");
    tiles = site_int(json_get(map, "tmj"), "width") * site_int(json_get(map, "tmj"), "height");
    assert_int_equal(json_count(json_get(map, "tiles")), tiles);
    assert_int_equal(strlen(site_text(map, "blocked")), tiles);
    assert_false(json_bool(json_get(map, "changed_since_run")));
    assert_true(json_bool(json_get(json_first(json_get(map, "pictures")), "served")));
    site_expect(site, "/api/v1/maps/house/pictures/0", 200, "image/png");
    site_expect(site, "/api/v1/maps/house/pictures/0?scale=2", 200, "image/png");
    // A run stands for the map that it was made on; this one's was changed since
    of_run = site_json(site, "/api/v1/maps/" RUN);
    assert_string_equal(site_text(of_run, "name"), "house.tmj");
    assert_true(json_bool(json_get(of_run, "changed_since_run")));
    json_free(map);
    json_free(of_run);
    site_free(site);
}

static void a_way_leads_from_tile_to_tile_along_the_field(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct json *doc = site_json(site, "/api/v1/maps/house/path?from=4,5&to=15,12");
    struct json *map = site_json(site, "/api/v1/maps/house");
    int64_t width = site_int(json_get(map, "tmj"), "width"), length = site_int(doc, "length");
    const char *blocked = site_text(map, "blocked");
    int64_t last = 4 + 5 * width, steps = 0, *field = NULL;
    size_t n = 0;

    (void)state;
    field = calloc(json_count(json_get(doc, "field")), sizeof(*field));
    for (const struct json *v = json_first(json_get(doc, "field")); v != NULL; v = json_next(v))
        field[n++] = (int64_t)json_number(v);
    for (const struct json *v = json_first(json_get(doc, "path")); v != NULL; v = json_next(v)) {
        int64_t tile = (int64_t)json_number(v);
        int64_t across = llabs(tile % width - last % width),
                down = llabs(tile / width - last / width);
        assert_int_equal(across + down, 1);
        assert_int_equal(blocked[tile], '0');
        assert_int_equal(field[tile], length - ++steps);
        last = tile;
    }
    assert_int_equal(steps, length);
    assert_int_equal(last, 15 + 12 * width);
    free(field);
    json_free(doc);
    json_free(map);
    site_free(site);
}

static void wrong_tiles_are_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        "?from=1,1",
        "?from=1,1&to=",
        "?from=1,1&to=1",
        "?from=1,1&to=1,2,3",
        "?from=1,1&to=1,2x",
        "?from=-1,1&to=1,2",
        "?from=9999,1&to=1,2",
        "?from=1,1&to=1,9999",
        "?from=1,1&to=4294967297,1",
        "?from=1,1&to=2,2&vision=101",
        "?from=1,1&to=2,2&attention=65",
    };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct buf path = { 0 };
        buf_addf(&path, "/api/v1/maps/house/path%s", wrong[i]);
        site_expect(site, buf_str(&path), 400, "must be");
        buf_fini(&path);
    }
    site_expect(site, "/api/v1/maps/nowhere/path?from=1,1&to=2,2", 404, "no map or run");
    site_free(site);
}

// A study's own map may name pictures; only those that lie below its folder are served.
static void pictures_outside_of_the_map_are_not_served(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct err err = { { 0 } };
    struct buf text = { 0 };
    char *maps = path_join(site->folder, "sample/maps"), *map = path_join(maps, "house.tmj"),
         *secret = path_join(site->folder, "secret.png");
    char *at = NULL;

    (void)state;
    must(file_read(&text, PROPERSIM_SOURCE_DIR "/maps/house.tmj", 1 << 24, &err));
    at = strstr(text.data, "tiles/house.png");
    assert_non_null(at);
    memcpy(at, "../../secret.pn", 15);
    buf_add_char(&text, ' ');
    at = strstr(text.data, "../../secret.pn\"");
    memmove(at + 16, at + 15, text.len - (size_t)(at + 16 - text.data));
    at[15] = 'g';
    must(file_make_folder(maps, &err));
    must(file_write(map, buf_view(&text), &err));
    must(file_write(secret, view_of("secret"), &err));
    site_expect(site, "/api/v1/maps/" RUN, 200, "\"pictures\":[{\"served\":false");
    site_expect(site, "/api/v1/maps/" RUN "/pictures/0", 404, "no such picture");
    buf_fini(&text);
    free(maps);
    free(map);
    free(secret);
    site_free(site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_comes_with_its_places_and_pictures),
        cmocka_unit_test(a_way_leads_from_tile_to_tile_along_the_field),
        cmocka_unit_test(wrong_tiles_are_refused),
        cmocka_unit_test(pictures_outside_of_the_map_are_not_served),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
