#include "sim/news_places.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/distance.h"

// "sector" or "sector:arena"; NULL for an object.
static const char *name_of(const struct map *map, uint32_t place)
{
    if (map_kind(map, place) == MAP_OBJECT)
        return NULL;
    return map_address(map, place) + strlen(map_world(map)) + 1;
}

static bool has(const struct map *map, const char *wanted)
{
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        const char *name = name_of(map, place);
        if (name != NULL && strcmp(name, wanted) == 0)
            return true;
    }
    return false;
}

// What is probably meant: an arena without its sector, or nearly the name of a place. May be NULL.
static const char *nearest(const struct map *map, const char *wanted)
{
    const char **names = mem_calloc(map_place_count(map), sizeof(*names));
    const char *found = NULL;
    size_t count = 0;

    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        const char *name = name_of(map, place);
        if (name == NULL)
            continue;
        names[count++] = name;
        if (found == NULL && strcasecmp(map_name(map, place), wanted) == 0)
            found = name;
    }
    if (found == NULL)
        found = distance_nearest(wanted, names, count);
    free(names);
    return found;
}

bool news_places_check(const struct json *condition, const struct map *map, struct err *err)
{
    const struct json *news = json_get(condition, "news");
    size_t number = 1;

    for (const struct json *item = json_first(news); item != NULL;
         item = json_next(item), number++) {
        const struct json *place = json_get(item, "place");
        const char *wanted = place != NULL ? json_string(place).data : NULL, *near = NULL;
        if (wanted == NULL || has(map, wanted))
            continue;
        near = nearest(map, wanted);
        return err_set(err,
                       "news[%zu].place: the map %s has no sector, or sector:arena, \"%s\"%s%s%s",
                       number, json_string(json_get(condition, "map")).data, wanted,
                       near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                       near != NULL ? "\"?" : "");
    }
    return true;
}
