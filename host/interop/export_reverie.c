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

static bool mark_assistant(void *user, const struct value *row, size_t columns)
{
    struct reverie_export *e = user;
    int who = (int)row[0].i;
    struct buf name = { 0 };

    (void)columns;
    if (who < 1 || who > e->count || e->assistants[who - 1] != NULL)
        return true;
    if (who == 1 && !is_person(e, usual_assistant))
        buf_add_str(&name, usual_assistant);
    else
        buf_addf(&name, "Assistant of %s", e->info->residents[who - 1].name);
    e->assistants[who - 1] = buf_take(&name);
    return true;
}

// Residents' names are folders, and keys. Everybody to whom something was ever suggested has an
// assistant; the first resident always, since the original's tools expect one.
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
    return reader_query(e->reader, "SELECT 1 UNION SELECT DISTINCT who FROM suggestion", NULL, 0,
                        mark_assistant, e, err);
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
