// What import_study.lua is told of a study.
#include "interop/export_json.h"
#include "interop/reverie_convert_parts.h"
#include "text/json.h"

// The options of an options file, and what is said of them.
static void add_options(struct buf *out, const struct json *options)
{
    buf_add_str(out, ",\"options\":");
    json_add_canonical(out, json_get(options, "options"));
    buf_add_str(out, ",\"comments\":");
    json_add_canonical(out, json_get(options, "remarks"));
}

// The ids of a household: of those after the person `i` who live with them, and theirs.
static void add_household(struct buf *out, const struct reverie *r, size_t i)
{
    export_json_comma(out);
    buf_add_char(out, '[');
    for (size_t k = i; k < r->count; k++) {
        const struct reverie_person *p = &r->people[k];
        if (!p->is_resident || (k != i && p->household != r->people[i].household))
            continue;
        export_json_comma(out);
        json_add_string(out, view_of(p->id));
        if (r->people[i].household == 0)
            break;
    }
    buf_add_char(out, ']');
}

static bool begins_household(const struct reverie *r, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (r->people[k].is_resident && r->people[k].household != 0 &&
            r->people[k].household == r->people[i].household)
            return false;
    }
    return r->people[i].is_resident;
}

// Who lives with whom, and who has an assistant, if some live together.
static void add_households(struct buf *out, const struct reverie *r)
{
    bool together = false;

    for (size_t i = 0; i < r->count; i++)
        together = together || r->people[i].household != 0;
    if (!together)
        return;
    buf_add_str(out, ",\"households\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (begins_household(r, i))
            add_household(out, r, i);
    }
    buf_add_str(out, "],\"assistants\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (!r->people[i].is_resident || r->people[i].unassisted)
            continue;
        export_json_comma(out);
        json_add_string(out, view_of(r->people[i].id));
    }
    buf_add_char(out, ']');
}

void reverie_add_about(struct buf *out, const struct reverie *r, const char *name,
                       const char *source, const char *map, const struct json *options)
{
    const char *between = "";

    buf_add_str(out, "{\"name\":");
    json_add_string(out, view_of(name));
    buf_add_str(out, ",\"source\":");
    json_add_string(out, view_of(source));
    buf_add_str(out, ",\"map\":");
    json_add_string(out, view_of(map));
    buf_add_str(out, ",\"personas\":[");
    for (size_t i = 0; i < r->count; i++) {
        if (!r->people[i].is_resident)
            continue;
        buf_add_str(out, between);
        json_add_string(out, view_of(r->people[i].id));
        between = ",";
    }
    buf_add_char(out, ']');
    add_households(out, r);
    if (r->settings != NULL && !r->mixed_settings)
        buf_addf(out, ",\"settings\":%s", r->settings);
    if (r->mixed_settings)
        buf_add_str(out, ",\"mixed_settings\":true");
    if (r->start[0] != '\0')
        buf_addf(out, ",\"start\":\"%s\"", r->start);
    if (r->sec_per_step > 0)
        buf_addf(out, ",\"sec_per_step\":%d", r->sec_per_step);
    if (r->days > 0)
        buf_addf(out, ",\"days\":%d", r->days);
    if (options != NULL)
        add_options(out, options);
    buf_add_char(out, '}');
}
