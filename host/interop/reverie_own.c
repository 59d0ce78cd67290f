// The persona files that `propersim export reverie` puts beside the original's files.
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "interop/reverie_parts.h"
#include "text/json.h"

static bool is_id(struct view id)
{
    bool ok = id.len > 0 && id.len < REVERIE_ID_BYTES;

    for (size_t i = 0; ok && i < id.len; i++)
        ok = isalnum((unsigned char)id.data[i]) || id.data[i] == '_' || id.data[i] == '-';
    return ok;
}

// The persona file of a resident, from what `propersim export` put beside the original's files.
static bool read_own_persona(struct reverie *r, size_t first, const char *folder,
                             const struct json *resident, struct err *err)
{
    struct view id = { 0 }, name = { 0 };
    struct buf path = { 0 };
    bool ok = json_want_string(resident, "persona", &id, err) &&
              json_want_string(resident, "name", &name, err) &&
              (is_id(id) || err_set(err, "`persona` is no id"));

    for (size_t i = first; ok && i < r->count; i++) {
        struct reverie_person *p = &r->people[i];
        if (!p->is_resident || strcmp(p->name, name.data) != 0)
            continue;
        buf_addf(&path, "%s/propersim/personas/%s.lua", folder, id.data);
        ok = file_read(&p->own, buf_str(&path), REVERIE_MAX_BYTES, err);
        memcpy(p->id, id.data, id.len + 1);
    }
    buf_fini(&path);
    return ok;
}

static void take_settings(struct reverie *r, const struct json *config)
{
    struct buf text = { 0 };

    if (config == NULL || json_type(config) != JSON_OBJECT)
        return;
    json_add_canonical(&text, config);
    if (r->settings == NULL)
        r->settings = buf_take(&text);
    else
        r->mixed_settings = r->mixed_settings || strcmp(r->settings, buf_str(&text)) != 0;
    buf_fini(&text);
}

bool reverie_read_own(struct reverie *r, size_t first, const char *folder, struct err *err)
{
    char *path = path_join(folder, "propersim/run.json");
    bool ok = false;
    struct json *run = reverie_read_object(path, REVERIE_MAX_BYTES, true, &ok, err);
    const struct json *residents = json_get(run, "residents");

    for (const struct json *one =
             residents != NULL && json_type(residents) == JSON_ARRAY ? json_first(residents) : NULL;
         ok && one != NULL; one = json_next(one))
        ok = read_own_persona(r, first, folder, one, err) ? true : err_wrap(err, "%s", path);
    take_settings(r, json_get(run, "config"));
    json_free(run);
    free(path);
    return ok;
}
