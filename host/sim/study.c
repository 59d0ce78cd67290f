#include "sim/study.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "script/convert.h"
#include "script/value.h"
#include "sim/data.h"
#include "sim/guest.h"
#include "sim/mmlu.h"
#include "sim/news_places.h"
#include "sim/roles.h"
#include "world/map.h"

// What goes into and comes out of propersim.study's `load`.
struct loading {
    char module[TEXTS_MAX_PATH];
    const char *const *settings;
    size_t setting_count;
    struct buf spec, report;
    int64_t days;
};

static int push_arguments(struct lua_State *L, void *user)
{
    const struct loading *l = user;
    struct buf settings = { 0 };
    struct err err = { { 0 } };
    struct json *list = NULL;

    buf_add_char(&settings, '[');
    for (size_t i = 0; i < l->setting_count; i++) {
        if (i > 0)
            buf_add_char(&settings, ',');
        json_add_string(&settings, view_of(l->settings[i]));
    }
    buf_add_char(&settings, ']');
    list = json_parse(buf_view(&settings), &err);
    value_push_text(L, view_of(l->module));
    value_push_json(L, list);
    json_free(list);
    buf_fini(&settings);
    return 2;
}

static bool read_result(struct lua_State *L, int count, void *user, struct err *err)
{
    struct loading *l = user;
    struct view problem = { 0 };

    (void)count;
    if (value_is_nil(L, 1)) {
        if (value_read_text(L, 2, &problem, err))
            err_set(err, "%.*s", (int)problem.len, problem.data);
        return false;
    }
    return value_read_int(L, 2, &l->days, err) &&
           convert_to_json(L, 1, "study", CONVERT_CANONICAL, &l->spec, err) &&
           convert_to_json(L, 3, "study", CONVERT_CANONICAL, &l->report, err);
}

struct view study_persona(const char *household, size_t i)
{
    const char *end = strchr(household, '+');

    for (; i > 0 && end != NULL; i--) {
        household = end + 1;
        end = strchr(household, '+');
    }
    if (i > 0)
        return (struct view){ 0 };
    return (struct view){ household, end != NULL ? (size_t)(end - household) : strlen(household) };
}

// A condition's options without `models`: who answers is recorded beside them (meta `models`), so
// that the same results have the same digest, whoever they came from.
static char *without_models(const struct json *condition)
{
    struct buf out = { 0 };

    for (const struct json *v = json_first(condition); v != NULL; v = json_next(v)) {
        if (strcmp(json_key(v), "models") == 0)
            continue;
        buf_add_char(&out, out.len == 0 ? '{' : ',');
        json_add_string(&out, view_of(json_key(v)));
        buf_add_char(&out, ':');
        json_add_canonical(&out, v);
    }
    buf_add_char(&out, '}');
    return buf_take(&out);
}

// In which phase a condition runs: after the one of this study that it starts from (":NAME").
static int phase_of(const struct json *conditions, const struct json *condition)
{
    const struct json *learn = json_get(json_get(condition, "assistant"), "learn");
    const struct json *start = json_get(learn, "start");
    int phase = 0;

    if (start == NULL || json_string(start).data[0] != ':')
        return 0;
    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c))
        if (strcmp(json_string(json_get(c, "condition")).data, json_string(start).data + 1) == 0)
            phase = phase_of(conditions, c) + 1; // loading the study has refused circles
    return phase;
}

static void add_cells(struct study *study)
{
    const struct json *personas = json_get(study->doc, "personas");
    const struct json *seeds = json_get(study->doc, "seeds");
    const struct json *conditions = json_get(study->doc, "conditions");
    size_t i = 0;

    study->condition_count = json_count(conditions);
    study->configs = mem_calloc(study->condition_count, sizeof(*study->configs));
    study->run_configs = mem_calloc(study->condition_count, sizeof(*study->run_configs));
    study->cells = mem_calloc(study->condition_count * json_count(personas) * json_count(seeds),
                              sizeof(*study->cells));
    study->phase_count = 1;
    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c), i++) {
        int phase = phase_of(conditions, c);
        struct buf config = { 0 };
        if (phase >= study->phase_count)
            study->phase_count = phase + 1;
        json_add_canonical(&config, c);
        study->configs[i] = buf_take(&config);
        study->run_configs[i] = without_models(c);
        for (const struct json *p = json_first(personas); p != NULL; p = json_next(p))
            for (const struct json *s = json_first(seeds); s != NULL; s = json_next(s)) {
                study->cells[study->cell_count] =
                    (struct study_cell){ .condition = json_string(json_get(c, "condition")).data,
                                         .persona = json_string(p).data,
                                         .seed = (int64_t)json_number(s),
                                         .options = c,
                                         .config = study->configs[i],
                                         .run_config = study->run_configs[i],
                                         .number = study->cell_count,
                                         .phase = phase };
                study->cell_count++;
            }
    }
}

// Dates that are no days of the calendar are found here, before anything runs.
static bool check_dates(const struct study *study, struct err *err)
{
    int64_t time_s = 0;

    for (size_t i = 0; i < study->cell_count; i++) {
        struct view start = json_string(json_get(study->cells[i].options, "start"));
        if (!simtime_parse(start.data, &time_s, err))
            return err_wrap(err, "start");
    }
    return true;
}

// Takes the spec and fills in the rest of the study from it.
static bool adopt(struct study *study, struct view spec, int64_t days, struct err *err)
{
    struct view name = { 0 };
    struct buf canonical = { 0 };

    study->doc = json_parse(spec, err);
    if (study->doc == NULL || !json_want_string(study->doc, "name", &name, err))
        return false;
    study->name = mem_strndup(name.data, name.len);
    json_add_canonical(&canonical, study->doc); // Lua writes 1.0 where a manifest has 1
    study->spec = buf_take(&canonical);
    study->days = (int)days;
    add_cells(study);
    return check_dates(study, err) && roles_check(study, err);
}

// Runs the study file and takes what it declares.
static bool run_file(struct study *study, const char *path, struct loading *l, struct err *err)
{
    static const char *const exports[] = { "propersim.study.load", NULL };
    const char *roots[] = { study->folder, study->data };
    size_t skip = strcmp(study->folder, study->data) == 0 ? 1 : 0;
    struct guest guest = { 0 };
    bool ok = guest_open(&guest, path, roots + skip, 2 - skip, exports, err);

    if (ok) {
        snprintf(l->module, sizeof(l->module), "%s", guest.module);
        ok = guest_call(&guest, "propersim.study", "load", push_arguments, read_result, l, err);
    }
    guest_close(&guest);
    return ok;
}

bool study_load(struct study *study, const char *path, const char *const *settings,
                size_t setting_count, struct err *err)
{
    struct loading l = { .settings = settings, .setting_count = setting_count };
    struct buf text = { 0 };
    char *folder = path_folder(path);
    bool ok = false;

    *study = (struct study){ 0 };
    if (!file_exists(path)) {
        err_set(err, "%s: there is no such file", path);
        goto done;
    }
    study->folder = realpath(folder, NULL);
    study->data = data_find(err);
    if (study->data == NULL)
        goto done;
    ok = file_read(&text, path, TEXTS_MAX_FILE_BYTES, err) && run_file(study, path, &l, err) &&
         adopt(study, buf_view(&l.spec), l.days, err);
    study->text = buf_take(&text);
    study->report = buf_take(&l.report);
    if (!ok && strncmp(err->text, path, strlen(path)) != 0)
        err_wrap(err, "%s", path);
done:
    if (!ok)
        study_fini(study);
    buf_fini(&l.spec);
    free(folder);
    return ok;
}

char *study_manifest(const struct study *study)
{
    struct buf out = { 0 };

    buf_addf(&out, "{\"days\":%d,\"folder\":", study->days);
    json_add_string(&out, view_of(study->folder));
    buf_addf(&out, ",\"report\":%s,\"spec\":%s}", study->report, study->spec);
    return buf_take(&out);
}

bool study_from_manifest(struct study *study, const char *manifest_config, struct err *err)
{
    struct json *doc = json_parse(view_of(manifest_config), err);
    struct view folder = { 0 };
    struct buf spec = { 0 }, report = { 0 };
    int64_t days = 0;
    bool ok = false;

    *study = (struct study){ 0 };
    if (doc == NULL || !json_want_string(doc, "folder", &folder, err) ||
        !json_want_int(doc, "days", 1, INT_MAX, &days, err))
        goto done;
    if (json_get(doc, "imported") != NULL) {
        err_set(err, "this run was imported without the files of its people: it can be looked at "
                     "(serve, report, export csv), but not simulated or asked");
        goto done;
    }
    if (json_get(doc, "spec") == NULL) {
        err_set(err, "`spec` is missing");
        goto done;
    }
    study->folder = mem_strndup(folder.data, folder.len);
    study->data = data_find(err);
    if (json_get(doc, "report") != NULL)
        json_add_canonical(&report, json_get(doc, "report"));
    else
        buf_add_str(&report, "{}");
    study->report = buf_take(&report);
    json_add_canonical(&spec, json_get(doc, "spec"));
    ok = study->data != NULL && adopt(study, buf_view(&spec), days, err);
done:
    if (!ok)
        study_fini(study);
    buf_fini(&spec);
    json_free(doc);
    return ok;
}

void study_fini(struct study *study)
{
    for (size_t i = 0; i < study->condition_count; i++) {
        free(study->configs[i]);
        free(study->run_configs[i]);
    }
    free(study->configs);
    free(study->run_configs);
    free(study->cells);
    free(study->name);
    free(study->folder);
    free(study->data);
    free(study->spec);
    free(study->report);
    free(study->text);
    json_free(study->doc);
    *study = (struct study){ 0 };
}

struct texts *study_read_texts(const struct study *study, struct err *err)
{
    const char *roots[] = { study->folder, study->data };
    bool same = strcmp(study->folder, study->data) == 0;

    if (!file_is_folder(study->folder)) {
        err_set(err, "%s: the folder of the study file is gone; its scripts may be needed",
                study->folder);
        return NULL;
    }
    return texts_read(roots + (same ? 1 : 0), same ? 1 : 2, err);
}

struct map *study_load_map(const struct study *study, const char *name, struct err *err)
{
    const char *folders[] = { study->folder, study->data };
    char *path = data_find_file(name, folders, 2, err);
    struct map *map = path != NULL ? map_load(path, err) : NULL;

    if (map != NULL && !map_check(map, err)) {
        err_wrap(err, "%s", path);
        map_free(map);
        map = NULL;
    }
    free(path);
    return map;
}

bool study_check_maps(const struct study *study, struct err *err)
{
    const struct json *conditions = json_get(study->doc, "conditions");

    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        struct map *map = study_load_map(study, json_string(json_get(c, "map")).data, err);
        bool ok = false;
        if (map == NULL)
            return err_wrap(err, "map");
        ok = news_places_check(c, map, err);
        map_free(map);
        if (!ok)
            return false;
    }
    return mmlu_check(study, err);
}
