#include "web/maps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/reader.h"
#include "text/json.h"
#include "web/inside.h"
#include "world/map.h"
#include "world/paths.h"

enum { KEPT = 3, PATHS_BYTES = 4 << 20 };

struct kept {
    struct map_file file;
    struct timespec time;
    uint64_t used;
};

struct maps {
    struct kept kept[KEPT];
    uint64_t clock;
};

static void file_fini(struct map_file *f)
{
    paths_free(f->paths);
    map_free(f->map);
    buf_fini(&f->text);
    for (size_t i = 0; i < f->picture_count; i++)
        free(f->pictures[i]);
    free(f->pictures);
    free(f->id);
    free(f->path);
    *f = (struct map_file){ 0 };
}

struct maps *maps_new(void)
{
    return mem_calloc(1, sizeof(struct maps));
}

void maps_free(struct maps *m)
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < KEPT; i++)
        file_fini(&m->kept[i].file);
    free(m);
}

static bool ends_with(const char *text, const char *end)
{
    size_t a = strlen(text), b = strlen(end);

    return a >= b && strcmp(text + a - b, end) == 0;
}

// The file that a run's `map` names: beside the study file, or installed.
static char *find_of_run(struct web *w, struct catalog_run *run, struct err *err)
{
    struct reader *reader = readers_get(w->readers, run, err);
    const char *folders[] = { run->study->folder, run->study->config_folder, w->data };
    const char *name = reader == NULL ? NULL : reader_info(reader)->map;

    if (name == NULL)
        return NULL;
    for (size_t i = 0; i < 3 && ends_with(name, ".tmj"); i++) {
        char *path = folders[i] == NULL ? NULL : path_join(folders[i], name);
        if (path != NULL && file_exists(path))
            return path;
        free(path);
    }
    err_set(err, "the map %s of this run was not found beside its study, nor among those that ship",
            name);
    return NULL;
}

static char *find(struct web *w, const char *id, struct err *err)
{
    struct catalog_run *run = catalog_run(w->catalog, id);
    struct buf name = { 0 };
    char *path = NULL;

    if (run != NULL)
        return find_of_run(w, run, err);
    buf_addf(&name, "maps/%s.tmj", id);
    path = path_join(w->data, buf_str(&name));
    // An id is one part of an address and so holds no slash; ".." alone leads nowhere here
    if (!path_is_inside(buf_str(&name)) || !file_exists(path)) {
        free(path);
        path = NULL;
        err_set(err, "there is no map or run of this name");
    }
    buf_fini(&name);
    return path;
}

// Pictures are served only if the map names them, they lie below the map's folder, and they look
// like pictures.
static bool find_pictures(struct map_file *f, struct err *err)
{
    struct json *doc = json_parse(buf_view(&f->text), err);
    char *folder = path_folder(f->path);

    for (const struct json *t = json_first(json_get(doc, "tilesets")); t != NULL;
         t = json_next(t)) {
        const struct json *image = json_get(t, "image");
        const char *name =
            image != NULL && json_type(image) == JSON_STRING ? json_string(image).data : NULL;
        bool fine = name != NULL && path_is_inside(name) &&
                    (ends_with(name, ".png") || ends_with(name, ".webp"));
        f->pictures = mem_realloc(f->pictures, f->picture_count + 1, sizeof(*f->pictures));
        f->pictures[f->picture_count++] = fine ? path_join(folder, name) : NULL;
    }
    free(folder);
    if (doc == NULL)
        return false;
    json_free(doc);
    return true;
}

static bool load(struct kept *k, const char *id, char *path, struct err *err)
{
    struct map_file *f = &k->file;
    struct stat st = { 0 };

    f->id = mem_strdup(id);
    f->path = path;
    if (stat(path, &st) == 0)
        k->time = st.st_mtim;
    if (!file_read(&f->text, path, MAP_MAX_FILE_BYTES, err) || !find_pictures(f, err))
        return false;
    f->map = map_load(path, err);
    if (f->map == NULL)
        return false;
    f->paths = paths_new(f->map, PATHS_BYTES);
    return true;
}

static bool is_fresh(const struct kept *k)
{
    struct stat st = { 0 };

    return stat(k->file.path, &st) == 0 && st.st_mtim.tv_sec == k->time.tv_sec &&
           st.st_mtim.tv_nsec == k->time.tv_nsec;
}

struct map_file *maps_get(struct web *w, const char *id, struct err *err)
{
    struct maps *m = w->maps;
    struct kept *oldest = &m->kept[0];
    char *path = NULL;

    for (size_t i = 0; i < KEPT; i++) {
        struct kept *k = &m->kept[i];
        if (k->file.map != NULL && strcmp(k->file.id, id) == 0 && is_fresh(k)) {
            k->used = ++m->clock;
            return &k->file;
        }
        if (k->used < oldest->used)
            oldest = k;
    }
    path = find(w, id, err);
    if (path == NULL)
        return NULL;
    file_fini(&oldest->file);
    oldest->used = ++m->clock;
    if (load(oldest, id, path, err))
        return &oldest->file;
    file_fini(&oldest->file);
    return NULL;
}
