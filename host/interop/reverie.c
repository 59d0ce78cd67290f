#include "interop/reverie.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "interop/reverie_parts.h"
#include "interop/reverie_run.h"
#include "text/json.h"

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

static bool add_person(struct reverie *r, const char *name, const char *source, const char *folder,
                       const char *storage, struct err *err)
{
    struct reverie_person *p = NULL;

    if (r->count == REVERIE_MAX_PEOPLE)
        return err_set(err, "%s: that are more than %d people", folder, REVERIE_MAX_PEOPLE);
    r->people = mem_realloc(r->people, r->count + 1, sizeof(*r->people));
    p = &r->people[r->count++];
    *p = (struct reverie_person){ .name = reverie_printable(name),
                                  .source = mem_strdup(source),
                                  .storage = mem_strdup(storage) };
    if (!reverie_read_person(p, folder, err))
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

bool reverie_is_folder(const char *folder)
{
    char *people = path_join(folder, "personas");
    bool found = file_is_folder(people) || reverie_is_person(folder) || reverie_run_exists(folder);

    free(people);
    return found;
}

bool reverie_read(struct reverie *r, const char *folder, struct err *err)
{
    char *source = reverie_source_name(folder);
    size_t first = r->count, before = r->residents;
    bool ok = false;

    if (reverie_is_person(folder))
        ok = add_person(r, source, source, folder, NULL, err);
    else
        ok = add_people(r, folder, source, err) && reverie_read_meta(r, first, folder, err) &&
             reverie_read_own(r, first, folder, err);
    if (ok && r->residents == before && !reverie_run_exists(folder))
        ok =
            err_set(err, "%s: nobody here has `criteria` in scratch.json, the rubric of a resident",
                    folder);
    if (ok)
        reverie_name_files(r, first, r->residents - before);
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
