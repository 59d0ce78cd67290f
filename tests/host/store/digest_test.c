#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "sample.h"

// Changes a run file behind the writer's back.
static sqlite3 *open_raw(const char *path)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA ignore_check_constraints = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    return db;
}

static void raw_exec(sqlite3 *db, const char *sql)
{
    char *message = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

static void copy_file(const char *from, const char *to)
{
    struct err err = { { 0 } };
    struct buf bytes = { 0 };

    must(file_read(&bytes, from, 64 << 20, &err));
    must(file_write(to, buf_view(&bytes), &err));
    buf_fini(&bytes);
}

static bool is_counted(const char *table, const char *column)
{
    static const char *const not_counted[] = { "label.",           "call_data.",
                                               "reply_data.",      "embedding_data.",
                                               "log_data.seq",     "day_data.text_mark",
                                               "day_data.wall_ms", "memory_access_data.",
                                               "adapter_data." };
    char name[128];

    snprintf(name, sizeof(name), "%s.%s", table, column);
    for (size_t i = 0; i < sizeof(not_counted) / sizeof(*not_counted); i++)
        if (view_starts(view_of(name), not_counted[i]))
            return false;
    return true;
}

// "UPDATE ..." that changes all values of the column and keeps their type.
static void add_change(struct buf *sql, const char *table, const char *column, const char *type)
{
    buf_addf(sql, "UPDATE %s SET %s = ", table, column);
    if (strcmp(type, "INTEGER") == 0)
        buf_addf(sql, "%s + 1000", column); // a text's id: no text then; keys stay apart
    else if (strcmp(type, "REAL") == 0)
        buf_addf(sql, "%s + 0.125", column);
    else
        buf_addf(sql, strcmp(type, "BLOB") == 0 ? "CAST(%s || 'x' AS BLOB)" : "%s || 'x'", column);
    buf_addf(sql, " WHERE %s IS NOT NULL", column);
}

// True if the file can be read and has this digest.
static bool has_digest(const char *path, const struct hash *wanted)
{
    struct err err = { { 0 } };
    struct digest digest;
    struct reader *r = reader_open(path, &err); // fails where the change hit what the run is
    bool same = r != NULL && digest_run(r, &digest, &err) && hash_equal(&digest.hash, wanted);

    reader_close(r);
    return same;
}

static void each_value_that_counts_changes_the_digest_and_no_other(void **state)
{
    char *folder = sample_folder();
    char *path = path_join(folder, "a.sqlite"), *changed = path_join(folder, "b.sqlite");
    struct digest plain;
    sqlite3 *db = NULL;
    sqlite3_stmt *list = NULL;
    int columns = 0;

    (void)state;
    sample_run(path, 2);
    sample_unusual(path, 3);
    plain = sample_digest(path);
    db = open_raw(path);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT m.name, p.name, p.type FROM sqlite_schema m"
                                        " JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
                                        " AND m.name NOT LIKE 'sqlite_%'",
                                        -1, &list, NULL),
                     SQLITE_OK);
    while (sqlite3_step(list) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(list, 0);
        const char *column = (const char *)sqlite3_column_text(list, 1);
        const char *type = (const char *)sqlite3_column_text(list, 2);
        struct buf sql = { 0 };
        sqlite3 *raw = NULL;
        bool same = false;

        add_change(&sql, table, column, type);
        copy_file(path, changed);
        raw = open_raw(changed);
        raw_exec(raw, buf_str(&sql));
        if (sqlite3_changes(raw) == 0)
            fail_msg("%s.%s: the sample has no value", table, column);
        sqlite3_close(raw);
        same = has_digest(changed, &plain.hash);
        if (same == is_counted(table, column))
            fail_msg("%s.%s: the digest %s", table, column, same ? "is the same" : "differs");
        buf_fini(&sql);
        columns++;
    }
    sqlite3_finalize(list);
    sqlite3_close(db);
    assert_true(columns > 120); // the list is not empty by mistake
    free(path);
    free(changed);
    sample_remove(folder);
}

static void the_digest_knows_rows_from_columns_and_types(void **state)
{
    static const struct {
        const char *change;
        bool same;
    } rows[] = {
        { "UPDATE meta SET value = 'x' WHERE key = 'program'", true },
        { "UPDATE meta SET value = 'x' WHERE key = 'models'", true },
        { "UPDATE meta SET value = 'x' WHERE key = 'config'", false },
        { "INSERT INTO meta VALUES ('wall_start', 5, 0)", true },
        { "UPDATE log_data SET message = 'x' WHERE source = 2", true },
        { "UPDATE log_data SET message = 'x' WHERE source = 1", false },
        { "DELETE FROM log_data WHERE source = 2", true },
        { "DELETE FROM call_data", true },
        { "DELETE FROM step_data WHERE step = 47", false },
        { "INSERT INTO text(text) VALUES ('never used')", true },
        { "UPDATE text SET text = text || ' ' WHERE id = 3", false },
        // The same bytes in the next column
        { "UPDATE event_data SET object = predicate, predicate = NULL WHERE step = 1", false },
        { "UPDATE event_data SET object = NULL WHERE step = 1 AND who = 1", false },
        { "UPDATE rating_data SET timing = 0 WHERE timing IS NULL", false },
    };
    char *folder = sample_folder();
    char *path = path_join(folder, "a.sqlite"), *changed = path_join(folder, "b.sqlite");
    struct digest plain, other;

    (void)state;
    sample_run(path, 2);
    plain = sample_digest(path);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        sqlite3 *raw = NULL;
        copy_file(path, changed);
        raw = open_raw(changed);
        raw_exec(raw, rows[i].change);
        sqlite3_close(raw);
        other = sample_digest(changed);
        if (hash_equal(&other.hash, &plain.hash) != rows[i].same)
            fail_msg("%s: the digest is %s", rows[i].change, rows[i].same ? "another" : "the same");
    }
    free(path);
    free(changed);
    sample_remove(folder);
}

static void the_order_of_first_use_of_texts_does_not_count(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder();
    char *path = path_join(folder, "a.sqlite"), *late = path_join(folder, "b.sqlite");
    struct run_info info = sample_info();
    struct writer *w = writer_create(late, &info, &err);
    struct digest a, b;

    (void)state;
    must(w != NULL);
    sample_day(w, 1, true);
    sample_day(w, 2, true);
    must(writer_close(w, &err));
    sample_run(path, 2);
    a = sample_digest(path);
    b = sample_digest(late);
    assert_true(hash_equal(&a.hash, &b.hash));
    free(path);
    free(late);
    sample_remove(folder);
}

// Pins the bytes that are hashed: a change here makes old digests worthless and must be meant.
static void the_digest_of_the_sample_is_this(void **state)
{
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct digest d;
    char hex[HASH_HEX_BYTES];

    (void)state;
    sample_run(path, 2);
    d = sample_digest(path);
    hash_hex(&d.hash, hex);
    assert_string_equal(hex, "59ccc97ea7fa39e3c5f20ed4190706f7ef8505ea7c5b58435467e884f0f1077d");
    free(path);
    sample_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_value_that_counts_changes_the_digest_and_no_other),
        cmocka_unit_test(the_digest_knows_rows_from_columns_and_types),
        cmocka_unit_test(the_order_of_first_use_of_texts_does_not_count),
        cmocka_unit_test(the_digest_of_the_sample_is_this),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
