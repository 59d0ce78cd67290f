#pragma once
// What a map must know of a tileset: how many tiles it has, and which of them block the way (the
// boolean tile property `collides`). Read from the map itself, a .tsj (JSON) or a .tsx (XML) file.

#include "base/buf.h"
#include "base/err.h"
#include "text/json.h"

#include <stdint.h>

enum { TILESET_MAX_TILES = 1 << 20 };

struct tileset {
    uint32_t first_gid; // set by the reader of the map
    uint32_t count;     // tiles have the numbers 0..count-1; of a collection some may be missing
    bool *collides;     // `cap` flags; tiles beyond do not block
    size_t cap;
};

/// All-zero is an empty tileset.
void tileset_fini(struct tileset *set);

/// Reads an object with `tilecount` and `tiles`, embedded or the root of a .tsj file.
bool tileset_read_json(struct tileset *set, const struct json *json, struct err *err) NODISCARD;
/// Reads the text of a .tsj file.
bool tileset_parse_json(struct tileset *set, struct view text, struct err *err) NODISCARD;
/// Reads the text of a .tsx file. Document type declarations are refused.
bool tileset_parse_xml(struct tileset *set, struct view text, struct err *err) NODISCARD;

/// For the readers: notes tile `id` < TILESET_MAX_TILES, and whether it blocks.
void tileset_add(struct tileset *set, uint32_t id, bool collides);
