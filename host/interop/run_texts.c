#include "interop/run_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "script/texts.h"

struct own_text {
    struct buf path, text;
};

struct own_texts {
    struct own_text *files;
    size_t count;
};

static bool take_text(void *user, const struct value *row, size_t columns)
{
    struct own_texts *own = user;
    struct own_text *file = NULL;

    (void)columns;
    own->files = mem_realloc(own->files, own->count + 1, sizeof(*own->files));
    file = &own->files[own->count++];
    *file = (struct own_text){ 0 };
    buf_add_view(&file->path, row[0].bytes);
    buf_add_view(&file->text, row[1].bytes);
    return true;
}

static bool is_own(const struct own_texts *own, const char *path)
{
    for (size_t i = 0; i < own->count; i++) {
        if (strcmp(buf_str(&own->files[i].path), path) == 0)
            return true;
    }
    return false;
}

static struct texts *merge(const struct texts *installed, const struct own_texts *own,
                           struct err *err)
{
    size_t all = texts_count(installed), count = 0;
    struct text_row *rows = mem_calloc(all + own->count, sizeof(*rows));
    struct texts *merged = NULL;

    for (size_t i = 0; i < all; i++) {
        const struct text_file *file = texts_at(installed, i);
        if (!is_own(own, file->path))
            rows[count++] =
                (struct text_row){ .path = file->path, .text = file->text, .hash = file->hash };
    }
    for (size_t i = 0; i < own->count; i++) {
        struct view text = buf_view(&own->files[i].text);
        rows[count++] = (struct text_row){ .path = buf_str(&own->files[i].path),
                                           .text = text,
                                           .hash = hash_of(text) };
    }
    merged = texts_from_rows(rows, count, err);
    free(rows);
    return merged;
}

struct texts *run_texts(struct reader *reader, const char *data, int day, const char *pattern,
                        struct err *err)
{
    const struct value params[] = { day > 0 ? value_int(day) : value_null(),
                                    value_text(view_of(pattern)) };
    struct own_texts own = { 0 };
    struct texts *installed = texts_read(&data, 1, err), *merged = NULL;

    if (installed != NULL &&
        reader_query(reader,
                     "SELECT d.path, s.text FROM day_script d JOIN script s ON s.hash = d.hash"
                     " WHERE d.day = coalesce(?1, (SELECT max(day) FROM day_script))"
                     " AND d.path LIKE ?2 ORDER BY d.path",
                     params, 2, take_text, &own, err))
        merged = merge(installed, &own, err);
    texts_unref(installed);
    for (size_t i = 0; i < own.count; i++) {
        buf_fini(&own.files[i].path);
        buf_fini(&own.files[i].text);
    }
    free(own.files);
    return merged;
}
