#include "interop/export_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/manifest.h"

static void add_run(struct export_source *s, char *path, const char *condition, const char *persona,
                    int64_t seed)
{
    s->runs = mem_realloc(s->runs, s->count + 1, sizeof(*s->runs));
    s->runs[s->count++] = (struct export_run){ .path = path,
                                               .condition = mem_strdup(condition),
                                               .persona = mem_strdup(persona),
                                               .seed = seed };
}

static bool find_in_study(struct export_source *s, const char *folder, struct err *err)
{
    struct manifest m = { 0 };

    if (!manifest_read(&m, folder, err))
        return false;
    for (size_t i = 0; i < m.cell_count; i++) {
        const struct manifest_cell *cell = &m.cells[i];
        char *path = path_join(folder, cell->file);
        if (file_exists(path)) {
            add_run(s, path, cell->condition, cell->persona, cell->seed);
        } else {
            s->missing++;
            free(path);
        }
    }
    manifest_fini(&m);
    if (s->count == 0)
        return err_set(err, "%s: nothing of this study has been simulated yet", folder);
    return true;
}

static bool find_one(struct export_source *s, const char *path, struct err *err)
{
    struct reader *reader = reader_open(path, err);
    const struct run_info *info = NULL;
    struct buf persona = { 0 };

    if (reader == NULL)
        return false;
    info = reader_info(reader);
    for (int i = 0; i < info->resident_count; i++)
        buf_addf(&persona, "%s%s", i > 0 ? "+" : "", info->residents[i].persona);
    add_run(s, mem_strdup(path), info->condition, buf_str(&persona), info->seed);
    buf_fini(&persona);
    reader_close(reader);
    return true;
}

bool export_source_find(struct export_source *s, const char *path, struct err *err)
{
    return file_is_folder(path) ? find_in_study(s, path, err) : find_one(s, path, err);
}

void export_source_fini(struct export_source *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->runs[i].path);
        free(s->runs[i].condition);
        free(s->runs[i].persona);
    }
    free(s->runs);
    *s = (struct export_source){ 0 };
}

char *export_run_name(const struct export_run *run)
{
    // manifest_file_name makes "runs/CONDITION/PERSONA-sSEED.sqlite" of safe characters
    char *file = manifest_file_name(run->condition, run->persona, run->seed);
    const char *begin = strchr(file, '/') + 1;
    char *name = mem_strndup(begin, strlen(begin) - strlen(".sqlite"));

    *strchr(name, '/') = '-';
    free(file);
    return name;
}

struct reader *export_run_open(const struct export_run *run, struct err *err)
{
    struct reader *reader = reader_open(run->path, err);

    if (reader != NULL && !reader_snapshot(reader, err)) {
        reader_close(reader);
        return NULL;
    }
    return reader;
}
