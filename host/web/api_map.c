#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "net/loop.h"
#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"
#include "web/maps.h"
#include "world/map.h"
#include "world/paths.h"
#include "world/world.h"

enum { PICTURE_BYTES = 32 << 20, MAX_PERCEPTS = 64, MAX_MOVES = 1 << 20 };

void api_maps(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct file_list names = { 0 };
    struct err err = { { 0 } };
    char *folder = path_join(w->data, "maps");

    (void)q;
    buf_add_str(&reply->body, "{\"maps\":[");
    if (!file_list_folder(&names, folder, &err))
        web_fail_err(reply, 500, &err);
    for (size_t i = 0; i < names.count; i++) {
        char *end = strstr(names.names[i], ".tmj");
        if (end == NULL || end[4] != '\0')
            continue;
        *end = '\0';
        if (reply->body.data[reply->body.len - 1] != '[')
            buf_add_char(&reply->body, ',');
        json_add_string(&reply->body, view_of(names.names[i]));
    }
    if (reply->status == 200)
        buf_add_str(&reply->body, "]}");
    file_list_free(&names);
    free(folder);
}

static struct map_file *get_map(struct web *w, struct server_request *q, struct server_reply *reply)
{
    struct err err = { { 0 } };
    struct map_file *f = NULL;

    catalog_scan(w->catalog, loop_now_ms(w->loop));
    f = maps_get(w, server_part(q, 0), &err);
    if (f == NULL)
        web_fail_err(reply, 404, &err);
    return f;
}

// "picture.png" -> "picture@2x.png"; NULL if there is no such file.
static char *twice(const char *path)
{
    const char *dot = strrchr(path, '.');
    struct buf b = { 0 };
    char *name = NULL;

    buf_add(&b, path, (size_t)(dot - path));
    buf_addf(&b, "@2x%s", dot);
    name = buf_take(&b);
    if (file_exists(name))
        return name;
    free(name);
    return NULL;
}

static void add_pictures(struct buf *out, const struct map_file *f)
{
    buf_add_str(out, "\"pictures\":[");
    for (size_t i = 0; i < f->picture_count; i++) {
        char *big = f->pictures[i] == NULL ? NULL : twice(f->pictures[i]);
        buf_addf(out, "%s{\"served\":%s,\"twice\":%s}", i > 0 ? "," : "",
                 f->pictures[i] != NULL && file_exists(f->pictures[i]) ? "true" : "false",
                 big != NULL ? "true" : "false");
        free(big);
    }
    buf_add_str(out, "],");
}

static void add_places(struct buf *out, const struct map *map)
{
    static const char *const kinds[] = {
        [MAP_SECTOR] = "sector", [MAP_ARENA] = "arena", [MAP_OBJECT] = "object"
    };

    buf_add_str(out, "\"places\":[null");
    for (uint32_t p = 1; p <= map_place_count(map); p++) {
        buf_addf(out, ",{\"kind\":\"%s\",", kinds[map_kind(map, p)]);
        web_add_text(out, "address", map_address(map, p));
        buf_add_char(out, '}');
    }
    buf_add_str(out, "],\"tiles\":[");
    for (uint32_t t = 0; t < map_tile_count(map); t++)
        buf_addf(out, "%s%" PRIu32, t > 0 ? "," : "", map_place_at(map, t));
    buf_add_str(out, "],\"blocked\":\"");
    for (uint32_t t = 0; t < map_tile_count(map); t++)
        buf_add_char(out, map_is_blocked(map, t) ? '1' : '0');
    buf_add_str(out, "\",");
}

void api_map(void *user, struct server_request *q, struct server_reply *reply)
{
    struct web *w = user;
    struct map_file *f = get_map(w, q, reply);
    struct catalog_run *run = f == NULL ? NULL : catalog_run(w->catalog, f->id);
    struct err err = { { 0 } };
    struct reader *reader = run == NULL ? NULL : readers_get(w->readers, run, &err);
    struct hash hash;
    char hex[HASH_HEX_BYTES];

    if (f == NULL)
        return;
    hash = map_hash(f->map);
    hash_hex(&hash, hex);
    buf_add_char(&reply->body, '{');
    web_add_text(&reply->body, "name", path_name(f->path));
    buf_addf(&reply->body, ",\"changed_since_run\":%s,",
             reader != NULL && strcmp(reader_info(reader)->map_hash, hex) != 0 ? "true" : "false");
    add_pictures(&reply->body, f);
    add_places(&reply->body, f->map);
    buf_add_str(&reply->body, "\"tmj\":");
    buf_add_view(&reply->body, buf_view(&f->text));
    buf_add_char(&reply->body, '}');
}

void api_map_picture(void *user, struct server_request *q, struct server_reply *reply)
{
    struct map_file *f = get_map(user, q, reply);
    struct err err = { { 0 } };
    char *end = NULL, *big = NULL;
    unsigned long i = strtoul(server_part(q, 1), &end, 10);
    const char *path = NULL;

    if (f == NULL)
        return;
    if (*server_part(q, 1) == '\0' || *end != '\0' || i >= f->picture_count ||
        f->pictures[i] == NULL) {
        web_fail(reply, 404, "the map has no such picture below its folder");
        return;
    }
    path = f->pictures[i];
    if (server_query(q, "scale") != NULL && strcmp(server_query(q, "scale"), "2") == 0)
        big = twice(path);
    path = big != NULL ? big : path;
    reply->type = strstr(path, ".webp") != NULL ? "image/webp" : "image/png";
    if (!file_read(&reply->body, path, PICTURE_BYTES, &err))
        web_fail_err(reply, 404, &err);
    free(big);
}

// ---- The path tester.

static bool read_tile(struct server_request *q, const char *name, const struct map *map,
                      uint32_t *tile, struct server_reply *reply)
{
    const char *text = server_query(q, name);
    unsigned x = 0, y = 0;
    char rest = '\0';
    struct err err = { { 0 } };

    if (text != NULL && sscanf(text, "%5u,%5u%c", &x, &y, &rest) == 2 && x < map_width(map) &&
        y < map_height(map)) {
        *tile = x + y * map_width(map);
        return true;
    }
    err_set(&err, "%s must be X,Y: a tile of the map, which has %u x %u", name, map_width(map),
            map_height(map));
    web_fail_err(reply, 400, &err);
    return false;
}

static void add_way(struct buf *out, struct map_file *f, uint32_t from, uint32_t to)
{
    uint32_t *tiles = NULL;
    uint32_t length = paths_distance(f->paths, from, spot_tile(to));

    if (length == PATHS_UNREACHABLE || length > MAX_MOVES) {
        buf_add_str(out, "\"length\":null,\"path\":[],");
        return;
    }
    tiles = mem_calloc(length + 1, sizeof(*tiles));
    length = paths_walk(f->paths, from, spot_tile(to), length, tiles);
    buf_addf(out, "\"length\":%" PRIu32 ",\"path\":[", length);
    for (uint32_t i = 0; i < length; i++)
        buf_addf(out, "%s%" PRIu32, i > 0 ? "," : "", tiles[i]);
    buf_add_str(out, "],");
    free(tiles);
}

static void add_field(struct buf *out, struct map_file *f, uint32_t to)
{
    buf_add_str(out, "\"field\":[");
    for (uint32_t t = 0; t < map_tile_count(f->map); t++) {
        uint32_t d = map_is_blocked(f->map, t) ? PATHS_UNREACHABLE
                                               : paths_distance(f->paths, t, spot_tile(to));
        if (t > 0)
            buf_add_char(out, ',');
        if (d == PATHS_UNREACHABLE)
            buf_add_str(out, "-1");
        else
            buf_addf(out, "%" PRIu32, d);
    }
    buf_add_str(out, "],");
}

// What somebody who stands there perceives in an empty house: all objects are idle.
static void add_percepts(struct buf *out, const struct map *map, uint32_t at, uint32_t radius,
                         size_t most)
{
    struct world_percept seen[MAX_PERCEPTS];
    struct world *world = world_new(map);
    size_t count = world_perceive(world, at, radius, most, seen);

    buf_add_str(out, "\"perceives\":[");
    for (size_t i = 0; i < count; i++) {
        buf_addf(out, "%s{\"tile\":%" PRIu32 ",\"distance2\":%" PRIu32 ",", i > 0 ? "," : "",
                 seen[i].tile, seen[i].distance2);
        web_add_text(out, "description", seen[i].event->description);
        buf_add_char(out, '}');
    }
    buf_add_str(out, "]");
    world_free(world);
}

void api_map_path(void *user, struct server_request *q, struct server_reply *reply)
{
    struct map_file *f = get_map(user, q, reply);
    uint32_t from = 0, to = 0;
    int64_t radius = 0, most = 0;

    if (f == NULL || !read_tile(q, "from", f->map, &from, reply) ||
        !read_tile(q, "to", f->map, &to, reply) ||
        !web_query_int(q, "vision", 0, 100, 8, &radius, reply) ||
        !web_query_int(q, "attention", 0, MAX_PERCEPTS, 8, &most, reply))
        return;
    buf_add_char(&reply->body, '{');
    web_add_text(&reply->body, "from", map_address(f->map, map_place_at(f->map, from)));
    buf_add_char(&reply->body, ',');
    web_add_text(&reply->body, "to", map_address(f->map, map_place_at(f->map, to)));
    buf_add_char(&reply->body, ',');
    add_way(&reply->body, f, from, to);
    add_field(&reply->body, f, to);
    add_percepts(&reply->body, f->map, from, (uint32_t)radius, (size_t)most);
    buf_add_char(&reply->body, '}');
}
