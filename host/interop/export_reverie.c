#include "interop/export_reverie.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_json.h"
#include "interop/export_reverie_parts.h"
#include "interop/reverie_time.h"
#include "text/json.h"

static const char usual_assistant[] = "Eddy Lin";

bool reverie_export_write(const struct reverie_export *e, const char *a, const char *b,
                          const char *c, struct view text, struct err *err)
{
    struct buf path = { 0 };
    char *folder = NULL;
    bool ok = false;

    buf_addf(&path, "%s/%s", e->options->folder, a);
    if (b != NULL)
        buf_addf(&path, "/%s", b);
    if (c != NULL)
        buf_addf(&path, "/%s", c);
    folder = path_folder(buf_str(&path));
    ok = (file_is_folder(folder) || file_make_folder(folder, err)) &&
         file_write(buf_str(&path), text, err);
    free(folder);
    buf_fini(&path);
    return ok;
}

bool reverie_sounds_silent(struct view text)
{
    struct buf copy = { 0 };
    bool silent = false;

    buf_add_view(&copy, text);
    silent =
        strcasestr(buf_str(&copy), "no") != NULL && (strcasestr(buf_str(&copy), "recom") != NULL ||
                                                     strcasestr(buf_str(&copy), "recrea") != NULL);
    buf_fini(&copy);
    return silent;
}

// The map's name without folder and ending: "house".
static void add_maze_name(struct buf *out, const char *map)
{
    const char *name = path_name(map);
    size_t len = strcspn(name, ".");

    export_json_text(out, "maze_name", (struct view){ name, len });
}

static bool write_meta(const struct reverie_export *e, struct err *err)
{
    const struct run_info *info = e->info;
    struct buf out = { 0 };
    char text[REVERIE_TIME_BYTES];
    bool ok = false;

    buf_add_char(&out, '{');
    export_json_text(&out, "fork_sim_code", view_of(info->study));
    reverie_date_format(info->start, text);
    export_json_text(&out, "start_date", view_of(text));
    reverie_time_format(info->start + e->steps * info->sec_per_step, text);
    export_json_text(&out, "curr_time", view_of(text));
    export_json_int(&out, "sec_per_step", info->sec_per_step);
    add_maze_name(&out, info->map);
    export_json_key(&out, "persona_names");
    buf_add_char(&out, '[');
    for (int i = 0; i < e->count; i++) {
        export_json_comma(&out);
        json_add_string(&out, view_of(info->residents[i].name));
    }
    for (int i = 0; i < e->count; i++) {
        if (e->assistants[i] == NULL)
            continue;
        export_json_comma(&out);
        json_add_string(&out, view_of(e->assistants[i]));
    }
    buf_add_char(&out, ']');
    export_json_int(&out, "step", e->steps);
    buf_add_str(&out, "}\n");
    ok = e->options->compress
             ? reverie_export_write(e, "meta.json", NULL, NULL, buf_view(&out), err)
             : reverie_export_write(e, "reverie", "meta.json", NULL, buf_view(&out), err);
    buf_fini(&out);
    return ok;
}

static bool is_person(const struct reverie_export *e, const char *name)
{
    bool found = false;

    for (int i = 0; i < e->count; i++)
        found = found || strcmp(e->info->residents[i].name, name) == 0;
    return found;
}

// Do the settings give this resident an assistant? False as well if they do not say.
static bool is_assisted(const struct json *config, const char *persona)
{
    const struct json *who = json_get(config, "assistants");

    if (who == NULL)
        return false;
    if (json_type(who) == JSON_STRING)
        return strcmp(json_string(who).data, "all") == 0;
    for (const struct json *id = json_type(who) == JSON_ARRAY ? json_first(who) : NULL; id != NULL;
         id = json_next(id)) {
        if (json_type(id) == JSON_STRING && strcmp(json_string(id).data, persona) == 0)
            return true;
    }
    return false;
}

struct assisted {
    bool *list; // by resident
    int count;
};

static bool mark_assisted(void *user, const struct value *row, size_t columns)
{
    struct assisted *a = user;

    (void)columns;
    if (row[0].i >= 1 && row[0].i <= a->count)
        a->list[row[0].i - 1] = true;
    return true;
}

// Who has an assistant: by the settings, or because something was suggested to them.
static bool find_assisted(const struct reverie_export *e, bool *list, struct err *err)
{
    struct assisted a = { .list = list, .count = e->count };
    struct json *config = json_parse(view_of(e->info->config), err);

    if (config == NULL)
        return false;
    for (int i = 0; i < e->count; i++)
        list[i] = is_assisted(config, e->info->residents[i].persona);
    json_free(config);
    return reader_query(e->reader, "SELECT DISTINCT who FROM suggestion", NULL, 0, mark_assisted,
                        &a, err);
}

// The first assistant that there is has the name by which the original's tools know theirs.
static bool name_assistants(struct reverie_export *e, struct err *err)
{
    bool *assisted = mem_calloc((size_t)e->count, sizeof(*assisted));
    bool ok = find_assisted(e, assisted, err), usual = is_person(e, usual_assistant);

    for (int i = 0; ok && i < e->count; i++) {
        struct buf name = { 0 };
        if (!assisted[i])
            continue;
        if (!usual)
            buf_add_str(&name, usual_assistant);
        else
            buf_addf(&name, "Assistant of %s", e->info->residents[i].name);
        usual = true;
        e->assistants[i] = buf_take(&name);
    }
    free(assisted);
    return ok;
}

// Residents' names are folders, and keys.
static bool name_people(struct reverie_export *e, struct err *err)
{
    e->count = e->info->resident_count;
    e->assistants = mem_calloc((size_t)e->count, sizeof(*e->assistants));
    for (int i = 0; i < e->count; i++) {
        const char *name = e->info->residents[i].name;
        if (name[0] == '.' || name[0] == '\0' || strchr(name, '/') != NULL)
            return err_set(err, "the name \"%s\" cannot be that of a folder", name);
        for (int k = 0; k < i; k++) {
            if (strcmp(name, e->info->residents[k].name) == 0)
                return err_set(err,
                               "two residents are called \"%s\"; the original tells people "
                               "apart by their names",
                               name);
        }
    }
    return name_assistants(e, err);
}

// A run that was imported without its people has no persona files to write.
static bool check_people(const struct reverie_export *e, struct err *err)
{
    struct buf note = { 0 };
    bool found = false, ok = reader_meta(e->reader, "imported", &note, &found, err);

    buf_fini(&note);
    return ok && (!found || err_set(err, "was imported without the files of its people, so there "
                                         "is nothing to write into personas/; the folder that it "
                                         "was imported from is of this form already"));
}

static bool is_numbered(const char *name)
{
    size_t digits = strspn(name, "0123456789");

    return digits > 0 && strcmp(name + digits, ".json") == 0;
}

// Takes away the steps that an earlier, longer run left here.
static bool remove_steps(const char *folder, const char *name, struct err *err)
{
    char *path = path_join(folder, name);
    struct file_list list = { 0 };
    bool ok = !file_is_folder(path) || file_list_folder(&list, path, err);

    for (size_t i = 0; ok && i < list.count; i++) {
        char *file = path_join(path, list.names[i]);
        if (is_numbered(list.names[i]) && unlink(file) != 0)
            ok = err_set(err, "%s: cannot be replaced", file);
        free(file);
    }
    file_list_free(&list);
    free(path);
    return ok;
}

static bool prepare_folder(const struct export_reverie_options *options, struct err *err)
{
    struct file_list list = { 0 };
    size_t count = 0;

    if (!file_make_folder(options->folder, err) || !file_list_folder(&list, options->folder, err))
        return false;
    count = list.count;
    file_list_free(&list);
    if (count > 0 && !options->force)
        return err_set(err,
                       "%s: is not empty; name another folder, or use --force to write over what "
                       "is in it",
                       options->folder);
    return remove_steps(options->folder, "movement", err) &&
           remove_steps(options->folder, "environment", err);
}

bool export_reverie(const struct export_run *run, const struct export_reverie_options *options,
                    struct export_reverie_numbers *numbers, struct err *err)
{
    struct reverie_export e = { .options = options, .numbers = numbers };
    bool ok = false;

    *numbers = (struct export_reverie_numbers){ 0 };
    if (!prepare_folder(options, err))
        return false;
    e.reader = export_run_open(run, err);
    if (e.reader == NULL)
        return false;
    e.info = reader_info(e.reader);
    ok = check_people(&e, err) && reader_progress(e.reader, &e.days, &e.steps, err) &&
         name_people(&e, err);
    if (ok && e.steps == 0)
        ok = err_set(err, "nothing has been simulated yet");
    if (ok)
        e.chats = reverie_chats_read(&e, err);
    ok = e.chats != NULL && reverie_export_steps(&e, err) && write_meta(&e, err) &&
         reverie_export_people(&e, err) && reverie_export_memories(&e, err) &&
         reverie_export_extras(&e, err);
    numbers->steps = e.steps;
    for (int i = 0; i < e.count; i++)
        free(e.assistants[i]);
    free(e.assistants);
    reverie_chats_free(e.chats);
    reader_close(e.reader);
    return ok ? true : err_wrap(err, "%s", run->path);
}
