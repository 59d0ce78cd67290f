#pragma once
// What is going on in one household: events on the tiles and objects of a map. An event is a
// statement (subject, predicate, object) with a description, and belongs to the owner who causes
// it:
//
//   owner "John Lin": ("John Lin", "is", "sleep", "John Lin is sleeping") on a tile
//   owner "John Lin": ("the Ville:...:bed", "is", "used", "bed is being slept in") on the bed
//
// Removing an owner removes all that the owner causes, so nobody who has left is still perceived.
// An object without events is idle: it then has the event (its address, "is", "idle", "bed is
// idle") of owner "". Events keep the order in which they were set; setting them again in this
// order (to restore a household) gives an equal world.
//
// Sized for households: every operation looks at all events, of which there are a few per resident.

#include "world/map.h"

struct world_event {
    const char *owner; // "" for idle objects
    const char *subject, *predicate, *object, *description;
};

struct world;

/// map must outlive it. Starts without events, so all objects are idle.
struct world *world_new(const struct map *map) NODISCARD;
void world_free(struct world *world);

/// Sets an event at a tile or an object. It takes the place of all events of its owner with the
/// same subject, wherever they were. owner and subject must not be empty. Copies the texts.
void world_set_event(struct world *world, struct spot where, const struct world_event *event);
/// Adds an event beside the others of its owner and subject; does nothing if an equal one is there.
void world_add_event(struct world *world, struct spot where, const struct world_event *event);

/// These return how many events they removed.
size_t world_remove_owner(struct world *world, const char *owner);
size_t world_remove_subject(struct world *world, const char *subject);
size_t world_remove_at(struct world *world, struct spot where);

/// All events but those of idle objects, oldest first. Pointers live until the next change.
size_t world_event_count(const struct world *world);
const struct world_event *world_event_at(const struct world *world, size_t i, struct spot *where);

/// The events at an object or on a tile, oldest first; at an object at least one, because it is
/// idle if nothing else. On a tile: of the object that the tile belongs to, then of the tile
/// itself. Writes at most `cap` pointers, which live until the next change, and returns how many
/// there are.
size_t world_events_of(const struct world *world, struct spot where, const struct world_event **out,
                       size_t cap);

/// Grows, from 1, with every change of what can be perceived in the room (map_room_at) of a tile:
/// somebody who has looked and stands where they stood need not look again while it stays.
uint64_t world_version_at(const struct world *world, uint32_t tile);

struct world_percept {
    const struct world_event *event; // lives until the next change of the world
    struct spot where;               // a tile, or an object
    uint32_t tile;                   // that tile, or the object's nearest one
    uint32_t distance2;              // square of the Euclidean distance in tiles
};

/// What somebody on `tile` perceives: events at most vision_r tiles away in x and in y, and in the
/// same room (map_room_at). Nearest first; equally near, what somebody causes before idle objects,
/// then the older event, then the lower place. Equal statements at one spot count once. Writes at
/// most att_bandwidth of them and returns how many. What the perceiver remembers already is the
/// caller's to leave out.
size_t world_perceive(const struct world *world, uint32_t tile, uint32_t vision_r,
                      size_t att_bandwidth, struct world_percept *out);

/// The places of all kinds that have a tile at most `radius` away in x and in y, walls or not, in
/// ascending order: what grows a spatial memory. out: room for map_place_count numbers.
size_t world_places_near(const struct map *map, uint32_t tile, uint32_t radius, uint32_t *out);
