#include "store/manifest.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "text/json.h"

enum {
    FORMAT = 1,
    MAX_BYTES = 64 << 20,
    MAX_NAME_BYTES = 60, // two of them and the rest fit any file system's 255
};

static const char file_name[] = "study.json";

void manifest_init(struct manifest *m, const char *name, const char *config)
{
    *m = (struct manifest){ .name = mem_strdup(name), .config = mem_strdup(config) };
}

static void free_cell(struct manifest_cell *cell)
{
    free(cell->condition);
    free(cell->persona);
    free(cell->file);
}

void manifest_fini(struct manifest *m)
{
    for (size_t i = 0; i < m->cell_count; i++)
        free_cell(&m->cells[i]);
    free(m->cells);
    free(m->name);
    free(m->config);
    *m = (struct manifest){ 0 };
}

static bool is_safe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("._+-", c) != NULL);
}

static void add_safe_name(struct buf *out, const char *name)
{
    size_t len = strlen(name), kept = len < MAX_NAME_BYTES ? len : MAX_NAME_BYTES;
    bool same = len >= 1 && len <= MAX_NAME_BYTES;

    for (size_t i = 0; i < kept; i++) {
        bool safe = is_safe(name[i]) && !(i == 0 && (name[i] == '.' || name[i] == '-'));
        buf_add_char(out, safe ? name[i] : '_');
        same = same && safe;
    }
    if (!same)
        buf_addf(out, "~%016llx", (unsigned long long)hash64_str(HASH64_START, name));
}

char *manifest_file_name(const char *condition, const char *persona, int64_t seed)
{
    struct buf path = { 0 };

    buf_add_str(&path, "runs/");
    add_safe_name(&path, condition);
    buf_add_char(&path, '/');
    add_safe_name(&path, persona);
    buf_addf(&path, "-s%lld.sqlite", (long long)seed);
    return buf_take(&path);
}

static bool push(struct manifest *m, struct manifest_cell cell, struct err *err)
{
    for (size_t i = 0; i < m->cell_count; i++) {
        if (strcmp(m->cells[i].file, cell.file) == 0) {
            err_set(err, "condition '%s', persona '%s', seed %lld: is in the study twice",
                    cell.condition, cell.persona, (long long)cell.seed);
            free_cell(&cell);
            return false;
        }
    }
    if (m->cell_count == m->cell_cap) {
        m->cell_cap = mem_grow(m->cell_cap, m->cell_count + 1);
        m->cells = mem_realloc(m->cells, m->cell_cap, sizeof(*m->cells));
    }
    m->cells[m->cell_count++] = cell;
    return true;
}

bool manifest_add(struct manifest *m, const char *condition, const char *persona, int64_t seed,
                  struct err *err)
{
    return push(m,
                (struct manifest_cell){ .condition = mem_strdup(condition),
                                        .persona = mem_strdup(persona),
                                        .seed = seed,
                                        .file = manifest_file_name(condition, persona, seed) },
                err);
}

static void add_member(struct buf *out, const char *key, const char *text)
{
    buf_addf(out, "\"%s\": ", key);
    json_add_string(out, view_of(text));
}

bool manifest_write(const struct manifest *m, const char *folder, struct err *err)
{
    struct buf text = { 0 };
    char *path = path_join(folder, file_name);
    bool ok = false;

    buf_addf(&text, "{\n\"format\": %d,\n", FORMAT);
    add_member(&text, "name", m->name);
    buf_addf(&text, ",\n\"config\": %s,\n\"cells\": [", m->config);
    for (size_t i = 0; i < m->cell_count; i++) {
        const struct manifest_cell *cell = &m->cells[i];
        buf_add_str(&text, i == 0 ? "\n  { " : ",\n  { ");
        add_member(&text, "condition", cell->condition);
        buf_add_str(&text, ", ");
        add_member(&text, "persona", cell->persona);
        // As text: a JSON number holds no 64-bit seed
        buf_addf(&text, ", \"seed\": \"%lld\", ", (long long)cell->seed);
        add_member(&text, "file", cell->file);
        buf_add_str(&text, " }");
    }
    buf_add_str(&text, "\n]\n}\n");
    ok = file_write(path, buf_view(&text), err);
    buf_fini(&text);
    free(path);
    return ok;
}

static bool want_seed(const struct json *cell, int64_t *seed, struct err *err)
{
    struct view text = { 0 };
    char *end = NULL;

    if (!json_want_string(cell, "seed", &text, err))
        return false;
    errno = 0;
    *seed = strtoll(text.data, &end, 10);
    if (text.len == 0 || *end != '\0' || isspace((unsigned char)text.data[0]) || errno != 0)
        return err_set(err, "`seed` must be a whole number of 64 bits, in quotes");
    return true;
}

static bool read_cell(struct manifest *m, const struct json *cell, struct err *err)
{
    struct view condition = { 0 }, persona = { 0 }, file = { 0 };
    int64_t seed = 0;

    if (!json_want_string(cell, "condition", &condition, err) ||
        !json_want_string(cell, "persona", &persona, err) || !want_seed(cell, &seed, err) ||
        !json_want_string(cell, "file", &file, err))
        return false;
    if (!path_is_inside(file.data))
        return err_set(err, "`file` '%s' leaves the study folder", file.data);
    return push(m,
                (struct manifest_cell){ .condition = mem_strdup(condition.data),
                                        .persona = mem_strdup(persona.data),
                                        .seed = seed,
                                        .file = mem_strdup(file.data) },
                err);
}

static bool from_json(struct manifest *m, const struct json *doc, struct err *err)
{
    int64_t format = 0;
    struct view name = { 0 };
    const struct json *config = json_get(doc, "config"), *cells = NULL;
    struct buf text = { 0 };
    bool ok = true;
    size_t at = 0;

    if (!json_want_int(doc, "format", 1, INT32_MAX, &format, err))
        return false;
    if (format > FORMAT)
        return err_set(err, "has format %lld, from a newer propersim; this one reads format %d",
                       (long long)format, FORMAT);
    if (!json_want_string(doc, "name", &name, err) || !json_want_array(doc, "cells", &cells, err))
        return false;
    if (config == NULL || json_type(config) != JSON_OBJECT)
        return err_set(err, "`config` must be an object");
    json_add_canonical(&text, config);
    manifest_init(m, name.data, buf_str(&text));
    buf_fini(&text);
    for (const struct json *c = json_first(cells); ok && c != NULL; c = json_next(c), at++)
        ok = read_cell(m, c, err) ? true : err_wrap(err, "cell %zu", at + 1);
    return ok;
}

bool manifest_read(struct manifest *m, const char *folder, struct err *err)
{
    struct buf text = { 0 };
    struct json *doc = NULL;
    char *path = path_join(folder, file_name);
    bool ok = false;

    *m = (struct manifest){ 0 };
    if (!manifest_exists(folder)) {
        err_set(err, "%s: is not a study folder (it has no %s)", folder, file_name);
        goto done;
    }
    if (!file_read(&text, path, MAX_BYTES, err))
        goto done;
    doc = json_parse(buf_view(&text), err);
    ok = doc != NULL && from_json(m, doc, err);
    if (!ok) {
        err_wrap(err, "%s", path);
        manifest_fini(m);
    }
done:
    json_free(doc);
    buf_fini(&text);
    free(path);
    return ok;
}

bool manifest_exists(const char *folder)
{
    char *path = path_join(folder, file_name);
    bool exists = file_exists(path);

    free(path);
    return exists;
}
