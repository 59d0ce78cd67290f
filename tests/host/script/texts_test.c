#include "lab.h"

#include "base/file.h"

#include <sys/stat.h>
#include <unistd.h>

static void put(const char *root, const char *path, struct view text)
{
    struct err err = { { 0 } };
    char *full = path_join(root, path), *folder = path_folder(full);

    assert_true(file_make_folder(folder, &err));
    assert_true(file_write(full, text, &err));
    free(folder);
    free(full);
}

static void make_root(char root[64])
{
    snprintf(root, 64, "/tmp/propersim-texts-XXXXXX");
    assert_non_null(mkdtemp(root));
}

static void remove_root(const char *root)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -rf '%s'", root);
    assert_int_equal(system(command), 0);
}

static struct texts *read_one(const char *root, struct err *err)
{
    const char *const roots[] = { root };

    return texts_read(roots, 1, err);
}

static void a_study_hides_what_is_installed(void **state)
{
    char study[64], installed[64];
    const char *roots[] = { study, installed };
    struct err err = { { 0 } };
    struct texts *t = NULL;

    (void)state;
    make_root(study);
    make_root(installed);
    put(installed, "scripts/household.lua", view_of("return 1"));
    put(installed, "scripts/resident/plan.lua", view_of("return 2"));
    put(installed, "scripts/stubs/json.lua", view_of("---@meta"));
    put(installed, "scripts/.hidden.lua", view_of("("));
    put(installed, "scripts/notes.txt", view_of("("));
    put(installed, "prompts/rater/timing.lua", view_of("return 3"));
    put(installed, "personas/p01.lua", view_of("return 4"));
    put(installed, "personas/old/p01.lua", view_of("return 4"));
    put(installed, "maps/house.lua", view_of("("));
    put(study, "scripts/resident/plan.lua", view_of("return 'ours'"));
    put(study, "personas/me.lua", view_of(""));
    t = texts_read(roots, 2, &err);
    if (t == NULL)
        fail_msg("%s", err.text);
    assert_int_equal(texts_count(t), 5);
    assert_string_equal(texts_at(t, 0)->path, "personas/me.lua");
    assert_string_equal(texts_at(t, 1)->path, "personas/p01.lua");
    assert_string_equal(texts_at(t, 4)->path, "scripts/resident/plan.lua");
    assert_string_equal(texts_at(t, 4)->text.data, "return 'ours'");
    assert_string_equal(texts_at(t, 4)->root, study);
    assert_string_equal(texts_at(t, 3)->root, installed);
    assert_null(texts_find(t, "scripts/stubs/json.lua"));
    assert_null(texts_find(t, "nothing"));
    assert_ptr_equal(texts_find(t, "scripts/household.lua"), texts_at(t, 3));
    texts_unref(t);
    remove_root(study);
    remove_root(installed);
}

// Each file makes the set unreadable; the message says which and why.
static void a_file_that_is_no_script_is_refused_by_name(void **state)
{
    static const struct {
        const char *path, *text;
        size_t len; // 0: strlen
        const char *says;
    } rows[] = {
        { "scripts/x.lua", "a\nb\0c", 5, "scripts/x.lua:2: byte 0x00: this is not a text file" },
        { "scripts/x.lua",
          "\x7f"
          "ELF",
          0, "scripts/x.lua:1: byte 0x7f" },
        { "scripts/x.lua", "\x1bLua", 0, "scripts/x.lua:1: byte 0x1b: this is not a text file" },
        { "scripts/x.lua", "return '\xe4'", 0, "scripts/x.lua:1: byte 0xe4 is not UTF-8" },
        { "scripts/x.lua", "\n\n\xc3", 0, "scripts/x.lua:3: byte 0xc3 is not UTF-8" },
        { "scripts/x.lua", "\xef\xbb\xbfreturn 1", 0, "byte order mark" },
        { "prompts/my prompt.lua", "return 1", 0, "prompts/my prompt.lua: no script can have" },
        { "scripts/a.b.lua", "return 1", 0, "scripts/a.b.lua: no script can have this name" },
        { "scripts/\xc3\xa4.lua", "return 1", 0, "no script can have this name" },
        { "scripts/personas/x.lua", "return 1", 0, "no script can have this name" },
    };
    struct err err = { { 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        char root[64];
        size_t len = rows[i].len == 0 ? strlen(rows[i].text) : rows[i].len;

        make_root(root);
        put(root, rows[i].path, (struct view){ rows[i].text, len });
        assert_null(read_one(root, &err));
        if (strstr(err.text, rows[i].says) == NULL)
            fail_msg("%s\ninstead of %s", err.text, rows[i].says);
        remove_root(root);
    }
}

static void sizes_and_depths_are_limited(void **state)
{
    char root[64], deep[300] = "scripts";
    char *big = calloc(TEXTS_MAX_FILE_BYTES + 2, 1);
    struct err err = { { 0 } };
    struct texts *t = NULL;

    (void)state;
    make_root(root);
    memset(big, '-', TEXTS_MAX_FILE_BYTES);
    put(root, "scripts/big.lua", view_of(big));
    t = read_one(root, &err);
    assert_non_null(t);
    texts_unref(t);
    big[TEXTS_MAX_FILE_BYTES] = '-';
    put(root, "scripts/big.lua", view_of(big));
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "big.lua"));
    assert_non_null(strstr(err.text, "at most 1048576"));
    free(big);
    remove_root(root);
    make_root(root);
    for (int i = 0; i < 18; i++)
        strcat(deep, "/d");
    strcat(deep, "/x.lua");
    put(root, deep, view_of("return 1"));
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "nested more than 16 deep"));
    remove_root(root);
    assert_null(read_one("/nonexistent", &err));
    assert_non_null(strstr(err.text, "/nonexistent: there is no such folder"));
}

static void links_stay_inside_their_root(void **state)
{
    char root[64], other[64], path[128], target[128];
    struct err err = { { 0 } };
    struct texts *t = NULL;

    (void)state;
    make_root(root);
    make_root(other);
    put(root, "scripts/a.lua", view_of("return 1"));
    put(other, "secret.lua", view_of("return 1"));
    snprintf(path, sizeof(path), "%s/scripts/b.lua", root);
    assert_int_equal(symlink("a.lua", path), 0);
    t = read_one(root, &err);
    assert_non_null(t);
    assert_int_equal(texts_count(t), 2);
    texts_unref(t);
    snprintf(path, sizeof(path), "%s/scripts/c.lua", root);
    snprintf(target, sizeof(target), "%s/secret.lua", other);
    assert_int_equal(symlink(target, path), 0);
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "scripts/c.lua: a link to"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("nowhere.lua", path), 0);
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "scripts/c.lua: a link that leads nowhere"));
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof(path), "%s/scripts/loop", root);
    assert_int_equal(symlink(".", path), 0);
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "nested more than"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(other, path), 0);
    assert_null(read_one(root, &err));
    assert_non_null(strstr(err.text, "outside of"));
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof(path), "%s/scripts/pipe.lua", root);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(read_one(root, &err)); // does not wait for a writer
    assert_non_null(strstr(err.text, "not a regular file"));
    remove_root(root);
    remove_root(other);
}

static void note(void *user, enum text_change change, const char *path)
{
    buf_addf(user, "%d %s\n", (int)change, path);
}

static void equal_sets_have_equal_hashes_and_changes_are_named(void **state)
{
    static const struct lab_file before[] = { { "scripts/a.lua", "return 1" },
                                              { "scripts/b.lua", "return 2" },
                                              { "scripts/c.lua", "return 3" } };
    static const struct lab_file after[] = { { "scripts/d.lua", "return 4" },
                                             { "scripts/b.lua", "return 5" },
                                             { "scripts/c.lua", "return 3" } };
    static const struct lab_file turned[] = { { "scripts/c.lua", "return 3" },
                                              { "scripts/b.lua", "return 5" },
                                              { "scripts/d.lua", "return 4" } };
    struct err err = { { 0 } };
    struct texts *a = lab_texts(before, 3, &err), *b = lab_texts(after, 3, &err);
    struct texts *c = lab_texts(turned, 3, &err);
    struct hash ha = texts_hash(a), hb = texts_hash(b), hc = texts_hash(c);
    struct buf changes = { 0 };

    (void)state;
    assert_false(hash_equal(&ha, &hb));
    assert_true(hash_equal(&hb, &hc));
    assert_int_equal(texts_compare(a, b, note, &changes), 3);
    assert_string_equal(buf_str(&changes), "2 scripts/a.lua\n1 scripts/b.lua\n0 scripts/d.lua\n");
    assert_int_equal(texts_compare(b, c, NULL, NULL), 0);
    assert_int_equal(texts_compare(NULL, c, NULL, NULL), 3);
    buf_fini(&changes);
    texts_unref(texts_ref(a));
    texts_unref(a);
    texts_unref(b);
    texts_unref(c);
}

static void stored_rows_must_be_what_they_were(void **state)
{
    struct text_row rows[] = { { "scripts/a.lua", view_of("return 1"), { { 0 } } },
                               { "scripts/a.lua", view_of("return 1"), { { 0 } } } };
    struct err err = { { 0 } };

    (void)state;
    assert_null(texts_from_rows(rows, 1, &err));
    assert_non_null(strstr(err.text, "scripts/a.lua: the text does not have the hash"));
    rows[0].hash = rows[1].hash = hash_of(rows[0].text);
    assert_null(texts_from_rows(rows, 2, &err));
    assert_non_null(strstr(err.text, "twice"));
    rows[1].path = "../a.lua";
    assert_null(texts_from_rows(rows, 2, &err));
    assert_non_null(strstr(err.text, "no script can have this name"));
}

static void modules_have_names_and_paths(void **state)
{
    static const struct {
        const char *module, *path; // NULL: no name of a module
    } rows[] = {
        { "household", "scripts/household.lua" },
        { "resident.plan", "scripts/resident/plan.lua" },
        { "propersim.study", "scripts/lib/study.lua" },
        { "personas.p01", "personas/p01.lua" },
        { "prompts.rater.timing", "prompts/rater/timing.lua" },
        { "propersim", "scripts/propersim.lua" },
        { "a-b_c", "scripts/a-b_c.lua" },
        { "propersim.", NULL },
        { "", NULL },
        { ".", NULL },
        { ".a", NULL },
        { "a.", NULL },
        { "a..b", NULL },
        { "a/b", NULL },
        { "a b", NULL },
        { "..", NULL },
        { "\xc3\xa4", NULL },
    };
    char long_name[400], out[TEXTS_MAX_PATH];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        assert_int_equal(texts_module_path(rows[i].module, out), rows[i].path != NULL);
        if (rows[i].path == NULL)
            continue;
        assert_string_equal(out, rows[i].path);
        texts_path_module(rows[i].path, out);
        assert_string_equal(out, rows[i].module);
    }
    memset(long_name, 'a', sizeof(long_name));
    long_name[sizeof(long_name) - 1] = '\0';
    assert_false(texts_module_path(long_name, out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_hides_what_is_installed),
        cmocka_unit_test(a_file_that_is_no_script_is_refused_by_name),
        cmocka_unit_test(sizes_and_depths_are_limited),
        cmocka_unit_test(links_stay_inside_their_root),
        cmocka_unit_test(equal_sets_have_equal_hashes_and_changes_are_named),
        cmocka_unit_test(stored_rows_must_be_what_they_were),
        cmocka_unit_test(modules_have_names_and_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
