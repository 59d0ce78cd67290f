#include "store/info.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

// The meta keys of a run_info: one row each says where it lies in the struct.
enum kind { STRING, INT, INT64 };

struct field {
    const char *key;
    enum kind kind;
    size_t offset;
    bool counted; // part of the digest, and compared on resume
};

static const struct field fields[] = {
    { "study", STRING, offsetof(struct run_info, study), true },
    { "condition", STRING, offsetof(struct run_info, condition), true },
    { "seed", INT64, offsetof(struct run_info, seed), true },
    { "start", INT64, offsetof(struct run_info, start), true },
    { "sec_per_step", INT, offsetof(struct run_info, sec_per_step), true },
    { "steps_per_day", INT, offsetof(struct run_info, steps_per_day), true },
    { "map", STRING, offsetof(struct run_info, map), true },
    { "map_hash", STRING, offsetof(struct run_info, map_hash), true },
    { "config", STRING, offsetof(struct run_info, config), true },
    { "models", STRING, offsetof(struct run_info, models), false },
    { "embedder", STRING, offsetof(struct run_info, embedder), false },
    { "program", STRING, offsetof(struct run_info, program), false },
};

enum { FIELDS = sizeof(fields) / sizeof(*fields) };

static const char **string_at(const struct run_info *info, const struct field *f)
{
    return (const char **)((char *)info + f->offset);
}

static int64_t number_at(const struct run_info *info, const struct field *f)
{
    const char *at = (const char *)info + f->offset;

    return f->kind == INT ? *(const int *)at : *(const int64_t *)at;
}

bool info_has_key(const char *key)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(fields[i].key, key) == 0)
            return true;
    return false;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static bool insert(const struct db *db, const char *sql, const struct value *params, size_t count,
                   struct err *err)
{
    struct sqlite3_stmt *stmt = db_prepare(db, sql, err);
    bool ok = stmt != NULL && db_run(db, stmt, params, count, NULL, NULL, err);

    db_finalize(stmt);
    return ok;
}

bool info_write(const struct db *db, const struct run_info *info, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < FIELDS; i++) {
        const struct field *f = &fields[i];
        struct value row[] = {
            value_text(view_of(f->key)),
            f->kind == STRING ? value_text(view_of(or_empty(*string_at(info, f))))
                              : value_int(number_at(info, f)),
            value_int(f->counted),
        };
        ok = insert(db, "INSERT INTO meta(key, value, counted) VALUES (?1, ?2, ?3)", row, 3, err);
    }
    for (int i = 0; ok && i < info->resident_count; i++) {
        struct value row[] = {
            value_int(i + 1),
            value_text(view_of(or_empty(info->residents[i].persona))),
            value_text(view_of(or_empty(info->residents[i].name))),
        };
        ok =
            insert(db, "INSERT INTO resident(who, persona, name) VALUES (?1, ?2, ?3)", row, 3, err);
    }
    return ok;
}

struct loading {
    struct run_info *info;
    unsigned seen; // bit i: fields[i] was there with the right type
    struct run_resident *residents;
};

static bool load_meta(void *user, const struct value *row, size_t columns)
{
    struct loading *l = user;

    (void)columns;
    for (size_t i = 0; i < FIELDS; i++) {
        const struct field *f = &fields[i];
        char *at = (char *)l->info + f->offset;
        if (row[0].type != VALUE_TEXT || !view_equal(row[0].bytes, view_of(f->key)))
            continue;
        if (f->kind == STRING && row[1].type == VALUE_TEXT)
            *(const char **)at = mem_strndup(row[1].bytes.data, row[1].bytes.len);
        else if (f->kind == INT64 && row[1].type == VALUE_INT)
            *(int64_t *)at = row[1].i;
        else if (f->kind == INT && row[1].type == VALUE_INT && row[1].i > 0 &&
                 row[1].i <= INT32_MAX)
            *(int *)at = (int)row[1].i;
        else
            continue;
        l->seen |= 1u << i;
    }
    return true;
}

static bool load_resident(void *user, const struct value *row, size_t columns)
{
    struct loading *l = user;
    int at = l->info->resident_count;

    (void)columns;
    l->residents = mem_realloc(l->residents, (size_t)at + 1, sizeof(*l->residents));
    l->residents[at] =
        (struct run_resident){ .persona = mem_strndup(row[0].bytes.data, row[0].bytes.len),
                               .name = mem_strndup(row[1].bytes.data, row[1].bytes.len) };
    l->info->resident_count++;
    l->info->residents = l->residents;
    return true;
}

struct run_info *info_read(const struct db *db, struct err *err)
{
    struct loading l = { .info = mem_calloc(1, sizeof(*l.info)) };
    bool ok = db_query(db, "SELECT key, value FROM meta", NULL, 0, load_meta, &l, err) &&
              db_query(db, "SELECT persona, name FROM resident ORDER BY who", NULL, 0,
                       load_resident, &l, err);

    for (size_t i = 0; ok && i < FIELDS; i++)
        if ((l.seen & 1u << i) == 0)
            ok = err_set(err, "%s: is damaged (its meta key `%s` is missing or wrong)", db->path,
                         fields[i].key);
    if (ok && l.info->resident_count == 0)
        ok = err_set(err, "%s: is damaged (it has no resident)", db->path);
    if (ok)
        return l.info;
    info_free(l.info);
    return NULL;
}

void info_free(struct run_info *info)
{
    if (info == NULL)
        return;
    for (size_t i = 0; i < FIELDS; i++)
        if (fields[i].kind == STRING)
            free((char *)*string_at(info, &fields[i]));
    for (int i = 0; i < info->resident_count; i++) {
        free((char *)info->residents[i].persona);
        free((char *)info->residents[i].name);
    }
    free((struct run_resident *)info->residents);
    free(info);
}

bool info_check_same(const struct run_info *found, const struct run_info *wanted, const char *path,
                     struct err *err)
{
    static const char advice[] = "it is another run: use another folder, or delete the file";
    bool ok = true;

    for (size_t i = 0; ok && i < FIELDS; i++) {
        const struct field *f = &fields[i];
        if (!f->counted)
            continue;
        if (f->kind != STRING && number_at(found, f) != number_at(wanted, f))
            ok = err_set(err, "%s: has %s %lld, not %lld; %s", path, f->key,
                         (long long)number_at(found, f), (long long)number_at(wanted, f), advice);
        if (f->kind == STRING &&
            strcmp(or_empty(*string_at(found, f)), or_empty(*string_at(wanted, f))) != 0)
            ok = err_set(err, "%s: has %s '%.400s', not '%.400s'; %s", path, f->key,
                         *string_at(found, f), or_empty(*string_at(wanted, f)), advice);
    }
    if (ok && found->resident_count != wanted->resident_count)
        ok = err_set(err, "%s: has %d residents, not %d; %s", path, found->resident_count,
                     wanted->resident_count, advice);
    for (int i = 0; ok && i < found->resident_count; i++)
        if (strcmp(found->residents[i].persona, or_empty(wanted->residents[i].persona)) != 0)
            ok = err_set(err, "%s: has resident %d '%s', not '%s'; %s", path, i + 1,
                         found->residents[i].persona, or_empty(wanted->residents[i].persona),
                         advice);
    return ok;
}
