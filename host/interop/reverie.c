#include "interop/reverie.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "interop/reverie_parts.h"
#include "interop/reverie_run.h"
#include "interop/reverie_time.h"
#include "text/json.h"
#include "text/utf8.h"

#define SCRATCH "bootstrap_memory/scratch.json"
#define SPATIAL "bootstrap_memory/spatial_memory.json"
#define NODES "bootstrap_memory/associative_memory/nodes.json"
#define META "reverie/meta.json"

struct json *reverie_read_object(const char *path, size_t max_bytes, bool optional, bool *ok,
                                 struct err *err)
{
    struct buf text = { 0 };
    struct json *doc = NULL;

    *ok = optional && !file_exists(path);
    if (*ok)
        return NULL;
    if (file_read(&text, path, max_bytes, err)) {
        doc = json_parse(buf_view(&text), err);
        if (doc == NULL)
            err_wrap(err, "%s", path);
    }
    buf_fini(&text);
    if (doc != NULL && json_type(doc) != JSON_OBJECT) {
        err_set(err, "%s: must be an object, not %s", path, json_type_phrase(json_type(doc)));
        json_free(doc);
        doc = NULL;
    }
    *ok = doc != NULL;
    return doc;
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

static char *printable(const char *name)
{
    struct buf text = { 0 };

    buf_add_str(&text, name);
    utf8_sanitize(&text);
    for (size_t i = 0; i < text.len; i++) {
        if (iscntrl((unsigned char)text.data[i]))
            text.data[i] = '?';
        // the control characters U+0080 to U+009F
        if (i > 0 && (unsigned char)text.data[i - 1] == 0xc2 && (unsigned char)text.data[i] < 0xa0)
            text.data[i - 1] = text.data[i] = '?';
    }
    return buf_take(&text);
}

// Reads what lies in one person's folder.
static bool read_person(struct reverie_person *p, const char *folder, struct err *err)
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

void reverie_make_id(char out[REVERIE_ID_BYTES], const char *prefix, const char *name)
{
    size_t len = (size_t)snprintf(out, REVERIE_ID_BYTES, "%s", prefix);

    while (*name != '\0' && !isalnum((unsigned char)*name))
        name++;
    if (*name == '\0')
        name = "unnamed";
    for (; *name != '\0' && len + 1 < REVERIE_ID_BYTES; name++) {
        bool plain = (unsigned char)*name < 0x80 && isalnum((unsigned char)*name);
        out[len++] = plain || *name == '-' ? *name : '_';
    }
    out[len] = '\0';
}

char *reverie_source_name(const char *folder)
{
    char *real = realpath(folder, NULL), *parent = NULL, *name = NULL;
    const char *last = path_name(real != NULL ? real : folder);

    if (strcmp(last, "matrix") == 0 && real != NULL) {
        parent = path_folder(real);
        last = path_name(parent);
    }
    name = printable(last);
    free(parent);
    free(real);
    return name;
}

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
        char *name = printable(json_string(n).data);
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

static bool read_meta(struct reverie *r, size_t first, const char *folder, struct err *err)
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

static bool is_taken(const struct reverie *r, size_t before, const char *id)
{
    for (size_t i = 0; i < before; i++) {
        if (strcmp(r->people[i].id, id) == 0)
            return true;
    }
    return false;
}

// Gives each resident from `first` on a name for a file: that of the simulation, with the person's
// if there are several.
static void name_files(struct reverie *r, size_t first, size_t residents)
{
    static const char common[] = "base_the_ville_"; // what the original's own folders begin with

    for (size_t i = first; i < r->count; i++) {
        struct reverie_person *p = &r->people[i];
        const char *source = p->source;
        struct buf name = { 0 };
        if (!p->is_resident || p->own.len > 0)
            continue;
        if (strncmp(source, common, strlen(common)) == 0)
            source += strlen(common);
        buf_addf(&name, residents > 1 ? "%.14s_%.14s" : "%s", source, p->name);
        reverie_make_id(p->id, "reverie_", buf_str(&name));
        for (int again = 2; is_taken(r, i, p->id); again++) {
            buf_clear(&name);
            buf_addf(&name, "%.12s_%.8s_%d", source, p->name, again);
            reverie_make_id(p->id, "reverie_", buf_str(&name));
        }
        buf_fini(&name);
    }
}

static bool add_person(struct reverie *r, const char *name, const char *source, const char *folder,
                       const char *storage, struct err *err)
{
    struct reverie_person *p = NULL;

    if (r->count == REVERIE_MAX_PEOPLE)
        return err_set(err, "%s: that are more than %d people", folder, REVERIE_MAX_PEOPLE);
    r->people = mem_realloc(r->people, r->count + 1, sizeof(*r->people));
    p = &r->people[r->count++];
    *p = (struct reverie_person){ .name = printable(name),
                                  .source = mem_strdup(source),
                                  .storage = mem_strdup(storage) };
    if (!read_person(p, folder, err))
        return false;
    r->residents += p->is_resident;
    return true;
}

static bool add_people(struct reverie *r, const char *folder, const char *source, struct err *err)
{
    struct file_list list = { 0 };
    char *people = path_join(folder, "personas");
    bool ok = (reverie_run_exists(folder) && !file_is_folder(people)) ||
              file_list_folder(&list, people, err);

    for (size_t i = 0; ok && i < list.count; i++) {
        char *one = path_join(people, list.names[i]);
        if (file_is_folder(one))
            ok = add_person(r, list.names[i], source, one, folder, err);
        free(one);
    }
    file_list_free(&list);
    free(people);
    return ok;
}

static bool is_person(const char *folder)
{
    char *path = path_join(folder, SCRATCH);
    bool found = file_exists(path);

    free(path);
    return found;
}

bool reverie_is_folder(const char *folder)
{
    char *people = path_join(folder, "personas");
    bool found = file_is_folder(people) || is_person(folder) || reverie_run_exists(folder);

    free(people);
    return found;
}

bool reverie_read(struct reverie *r, const char *folder, struct err *err)
{
    char *source = reverie_source_name(folder);
    size_t first = r->count, before = r->residents;
    bool ok = false;

    if (is_person(folder))
        ok = add_person(r, source, source, folder, NULL, err);
    else
        ok = add_people(r, folder, source, err) && read_meta(r, first, folder, err) &&
             reverie_read_own(r, first, folder, err);
    if (ok && r->residents == before && !reverie_run_exists(folder))
        ok =
            err_set(err, "%s: nobody here has `criteria` in scratch.json, the rubric of a resident",
                    folder);
    if (ok)
        name_files(r, first, r->residents - before);
    free(source);
    return ok;
}

void reverie_fini(struct reverie *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free(r->people[i].name);
        free(r->people[i].source);
        free(r->people[i].path);
        free(r->people[i].storage);
        buf_fini(&r->people[i].own);
        json_free(r->people[i].scratch);
        json_free(r->people[i].spatial);
    }
    free(r->people);
    free(r->settings);
    *r = (struct reverie){ 0 };
}
