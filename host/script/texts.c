#include "script/texts.h"

#include "base/mem.h"
#include "script/texts_inside.h"
#include "text/utf8.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct texts *texts_new(void)
{
    struct texts *t = mem_calloc(1, sizeof(*t));

    t->references = 1;
    return t;
}

struct texts *texts_ref(struct texts *t)
{
    t->references++;
    return t;
}

void texts_unref(struct texts *t)
{
    if (t == NULL || --t->references > 0)
        return;
    for (size_t i = 0; i < t->count; i++) {
        free(t->files[i].path);
        free(t->files[i].text);
        buf_fini(&t->files[i].chunk);
    }
    for (size_t i = 0; i < t->root_count; i++)
        free(t->roots[i]);
    free(t->roots);
    free(t->files);
    free(t->views);
    free(t);
}

// --- names
// --------------------------------------------------------------------------------------------

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

bool texts_module_path(const char *module, char out[TEXTS_MAX_PATH])
{
    static const struct {
        const char *prefix, *folder;
    } places[] = { { "propersim.", "scripts/lib/" },
                   { "personas.", "personas/" },
                   { "prompts.", "prompts/" },
                   { "", "scripts/" } };
    const char *rest = NULL;
    size_t i = 0;
    int len = 0;

    for (const char *c = module; *c != '\0'; c++)
        if (!is_name_char(*c) && !(*c == '.' && c > module && c[-1] != '.' && c[1] != '\0'))
            return false;
    while (strncmp(module, places[i].prefix, strlen(places[i].prefix)) != 0)
        i++;
    rest = module + strlen(places[i].prefix);
    if (*rest == '\0')
        return false;
    len = snprintf(out, TEXTS_MAX_PATH, "%s%s.lua", places[i].folder, rest);
    if (len >= TEXTS_MAX_PATH)
        return false;
    for (char *c = out; c < out + len - 4; c++)
        if (*c == '.')
            *c = '/';
    return true;
}

void texts_path_module(const char *path, char out[TEXTS_MAX_PATH])
{
    static const char scripts[] = "scripts/", lib[] = "scripts/lib/";
    size_t len = 0;

    if (strncmp(path, lib, sizeof(lib) - 1) == 0)
        snprintf(out, TEXTS_MAX_PATH, "propersim.%s", path + sizeof(lib) - 1);
    else if (strncmp(path, scripts, sizeof(scripts) - 1) == 0)
        snprintf(out, TEXTS_MAX_PATH, "%s", path + sizeof(scripts) - 1);
    else
        snprintf(out, TEXTS_MAX_PATH, "%s", path);
    len = strlen(out);
    if (len > 4 && strcmp(out + len - 4, ".lua") == 0)
        out[len - 4] = '\0';
    for (char *c = out; *c != '\0'; c++)
        if (*c == '/')
            *c = '.';
}

// Only files that require can name, in the folders that a set has.
static bool check_path(const char *path, struct err *err)
{
    static const char personas[] = "personas/", prompts[] = "prompts/", scripts[] = "scripts/";
    char module[TEXTS_MAX_PATH], back[TEXTS_MAX_PATH];

    if (strlen(path) >= TEXTS_MAX_PATH)
        return err_set(err, "%s: the path is longer than %d bytes", path, TEXTS_MAX_PATH - 1);
    texts_path_module(path, module);
    if (texts_module_path(module, back) && strcmp(back, path) == 0) {
        if (strncmp(path, personas, sizeof(personas) - 1) == 0 &&
            strchr(path + sizeof(personas) - 1, '/') != NULL)
            return err_set(err, "%s: personas have no sub-folders", path);
        if (strncmp(path, personas, sizeof(personas) - 1) == 0 ||
            strncmp(path, prompts, sizeof(prompts) - 1) == 0 ||
            (strncmp(path, scripts, sizeof(scripts) - 1) == 0 &&
             strncmp(path, "scripts/stubs/", 14) != 0))
            return true;
    }
    return err_set(err,
                   "%s: no script can have this name (letters, digits, _ and -, ending in "
                   ".lua, in scripts/, prompts/ or personas/)",
                   path);
}

static bool check_text(const char *path, struct view text, struct err *err)
{
    size_t bad = 0, line = 1;
    bool valid = utf8_valid(text, &bad);

    if (text.len > TEXTS_MAX_FILE_BYTES)
        return err_set(err, "%s: %zu bytes are too many for a script (at most %d)", path, text.len,
                       TEXTS_MAX_FILE_BYTES);
    if (text.len >= 3 && memcmp(text.data, UTF8_BOM, 3) == 0)
        return err_set(err, "%s:1: starts with a byte order mark; save it as plain UTF-8", path);
    for (size_t i = 0; i < (valid ? text.len : bad); i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c == '\n')
            line++;
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f)
            return err_set(err, "%s:%zu: byte 0x%02x: this is not a text file", path, line, c);
    }
    if (!valid)
        return err_set(err, "%s:%zu: byte 0x%02x is not UTF-8; save the file as UTF-8", path, line,
                       (unsigned)(unsigned char)text.data[bad]);
    return true;
}

// --- building
// -----------------------------------------------------------------------------------------

bool texts_add(struct texts *t, const char *path, struct view text, size_t root, struct err *err)
{
    struct text_entry *e = NULL;

    if (!check_path(path, err) || !check_text(path, text, err))
        return false;
    if (t->count >= TEXTS_MAX_FILES)
        return err_set(err, "more than %d files", TEXTS_MAX_FILES);
    if (t->count == t->cap) {
        t->cap = mem_grow(t->cap, t->count + 1);
        t->files = mem_realloc(t->files, t->cap, sizeof(*t->files));
    }
    e = &t->files[t->count++];
    *e = (struct text_entry){
        .path = mem_strdup(path),
        .text = mem_strndup(text.len == 0 ? "" : text.data, text.len),
        .len = text.len,
        .root = root,
    };
    return true;
}

static int compare_entries(const void *a, const void *b)
{
    const struct text_entry *x = a, *y = b;
    int order = strcmp(x->path, y->path);

    return order != 0 ? order : (x->root > y->root) - (x->root < y->root);
}

void texts_finish(struct texts *t)
{
    size_t kept = 0;

    if (t->count > 0)
        qsort(t->files, t->count, sizeof(*t->files), compare_entries);
    for (size_t i = 0; i < t->count; i++) {
        if (kept > 0 && strcmp(t->files[kept - 1].path, t->files[i].path) == 0) {
            free(t->files[i].path); // hidden by an earlier root
            free(t->files[i].text);
        } else {
            t->files[kept++] = t->files[i];
        }
    }
    t->count = kept;
    t->views = mem_calloc(kept, sizeof(*t->views));
    for (size_t i = 0; i < kept; i++) {
        struct text_entry *e = &t->files[i];

        t->views[i].path = e->path;
        t->views[i].text = (struct view){ e->text, e->len };
        t->views[i].hash = hash_of(t->views[i].text);
        t->views[i].root = e->root < t->root_count ? t->roots[e->root] : "";
    }
}

struct texts *texts_from_rows(const struct text_row *rows, size_t count, struct err *err)
{
    struct texts *t = texts_new();

    for (size_t i = 0; i < count; i++)
        if (!texts_add(t, rows[i].path, rows[i].text, 0, err))
            goto failed;
    texts_finish(t);
    if (t->count != count) {
        err_set(err, "a path is there twice");
        goto failed;
    }
    for (size_t i = 0; i < count; i++) {
        if (!hash_equal(&texts_find(t, rows[i].path)->hash, &rows[i].hash)) {
            err_set(err, "%s: the text does not have the hash that was recorded for it",
                    rows[i].path);
            goto failed;
        }
    }
    return t;
failed:
    texts_unref(t);
    return NULL;
}

// --- looking
// ------------------------------------------------------------------------------------------

size_t texts_count(const struct texts *t)
{
    return t->count;
}

struct buf *texts_chunk(struct texts *t, const struct text_file *file)
{
    return &t->files[file - t->views].chunk;
}

const struct text_file *texts_at(const struct texts *t, size_t i)
{
    assert(i < t->count);
    return &t->views[i];
}

const struct text_file *texts_find(const struct texts *t, const char *path)
{
    size_t low = 0, high = t->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(t->views[middle].path, path);

        if (order == 0)
            return &t->views[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

struct hash texts_hash(const struct texts *t)
{
    struct hasher *h = hasher_new();

    for (size_t i = 0; i < t->count; i++) {
        hasher_add(h, t->views[i].path, strlen(t->views[i].path) + 1);
        hasher_add(h, t->views[i].hash.bytes, HASH_BYTES);
    }
    return hasher_end(h);
}

size_t texts_compare(const struct texts *old, const struct texts *now,
                     void (*fn)(void *user, enum text_change change, const char *path), void *user)
{
    size_t i = 0, j = 0, changes = 0, old_count = old == NULL ? 0 : old->count;

    while (i < old_count || j < now->count) {
        int order = i >= old_count    ? 1
                    : j >= now->count ? -1
                                      : strcmp(old->views[i].path, now->views[j].path);
        const char *path = order < 0 ? old->views[i].path : now->views[j].path;
        enum text_change change = order < 0 ? TEXT_REMOVED : order > 0 ? TEXT_ADDED : TEXT_CHANGED;
        bool is_change = order != 0 || !hash_equal(&old->views[i].hash, &now->views[j].hash);

        i += order <= 0;
        j += order >= 0;
        if (!is_change)
            continue;
        changes++;
        if (fn != NULL)
            fn(user, change, path);
    }
    return changes;
}
