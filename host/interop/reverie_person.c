// What lies in one person's folder.
#include <stdlib.h>

#include "base/file.h"
#include "interop/reverie_parts.h"
#include "text/json.h"

#define SCRATCH "bootstrap_memory/scratch.json"
#define SPATIAL "bootstrap_memory/spatial_memory.json"
#define NODES "bootstrap_memory/associative_memory/nodes.json"

bool reverie_is_person(const char *folder)
{
    char *path = path_join(folder, SCRATCH);
    bool found = file_exists(path);

    free(path);
    return found;
}

static bool want_texts(const struct json *object, const char *const *keys, struct err *err)
{
    struct view text = { 0 };

    for (; *keys != NULL; keys++) {
        if (!json_want_string(object, *keys, &text, err))
            return false;
    }
    return true;
}

static bool check_scratch(const struct json *scratch, struct err *err)
{
    static const char *const texts[] = { "first_name",     "last_name",         "background",
                                         "lifestyle",      "current_interests", "long_term_goals",
                                         "daily_plan_req", "living_area",       NULL };
    static const char *const traits[] = { "big_five_personality_traits", NULL };
    static const char *const criteria[] = { "Personal_Preference", "Timing", "Frequency",
                                            "Communication_&_Safety", NULL };
    const struct json *rubric = json_get(scratch, "criteria");
    int64_t age = 0;

    if (!want_texts(scratch, texts, err) || !want_texts(scratch, traits, err) ||
        !json_want_int(scratch, "age", 0, 200, &age, err))
        return false;
    if (json_type(rubric) != JSON_OBJECT)
        return err_set(err, "`criteria` must be an object, not %s",
                       json_type_phrase(json_type(rubric)));
    return want_texts(rubric, criteria, err) ? true : err_wrap(err, "criteria");
}

bool reverie_read_person(struct reverie_person *p, const char *folder, struct err *err)
{
    char *spatial = path_join(folder, SPATIAL), *nodes = path_join(folder, NODES);
    struct json *memories = NULL;
    const struct json *criteria = NULL;
    bool ok = false;

    p->path = path_join(folder, SCRATCH);
    p->scratch = reverie_read_object(p->path, REVERIE_MAX_BYTES, false, &ok, err);
    if (!ok)
        goto done;
    criteria = json_get(p->scratch, "criteria");
    p->is_resident = criteria != NULL && json_type(criteria) != JSON_NULL;
    if (!p->is_resident)
        goto done;
    ok = check_scratch(p->scratch, err) ? true : err_wrap(err, "%s", p->path);
    if (ok)
        p->spatial = reverie_read_object(spatial, REVERIE_MAX_BYTES, true, &ok, err);
    if (ok)
        memories = reverie_read_object(nodes, REVERIE_MAX_NODES_BYTES, true, &ok, err);
    if (ok && memories != NULL)
        p->memories = json_count(memories);
done:
    json_free(memories);
    free(spatial);
    free(nodes);
    return ok;
}
