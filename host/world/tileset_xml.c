// A .tsx file as Tiled writes it by default. Only these elements matter:
//   <tileset tilecount="8"> <tile id="3"> <properties> <property name="collides" type="bool"
//   value="true"/>

#include "world/tileset.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/mem.h"

struct reader {
    XML_Parser parser;
    struct tileset *set;
    struct err *err;
    int depth;          // of elements; the root has 1
    uint32_t tile;      // the tile that is open, if in_tile
    bool in_tile;       // within tileset/tile
    bool in_properties; // within tileset/tile/properties
    bool failed;        // err says why
};

static void fail(struct reader *r, const char *message)
{
    err_set(r->err, "line %lu: %s", (unsigned long)XML_GetCurrentLineNumber(r->parser), message);
    r->failed = true;
    XML_StopParser(r->parser, XML_FALSE);
}

static const char *attribute(const char **pairs, const char *name)
{
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        if (strcmp(pairs[i], name) == 0)
            return pairs[i + 1];
    }
    return NULL;
}

/// Reads a required attribute 0..max.
static bool number(struct reader *r, const char **pairs, const char *name, uint32_t max,
                   uint32_t *out)
{
    const char *text = attribute(pairs, name);
    char *end = NULL, message[80];
    unsigned long value = 0;

    if (text != NULL && text[0] >= '0' && text[0] <= '9') {
        errno = 0;
        value = strtoul(text, &end, 10);
        if (errno == 0 && *end == '\0' && value <= max) {
            *out = (uint32_t)value;
            return true;
        }
    }
    snprintf(message, sizeof(message), "attribute `%s` must be a number from 0 to %u", name, max);
    fail(r, message);
    return false;
}

static void property(struct reader *r, const char **pairs)
{
    const char *name = attribute(pairs, "name"), *type = attribute(pairs, "type");
    const char *value = attribute(pairs, "value");

    if (name == NULL || strcmp(name, "collides") != 0)
        return;
    if (type == NULL || strcmp(type, "bool") != 0 || value == NULL ||
        (strcmp(value, "true") != 0 && strcmp(value, "false") != 0))
        fail(r, "property `collides` must be a bool: delete it and add it again with this type");
    else
        tileset_add(r->set, r->tile, strcmp(value, "true") == 0);
}

static void on_start(void *user, const char *element, const char **pairs)
{
    struct reader *r = user;

    if (r->failed)
        return;
    r->depth++;
    if (r->depth == 1) {
        if (strcmp(element, "tileset") != 0)
            fail(r, "this is no tileset: the first element must be <tileset>");
        else
            number(r, pairs, "tilecount", TILESET_MAX_TILES, &r->set->count);
    } else if (r->depth == 2 && strcmp(element, "tile") == 0) {
        r->in_tile = true;
        if (number(r, pairs, "id", TILESET_MAX_TILES - 1, &r->tile))
            tileset_add(r->set, r->tile, false);
    } else if (r->depth == 3 && r->in_tile && strcmp(element, "properties") == 0) {
        r->in_properties = true;
    } else if (r->depth == 4 && r->in_properties && strcmp(element, "property") == 0) {
        property(r, pairs);
    }
}

static void on_end(void *user, const char *element)
{
    struct reader *r = user;

    (void)element;
    if (r->depth == 2)
        r->in_tile = false;
    if (r->depth == 3)
        r->in_properties = false;
    r->depth--;
}

static void on_doctype(void *user, const char *name, const char *system, const char *public_id,
                       int has_internal_subset)
{
    (void)name;
    (void)system;
    (void)public_id;
    (void)has_internal_subset;
    fail(user, "it has a document type declaration: save it again with Tiled 1.0 or later");
}

bool tileset_parse_xml(struct tileset *set, struct view text, struct err *err)
{
    struct reader r = { .parser = XML_ParserCreate(NULL), .set = set, .err = err };
    bool ok = false;

    if (r.parser == NULL)
        return err_set(err, "out of memory");
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    if (XML_Parse(r.parser, text.data, (int)text.len, 1) == XML_STATUS_OK)
        ok = true;
    else if (!r.failed)
        err_set(err, "line %lu: it is no well-formed XML: %s",
                (unsigned long)XML_GetCurrentLineNumber(r.parser),
                XML_ErrorString(XML_GetErrorCode(r.parser)));
    XML_ParserFree(r.parser);
    return ok;
}
