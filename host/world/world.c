#include "world/world.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/world_data.h"

bool world_same_spot(struct spot a, struct spot b)
{
    return a.is_place == b.is_place && a.id == b.id;
}

/// One block for an event and its texts.
static struct stored_event *store(struct spot where, const struct world_event *e)
{
    const char *const from[] = { e->owner, e->subject, e->predicate, e->object, e->description };
    const char *to[5];
    size_t bytes = 0;
    struct stored_event *s = NULL;
    char *end = NULL;

    for (size_t i = 0; i < 5; i++)
        bytes += strlen(from[i]) + 1;
    s = mem_calloc(1, sizeof(*s) + bytes);
    end = s->texts;
    for (size_t i = 0; i < 5; i++) {
        size_t len = strlen(from[i]) + 1;

        to[i] = memcpy(end, from[i], len);
        end += len;
    }
    s->where = where;
    s->event = (struct world_event){ to[0], to[1], to[2], to[3], to[4] };
    return s;
}

struct world *world_new(const struct map *map)
{
    struct world *world = mem_calloc(1, sizeof(*world));
    struct buf text = { 0 };

    world->map = map;
    world->idle = mem_calloc(map_place_count(map) + 1, sizeof(struct stored_event *));
    world->versions = mem_calloc(map_place_count(map) + 1, sizeof(*world->versions));
    for (uint32_t place = 1; place <= map_place_count(map); place++) {
        if (map_kind(map, place) != MAP_OBJECT)
            continue;
        buf_clear(&text);
        buf_addf(&text, "%s is idle", map_name(map, place));
        world->idle[place] =
            store(spot_place(place), &(struct world_event){ .owner = "",
                                                            .subject = map_address(map, place),
                                                            .predicate = "is",
                                                            .object = "idle",
                                                            .description = buf_str(&text) });
    }
    buf_fini(&text);
    return world;
}

void world_free(struct world *world)
{
    if (world == NULL)
        return;
    for (size_t i = 0; i < world->count; i++)
        free(world->events[i]);
    for (size_t i = 0; i <= map_place_count(world->map); i++)
        free(world->idle[i]);
    free(world->events);
    free(world->idle);
    free(world->versions);
    free(world);
}

static void check_spot(const struct world *world, struct spot where)
{
    if (where.is_place)
        assert(where.id >= 1 && where.id <= map_place_count(world->map) &&
               map_kind(world->map, where.id) == MAP_OBJECT);
    else
        assert(where.id < map_tile_count(world->map));
}

/// What is seen in the room of a spot has changed.
static void touch(struct world *world, struct spot where)
{
    uint32_t room =
        where.is_place ? map_parent(world->map, where.id) : map_room_at(world->map, where.id);

    world->versions[room]++;
}

uint64_t world_version_at(const struct world *world, uint32_t tile)
{
    return world->versions[map_room_at(world->map, tile)] + 1;
}

static void append(struct world *world, struct stored_event *s)
{
    if (world->count == world->cap) {
        world->cap = mem_grow(world->cap, world->count + 1);
        world->events = mem_realloc(world->events, world->cap, sizeof(*world->events));
    }
    world->events[world->count++] = s;
    touch(world, s->where);
}

/// Removes the events that match all that is given: owner, subject (NULL: any), spot (NULL: any).
static size_t remove_matching(struct world *world, const char *owner, const char *subject,
                              const struct spot *where)
{
    size_t kept = 0, removed = 0;

    for (size_t i = 0; i < world->count; i++) {
        struct stored_event *s = world->events[i];

        if ((owner == NULL || strcmp(s->event.owner, owner) == 0) &&
            (subject == NULL || strcmp(s->event.subject, subject) == 0) &&
            (where == NULL || world_same_spot(s->where, *where))) {
            touch(world, s->where);
            free(s);
        } else {
            world->events[kept++] = s;
        }
    }
    removed = world->count - kept;
    world->count = kept;
    return removed;
}

void world_set_event(struct world *world, struct spot where, const struct world_event *event)
{
    struct stored_event *s = store(where, event); // the texts may be those of an event that goes

    check_spot(world, where);
    assert(event->owner[0] != '\0' && event->subject[0] != '\0');
    remove_matching(world, s->event.owner, s->event.subject, NULL);
    append(world, s);
}

static bool equal(const struct world_event *a, const struct world_event *b)
{
    return strcmp(a->owner, b->owner) == 0 && strcmp(a->subject, b->subject) == 0 &&
           strcmp(a->predicate, b->predicate) == 0 && strcmp(a->object, b->object) == 0 &&
           strcmp(a->description, b->description) == 0;
}

void world_add_event(struct world *world, struct spot where, const struct world_event *event)
{
    check_spot(world, where);
    assert(event->owner[0] != '\0' && event->subject[0] != '\0');
    for (size_t i = 0; i < world->count; i++) {
        if (world_same_spot(world->events[i]->where, where) &&
            equal(&world->events[i]->event, event))
            return;
    }
    append(world, store(where, event));
}

size_t world_remove_owner(struct world *world, const char *owner)
{
    return remove_matching(world, owner, NULL, NULL);
}

size_t world_remove_subject(struct world *world, const char *subject)
{
    return remove_matching(world, NULL, subject, NULL);
}

size_t world_remove_at(struct world *world, struct spot where)
{
    check_spot(world, where);
    return remove_matching(world, NULL, NULL, &where);
}

size_t world_event_count(const struct world *world)
{
    return world->count;
}

const struct world_event *world_event_at(const struct world *world, size_t i, struct spot *where)
{
    assert(i < world->count);
    *where = world->events[i]->where;
    return &world->events[i]->event;
}

/// Appends the events of exactly this spot to out, of which `have` are there already.
static size_t collect(const struct world *world, struct spot where, const struct world_event **out,
                      size_t have, size_t cap)
{
    for (size_t i = 0; i < world->count; i++) {
        if (!world_same_spot(world->events[i]->where, where))
            continue;
        if (have < cap)
            out[have] = &world->events[i]->event;
        have++;
    }
    return have;
}

size_t world_events_of(const struct world *world, struct spot where, const struct world_event **out,
                       size_t cap)
{
    uint32_t object = where.is_place ? where.id : map_kind_at(world->map, where.id, MAP_OBJECT);
    size_t count = 0;

    check_spot(world, where);
    if (object != MAP_NO_PLACE) {
        count = collect(world, spot_place(object), out, 0, cap);
        if (count == 0 && cap > 0)
            out[0] = &world->idle[object]->event;
        if (count == 0)
            count = 1;
    }
    return where.is_place ? count : collect(world, where, out, count, cap);
}
