// meta.json of a simulation, and the order of people that it gives.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/simtime.h"
#include "interop/reverie_parts.h"
#include "interop/reverie_time.h"
#include "text/json.h"

#define META "reverie/meta.json"

// "February 13, 2025" as "2025-02-13".
static bool read_date(struct view text, char out[11], struct err *err)
{
    int64_t time_s = 0;
    char line[20];

    if (!reverie_time_parse(text, "start_date", &time_s, err))
        return false;
    simtime_format(time_s, line);
    memcpy(out, line, 10);
    out[10] = '\0';
    return true;
}

// Puts the people of a folder, who begin at `first`, in the order of the names, and those without
// one behind them.
static bool order_people(struct reverie *r, size_t first, const struct json *names, struct err *err)
{
    size_t place = first;

    for (const struct json *n = json_first(names); n != NULL && r->count > first;
         n = json_next(n)) {
        bool found = false;
        if (json_type(n) != JSON_STRING)
            return err_set(err, "`persona_names` must hold texts, not %s",
                           json_type_phrase(json_type(n)));
        char *name = reverie_printable(json_string(n).data);
        for (size_t i = first; i < r->count && !found; i++) {
            found = strcmp(r->people[i].name, name) == 0;
            if (found && i >= place) {
                struct reverie_person moved = r->people[i];
                memmove(&r->people[place + 1], &r->people[place], (i - place) * sizeof(*r->people));
                r->people[place++] = moved;
            }
        }
        if (!found)
            err_set(err, "`persona_names` has \"%s\", but there is no folder personas/%s", name,
                    name);
        free(name);
        if (!found)
            return false;
    }
    return true;
}

static bool take_meta(struct reverie *r, size_t first, const struct json *meta, struct err *err)
{
    const struct json *names = NULL;
    struct view text = { 0 };
    char start[11] = "";
    int64_t seconds = 0;

    if ((json_get(meta, "start_date") != NULL &&
         (!json_want_string(meta, "start_date", &text, err) || !read_date(text, start, err))) ||
        (json_get(meta, "sec_per_step") != NULL &&
         !json_want_int(meta, "sec_per_step", 1, DAY_SECONDS, &seconds, err)) ||
        (json_get(meta, "persona_names") != NULL &&
         (!json_want_array(meta, "persona_names", &names, err) ||
          !order_people(r, first, names, err))))
        return false;
    if (r->start[0] == '\0')
        memcpy(r->start, start, sizeof(start));
    if (r->sec_per_step == 0)
        r->sec_per_step = (int)seconds;
    r->mixed = r->mixed || (start[0] != '\0' && strcmp(start, r->start) != 0) ||
               (seconds != 0 && seconds != r->sec_per_step);
    return true;
}

static bool file_in(const char *folder, const char *name)
{
    char *path = path_join(folder, name);
    bool there = file_exists(path);

    free(path);
    return there;
}

bool reverie_read_meta(struct reverie *r, size_t first, const char *folder, struct err *err)
{
    char *path = path_join(folder, file_in(folder, META) ? META : "meta.json");
    bool ok = false;
    struct json *meta = reverie_read_object(path, REVERIE_MAX_BYTES, true, &ok, err);

    if (meta != NULL)
        ok = take_meta(r, first, meta, err) ? true : err_wrap(err, "%s", path);
    json_free(meta);
    free(path);
    return ok;
}
