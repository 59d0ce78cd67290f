// A run of the original without the files of its people: a run file to look at, and no study.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/import_run.h"
#include "interop/export_json.h"
#include "memory/embed.h"
#include "store/manifest.h"
#include "text/json.h"
#include "world/map.h"
#include "world/paths.h"

enum { SEED = 1 };

static const char usual_map[] = "maps/house.tmj";

// The file of the map that viewers will draw: the imported one, that of the run, or ours.
static struct map *load_map(const struct import *im, struct buf *name, struct err *err)
{
    char *path = NULL;
    struct map *map = NULL;

    if (im->map != NULL)
        buf_addf(name, "maps/%s.tmj", im->map_id);
    else
        buf_add_str(name, im->run_map != NULL ? im->run_map : usual_map);
    path = path_join(im->map != NULL ? im->args->out : im->data, buf_str(name));
    map = map_load(path, err);
    free(path);
    return map;
}

static bool write_days(const struct reverie_rows *rows, struct writer *w, struct err *err)
{
    int days = reverie_run_days_begun(rows->run);
    bool ok = writer_set_note(w, "imported", value_text(view_of("replay")), err);

    for (int day = 1; ok && day <= days; day++) {
        struct text_set none = { 0 };
        struct buf state = { 0 };
        ok = writer_begin_day(w, day, &none, err) && reverie_run_write_day(rows, w, day, err);
        if (ok && day <= reverie_run_days(rows->run)) {
            reverie_run_state(rows, day, &state);
            ok = writer_finish_day(w, buf_view(&state), NULL, 0, 0, err);
        }
        buf_fini(&state);
        text_set_fini(&none);
    }
    return ok;
}

// All that is known of the settings: to whom anything was suggested.
static char *make_settings(const struct import_run *one)
{
    struct buf out = { 0 };

    buf_add_str(&out, "{\"assistants\":[");
    for (size_t i = 0; i < one->run.resident_count; i++) {
        const struct reverie_resident *r = &one->run.residents[i];
        if (!reverie_was_suggested_to(r))
            continue;
        export_json_comma(&out);
        json_add_string(&out, view_of(one->ids[i]));
    }
    buf_add_str(&out, "]}");
    return buf_take(&out);
}

static bool write_file(const struct import_run *one, const struct map *map, const char *map_name,
                       const char *study, const char *path, struct err *err)
{
    const struct reverie_run *run = &one->run;
    struct run_resident *residents = mem_calloc(run->resident_count, sizeof(*residents));
    const char **ids = mem_calloc(run->resident_count, sizeof(*ids));
    char *settings = make_settings(one);
    const struct reverie_rows rows = { .run = run, .personas = ids, .slot = 1 };
    struct hash hash = map_hash(map);
    char hex[HASH_HEX_BYTES];
    struct err closing = { { 0 } };
    struct writer *w = NULL;
    bool ok = false;

    for (size_t i = 0; i < run->resident_count; i++) {
        ids[i] = one->ids[i];
        residents[i] =
            (struct run_resident){ .persona = one->ids[i], .name = run->residents[i].name };
    }
    hash_hex(&hash, hex);
    const struct run_info info = { .study = study,
                                   .condition = "default",
                                   .seed = SEED,
                                   .start = run->start,
                                   .sec_per_step = run->sec_per_step,
                                   .steps_per_day = reverie_run_steps_per_day(run),
                                   .map = map_name,
                                   .map_hash = hex,
                                   .config = settings,
                                   .models = "{}",
                                   .embedder = EMBED_VERSION,
                                   .program = PROPERSIM_VERSION,
                                   .residents = residents,
                                   .resident_count = (int)run->resident_count };
    w = writer_create(path, &info, err);
    ok = w != NULL && import_note_origin(one, w, err) && write_days(&rows, w, err);
    if (!writer_close(w, &closing) && ok) {
        *err = closing;
        ok = false;
    }
    free(residents);
    free(settings);
    free(ids);
    return ok;
}

// What a study folder says of itself; without a `spec`, from which a resume would go on.
static char *make_config(const struct import *im, const struct reverie_run *run)
{
    char *folder = realpath(im->args->out, NULL);
    struct buf out = { 0 };

    buf_addf(&out, "{\"days\":%d,\"folder\":", reverie_run_days_begun(run));
    json_add_string(&out, view_of(folder != NULL ? folder : im->args->out));
    buf_add_str(&out, ",\"imported\":\"replay\",\"report\":{}}");
    free(folder);
    return buf_take(&out);
}

static void add_household(struct buf *out, const struct import_run *one)
{
    for (size_t i = 0; i < one->run.resident_count; i++)
        buf_addf(out, "%s%s", i > 0 ? "+" : "", one->ids[i]);
}

bool import_write_replay(struct import *im, struct err *err)
{
    struct import_run *one = &im->runs[0];
    struct manifest manifest = { 0 };
    struct buf map_name = { 0 }, household = { 0 };
    struct map *map = load_map(im, &map_name, err);
    struct paths *paths = map != NULL ? paths_new(map, PATHS_CACHE_BYTES) : NULL;
    char *folder = path_join(im->args->out, "run"), *config = make_config(im, &one->run);
    char *source = reverie_source_name(one->storage), *path = NULL, *parent = NULL;
    char study[REVERIE_ID_BYTES];
    bool ok = map != NULL && import_check_tiles(im, one, map, buf_str(&map_name), err);

    reverie_make_id(study, "reverie_", source);
    add_household(&household, one);
    manifest_init(&manifest, study, config);
    ok = ok && manifest_add(&manifest, "default", buf_str(&household), SEED, err);
    if (ok) {
        import_find_ways(im, one, map, paths);
        path = path_join(folder, manifest.cells[0].file);
        parent = path_folder(path);
        ok = file_make_folder(parent, err) && manifest_write(&manifest, folder, err) &&
             write_file(one, map, buf_str(&map_name), study, path, err);
    }
    manifest_fini(&manifest);
    paths_free(paths);
    map_free(map);
    buf_fini(&map_name);
    buf_fini(&household);
    free(parent);
    free(path);
    free(source);
    free(config);
    free(folder);
    return ok ? true : err_wrap(err, "%s", one->storage);
}
