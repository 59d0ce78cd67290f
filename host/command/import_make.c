#include "command/import_make.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "command/import_run.h"
#include "interop/reverie_convert.h"
#include "text/json.h"

static const char *default_source(const struct import *im)
{
    return im->map_source != NULL ? im->map_source : path_name(im->args->options);
}

// The study file, named after what it runs.
static bool make_study(struct import *im, struct err *err)
{
    const struct reverie *r = &im->people;
    char name[REVERIE_ID_BYTES] = { 0 };
    struct buf map = { 0 }, source = { 0 };
    const struct reverie_person *first = NULL;

    for (size_t i = r->count; i > 0; i--) {
        if (r->people[i - 1].is_resident)
            first = &r->people[i - 1];
    }
    if (json_get(im->options, "name") != NULL)
        reverie_make_id(name, "", json_string(json_get(im->options, "name")).data);
    else if (first != NULL && r->residents == 1)
        snprintf(name, sizeof(name), "%s", first->id);
    else
        reverie_make_id(name, "reverie_", first != NULL ? first->source : default_source(im));
    if (im->map == NULL && im->run_map != NULL)
        buf_add_str(&map, im->run_map);
    else
        buf_addf(&map, "maps/%s.tmj", im->map != NULL ? im->map_id : "house");
    buf_add_str(&source, im->options != NULL ? path_name(im->args->options)
                         : first != NULL     ? first->source
                                             : default_source(im));
    if (im->args->source_count > 1)
        buf_addf(&source, " and %zu more folders", im->args->source_count - 1);
    im->study = reverie_convert_study(im->convert, r, name, buf_str(&source), buf_str(&map),
                                      im->options, err);
    buf_fini(&map);
    buf_fini(&source);
    return im->study != NULL;
}

// A person of ours that was exported comes back as the file that it was; NULL with *ok if they are
// none, or were changed.
static struct json *take_own(struct import *im, struct reverie_person *p, bool *ok, struct err *err)
{
    struct buf text = { 0 };
    struct json *made = NULL;
    const char *area = NULL;
    bool is_own = false;

    *ok = p->own.len == 0 || reverie_convert_is_own(im->data, p, &is_own, err);
    if (!*ok || p->own.len == 0)
        return NULL;
    if (!is_own) { // scratch.json counts
        reverie_make_id(p->id, "reverie_", p->source);
        return NULL;
    }
    buf_add_str(&text, "{\"text\":");
    json_add_string(&text, buf_view(&p->own));
    buf_add_str(&text, ",\"name\":");
    json_add_string(&text, view_of(p->name));
    buf_add_str(&text, ",\"living_area\":");
    area = strrchr(json_string(json_get(p->scratch, "living_area")).data, ':');
    json_add_string(&text, area != NULL ? view_of(area + 1)
                                        : json_string(json_get(p->scratch, "living_area")));
    buf_add_str(&text,
                ",\"remarks\":[\"is a persona of ours, taken back as it was\"],\"problems\":[]}");
    made = json_parse(buf_view(&text), err);
    buf_fini(&text);
    *ok = made != NULL;
    return made;
}

static bool convert_person(struct import *im, size_t i, struct err *err)
{
    struct reverie_person *p = &im->people.people[i];
    bool ok = false;

    im->persons[i] = take_own(im, p, &ok, err);
    if (ok && im->persons[i] == NULL)
        im->persons[i] = reverie_convert_person(im->convert, p, err);
    return im->persons[i] != NULL;
}

bool import_make(struct import *im, struct err *err)
{
    bool ok = true;

    im->persons = mem_calloc(im->people.count, sizeof(*im->persons));
    for (size_t i = 0; ok && i < im->people.count; i++) {
        if (!im->people.people[i].is_resident)
            continue;
        ok = convert_person(im, i, err);
    }
    return ok && (import_is_replay(im) || make_study(im, err));
}
