// The files of a step.
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "interop/export_json.h"
#include "interop/export_reverie_steps.h"
#include "interop/reverie_time.h"

bool reverie_export_step_folders(const struct reverie_export *e, struct err *err)
{
    char *movement = path_join(e->options->folder, "movement");
    char *environment = path_join(e->options->folder, "environment");
    bool ok = file_make_folder(movement, err) && file_make_folder(environment, err);

    free(movement);
    free(environment);
    return ok;
}

// There are thousands of these: unlike file_write, nothing waits for the disk after each.
static bool write_numbered(const struct reverie_export *e, const char *folder, int64_t step,
                           const struct buf *text, struct err *err)
{
    struct buf path = { 0 };
    struct export_file *f = NULL;

    buf_addf(&path, "%s/%s/%lld.json", e->options->folder, folder, (long long)step);
    f = export_file_open(buf_str(&path), err);
    buf_fini(&path);
    if (f == NULL)
        return false;
    buf_add_view(export_file_buf(f), buf_view(text));
    return export_file_close(f, err);
}

bool reverie_export_environment(const struct reverie_export *e, int64_t step,
                                const struct reverie_place *places, struct err *err)
{
    struct view maze = view_of(path_name(e->info->map));
    struct buf out = { 0 };
    bool ok = false;

    maze.len = strcspn(maze.data, ".");
    buf_add_char(&out, '{');
    for (int i = 0; i < e->count * REVERIE_PEOPLE; i++) {
        const char *name = i % REVERIE_PEOPLE == 0 ? e->info->residents[i / REVERIE_PEOPLE].name
                                                   : e->assistants[i / REVERIE_PEOPLE];
        if (name == NULL)
            continue;
        export_json_key(&out, name);
        buf_add_char(&out, '{');
        export_json_text(&out, "maze", maze);
        export_json_int(&out, "x", places[i / REVERIE_PEOPLE].x);
        export_json_int(&out, "y", places[i / REVERIE_PEOPLE].y);
        buf_add_char(&out, '}');
    }
    buf_add_str(&out, "}\n");
    ok = write_numbered(e, "environment", step, &out, err);
    buf_fini(&out);
    return ok;
}

bool reverie_export_movement(const struct reverie_export *e, int64_t step, struct view entries,
                             bool walking, size_t words, struct err *err)
{
    char time[REVERIE_TIME_BYTES];
    struct buf out = { 0 };
    bool ok = false;

    reverie_time_format(e->info->start + step * e->info->sec_per_step, time);
    buf_add_str(&out, "{\"persona\":");
    buf_add_view(&out, entries);
    buf_add_str(&out, "},\"meta\":{");
    export_json_text(&out, "curr_time", view_of(time));
    export_json_text(&out, "is_john_walking", view_of(walking ? "yes" : "no"));
    // the original counts with its model's tokenizer; a token is about four bytes of English
    export_json_int(&out, "number_of_action_tokens", (int64_t)(words + 3) / 4);
    buf_add_str(&out, "}}\n");
    ok = write_numbered(e, "movement", step, &out, err);
    buf_fini(&out);
    return ok;
}

bool reverie_export_change(struct export_file *out, int64_t step, struct view entries,
                           struct err *err)
{
    struct buf *text = export_file_buf(out);

    buf_addf(text, "%s\"%lld\":", step > 0 ? ",\n" : "{\n", (long long)step);
    buf_add_view(text, entries.len > 0 ? entries : view_of("{"));
    buf_add_char(text, '}');
    return export_file_flush(out, err);
}
