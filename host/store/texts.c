#include "store/texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "text/json.h"

enum {
    MAX_TEXT_BYTES = 16 << 20, // no script or prompt comes near
    MAX_LIST_BYTES = 4 << 20,
};

static void hash_text(struct view text, char out[HASH_HEX_BYTES])
{
    struct hash h = hash_of(text);

    hash_hex(&h, out);
}

void text_set_hash(const struct text_set *set, char out[HASH_HEX_BYTES])
{
    struct buf all = { 0 };

    for (size_t i = 0; i < set->count; i++) {
        buf_add(&all, set->files[i]->path, strlen(set->files[i]->path) + 1);
        buf_add_str(&all, set->files[i]->hash);
        buf_add_char(&all, '\n');
    }
    hash_text(buf_view(&all), out);
    buf_fini(&all);
}

// Where `path` is in the set, or belongs.
static size_t place_of(const struct text_set *set, const char *path, bool *there)
{
    size_t low = 0, high = set->count;

    *there = false;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(set->files[mid]->path, path);
        if (order == 0) {
            *there = true;
            return mid;
        }
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool is_printable(const char *path)
{
    for (const char *p = path; *p != '\0'; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return false;
    return true;
}

bool text_set_share(struct text_set *set, struct pinned_text *file, struct err *err)
{
    bool there = false;
    size_t at = place_of(set, file->path, &there);

    if (there)
        return err_set(err, "%s: is in the set of texts already", file->path);
    if (set->count == set->cap) {
        set->cap = mem_grow(set->cap, set->count + 1);
        set->files = mem_realloc(set->files, set->cap, sizeof(*set->files));
    }
    memmove(set->files + at + 1, set->files + at, (set->count - at) * sizeof(*set->files));
    set->count++;
    set->files[at] = file;
    file->references++;
    return true;
}

static void unref(struct pinned_text *file)
{
    if (--file->references > 0)
        return;
    free(file->path);
    buf_fini(&file->text);
    free(file);
}

// Adds a copy of a text whose hash is known.
static bool add(struct text_set *set, const char *path, struct view text, const char *hash,
                struct err *err)
{
    struct pinned_text *file = NULL;
    bool ok = false;

    if (!path_is_inside(path) || !is_printable(path))
        return err_set(err, "'%.200s' is no path inside of the study", path);
    file = mem_calloc(1, sizeof(*file));
    file->references = 1;
    file->path = mem_strdup(path);
    buf_add_view(&file->text, text);
    memcpy(file->hash, hash, HASH_HEX_BYTES);
    ok = text_set_share(set, file, err);
    unref(file);
    return ok;
}

bool text_set_add(struct text_set *set, const char *path, struct view text, struct err *err)
{
    char hash[HASH_HEX_BYTES];

    hash_text(text, hash);
    return add(set, path, text, hash, err);
}

struct pinned_text *text_set_find(const struct text_set *set, const char *path)
{
    bool there = false;
    size_t at = place_of(set, path, &there);

    return there ? set->files[at] : NULL;
}

void text_set_fini(struct text_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        unref(set->files[i]);
    free(set->files);
    *set = (struct text_set){ 0 };
}

static char *in_texts(const char *study_folder, const char *name)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/texts/%s", study_folder, name);
    return buf_take(&path);
}

static char *day_path(const char *study_folder, int day)
{
    struct buf name = { 0 };
    char *path = NULL;

    buf_addf(&name, "day-%04d.json", day);
    path = in_texts(study_folder, buf_str(&name));
    buf_fini(&name);
    return path;
}

static bool write_text(const char *study_folder, const struct pinned_text *file, struct err *err)
{
    char *path = in_texts(study_folder, file->hash);
    bool existed = false;
    // Most texts are those of the day before: looking first saves writing a temporary file
    bool ok = file_exists(path) || file_write_once(path, buf_view(&file->text), &existed, err);

    free(path);
    return ok;
}

// What the file of a day says.
static void list_day(const struct text_set *set, struct buf *list)
{
    buf_add_str(list, "{");
    for (size_t i = 0; i < set->count; i++) {
        buf_add_str(list, i == 0 ? "\n  " : ",\n  ");
        json_add_string(list, view_of(set->files[i]->path));
        buf_addf(list, ": \"%s\"", set->files[i]->hash);
    }
    buf_add_str(list, "\n}\n");
}

static bool write_day(const char *path, const struct text_set *set, bool *existed, struct err *err)
{
    struct buf list = { 0 };
    bool ok = false;

    list_day(set, &list);
    ok = file_write_once(path, buf_view(&list), existed, err);
    buf_fini(&list);
    return ok;
}

bool texts_pin_again(const char *study_folder, int day, const struct text_set *mine,
                     struct err *err)
{
    char *folder = path_join(study_folder, "texts"), *path = day_path(study_folder, day);
    struct buf list = { 0 };
    bool ok = file_make_folder(folder, err);

    for (size_t i = 0; ok && i < mine->count; i++)
        ok = write_text(study_folder, mine->files[i], err);
    list_day(mine, &list);
    ok = ok && file_write(path, buf_view(&list), err);
    buf_fini(&list);
    free(folder);
    free(path);
    return ok;
}

// Reads one text and makes sure that it is the one that was pinned. `known` saves reading it.
static bool read_text(const char *study_folder, const char *name, const struct json *entry,
                      const struct text_set *known, struct text_set *out, struct err *err)
{
    struct pinned_text *same = text_set_find(known, name);
    struct buf text = { 0 };
    char hash[HASH_HEX_BYTES];
    struct view wanted = { 0 };
    char *path = NULL;
    bool ok = false;

    if (json_type(entry) == JSON_STRING)
        wanted = json_string(entry);
    if (wanted.len != HASH_HEX_BYTES - 1 || strspn(wanted.data, "0123456789abcdef") != wanted.len)
        return err_set(err, "the hash of `%s` must be 64 hexadecimal digits", name);
    if (same != NULL && strcmp(same->hash, wanted.data) == 0)
        return text_set_share(out, same, err);
    path = in_texts(study_folder, wanted.data);
    if (!file_read(&text, path, MAX_TEXT_BYTES, err))
        goto done;
    hash_text(buf_view(&text), hash);
    if (strcmp(hash, wanted.data) != 0) {
        err_set(err, "%s: was changed; put the original back, or delete the study", path);
        goto done;
    }
    ok = add(out, name, buf_view(&text), hash, err);
done:
    free(path);
    buf_fini(&text);
    return ok;
}

static bool read_day(const char *study_folder, int day, const struct text_set *known,
                     struct text_set *out, bool *found, struct err *err)
{
    struct buf text = { 0 };
    struct json *list = NULL;
    char *path = day_path(study_folder, day);
    bool ok = false;

    *out = (struct text_set){ 0 };
    *found = file_exists(path);
    if (!*found) {
        free(path);
        return true;
    }
    if (!file_read(&text, path, MAX_LIST_BYTES, err))
        goto done;
    list = json_parse(buf_view(&text), err);
    if (list == NULL || json_type(list) != JSON_OBJECT) {
        if (list != NULL)
            err_set(err, "must be an object of path and hash");
        err_wrap(err, "%s", path);
        goto done;
    }
    ok = true;
    for (const struct json *e = json_first(list); ok && e != NULL; e = json_next(e))
        ok = read_text(study_folder, json_key(e), e, known, out, err) ? true
                                                                      : err_wrap(err, "%s", path);
done:
    if (!ok)
        text_set_fini(out);
    json_free(list);
    buf_fini(&text);
    free(path);
    return ok;
}

bool texts_read_pinned(const char *study_folder, int day, struct text_set *out, bool *found,
                       struct err *err)
{
    const struct text_set none = { 0 };

    return read_day(study_folder, day, &none, out, found, err);
}

bool texts_pin(const char *study_folder, int day, const struct text_set *mine, struct text_set *out,
               bool *first, struct err *err)
{
    char *folder = path_join(study_folder, "texts"), *path = day_path(study_folder, day);
    bool existed = file_exists(path), found = false;
    bool ok = existed || file_make_folder(folder, err);

    // Texts first, so that whoever sees the day's list finds all that it names
    for (size_t i = 0; ok && !existed && i < mine->count; i++)
        ok = write_text(study_folder, mine->files[i], err);
    if (ok && !existed)
        ok = write_day(path, mine, &existed, err);
    *first = ok && !existed;
    ok = ok && read_day(study_folder, day, mine, out, &found, err);
    if (ok && !found)
        ok = err_set(err, "%s: was deleted while the study runs", path);
    free(folder);
    free(path);
    return ok;
}
