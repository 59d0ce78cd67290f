// What `propersim export reverie` puts beside the original's files: ratings by criterion, the map.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/reverie_parts.h"
#include "interop/reverie_run_rows.h"
#include "text/json.h"

enum { RATINGS_MAX_BYTES = 256 << 20 };

static bool take_rating(struct reverie_run *run, const struct json *line, struct err *err)
{
    static const char *const names[] = { "preference", "timing", "frequency", "communication" };
    const struct json *value = json_get(line, "value");
    struct view criterion = { 0 };
    int64_t step = 0, who = 0;

    if (!json_want_int(line, "step", 0, REVERIE_MAX_STEPS, &step, err) ||
        !json_want_int(line, "who", 1, 1000, &who, err) ||
        !json_want_string(line, "criterion", &criterion, err))
        return false;
    if ((size_t)step >= run->count || (size_t)who > run->resident_count)
        return true;
    for (int i = 0; i < RATE_COUNT; i++) {
        struct reverie_step *s = &run->residents[who - 1].steps[step];
        if (strcmp(names[i], criterion.data) != 0)
            continue;
        s->criteria[i] = -1;
        if (value != NULL && json_type(value) == JSON_NUMBER)
            s->criteria[i] = json_number(value) != 0;
        free(s->reasons[i]);
        s->reasons[i] = NULL;
        return reverie_optional_text(line, "reason", &s->reasons[i], err);
    }
    return err_set(err, "`criterion` is \"%s\", which is none", criterion.data);
}

static bool read_ratings(struct reverie_run *run, const char *folder, struct err *err)
{
    char *path = path_join(folder, "propersim/ratings.jsonl");
    struct buf text = { 0 };
    bool ok = !file_exists(path) || file_read(&text, path, RATINGS_MAX_BYTES, err);
    const char *at = buf_str(&text);

    for (size_t n = 1; ok && *at != '\0'; n++) {
        size_t len = strcspn(at, "\n");
        struct json *line = json_parse((struct view){ at, len }, err);
        ok = line != NULL && take_rating(run, line, err);
        if (!ok)
            err_wrap(err, "%s:%zu", path, n);
        json_free(line);
        at += len + (at[len] == '\n');
    }
    buf_fini(&text);
    free(path);
    return ok;
}

bool reverie_run_read_extras(struct reverie_run *run, const char *folder, struct err *err)
{
    char *path = path_join(folder, "propersim/run.json");
    bool ok = false;
    struct json *doc = reverie_read_object(path, REVERIE_MAX_BYTES, true, &ok, err);
    struct view map = { 0 };
    struct err ignored = { { 0 } };

    if (doc != NULL && json_want_string(doc, "map", &map, &ignored))
        run->map = mem_strdup(map.data);
    json_free(doc);
    free(path);
    return ok && read_ratings(run, folder, err);
}
